"""Ranges of IP addresses: whether some of them cover all addresses, and whether one is public."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .late_pattern import late
from .logic import holds
from .value import Known, Unknown, Value

_LENGTH: Final = late(r"/([0-9]{1,3})$")
_WIDE: Final = 8
"""Ranges of fewer bits may be everybody together with some others."""
_BITS = ((32, "."), (128, ":"))
_DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.", "2001:db8:")
"""Documentation ranges, which represent public addresses. Python counts them as private."""


def everybody(ranges: Iterable[str]) -> bool:
    """Whether ranges together cover every address of IPv4 or of IPv6: `0.0.0.0/0`, or `0.0.0.0/1` and `128.0.0.0/1` (RFC
    4632)."""
    listed = list(ranges)
    if any(each.endswith("/0") for each in listed):
        return True
    if len(listed) < 2:
        return False
    return any(_whole([each for each in listed if mark in each], bits) for bits, mark in _BITS)


def is_a_part(addresses: Value[str]) -> bool:
    """Whether a range that is not known is a small part of all addresses by its end, as in `"${address}/32"`."""
    if not isinstance(addresses, Unknown) or addresses.alternatives or not addresses.parts:
        return False
    end = addresses.parts[-1]
    found = _LENGTH.search(end) if isinstance(end, str) else None
    return found is not None and int(found[1]) >= _WIDE


def is_everybody(addresses: Value[str]) -> Value[bool]:
    """Whether one range has all addresses."""
    return Known(False, addresses.origin) if is_a_part(addresses) else holds(addresses, lambda text: text.endswith("/0"))


def narrow(ranges: Value[list[Value[str]]]) -> list[str]:
    """The ranges of a list without those that have all addresses, for a remedy that keeps them. Empty if the others have all of them
    together, or if one of them cannot be written again as it is: it is not known, or comes from elsewhere."""
    listed = ranges.value if isinstance(ranges, Known) else []
    found = [each.value for each in listed if isinstance(each, Known) and not each.origin.chain]
    kept = [each for each in found if not each.endswith("/0")]
    return kept if len(found) == len(listed) and not everybody(kept) else []


def covers_internet(addresses: str) -> bool:
    """Whether some addresses of a range are on the internet, not on private networks."""
    if addresses.startswith(_DOCUMENTATION) or addresses.endswith("/0"):
        return True
    from ipaddress import ip_network

    try:
        return ip_network(addresses, strict=False).is_global
    except ValueError:
        return False


def is_within(addresses: str, range_: str) -> bool:
    """Whether all addresses of a range are in another one. Nothing is in a range that cannot be read."""
    from ipaddress import IPv4Network, ip_network

    try:
        inner, outer = ip_network(addresses, strict=False), ip_network(range_, strict=False)
    except ValueError:
        return False
    return isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network) and inner.subnet_of(outer)


def is_wide(addresses: str) -> bool:
    """Whether a range of the internet has more addresses than a few machines: more than 32 of IPv4, or than one network of
    IPv6. Amazon Data Firehose delivers to a data warehouse from so many ("Controlling access", Amazon Data Firehose Developer Guide)."""
    if not covers_internet(addresses):
        return False
    length = addresses.partition("/")[2]
    narrowest = 64 if ":" in addresses else 27
    return length.isdecimal() and int(length) < narrowest


def _whole(listed: list[str], bits: int) -> bool:
    sizes = (
        1 << (bits - int(length)) for each in listed if (length := each.partition("/")[2]).isdecimal() and int(length) <= bits
    )
    if sum(sizes) < 1 << bits:
        return False  # most lists are far from it, and are not looked at any further
    from ipaddress import collapse_addresses, ip_network

    networks = []
    for each in listed:
        try:
            networks.append(ip_network(each, strict=False))
        except ValueError:
            continue
    return any(each.prefixlen == 0 for each in collapse_addresses(networks))  # type: ignore[type-var]  # one version only
