"""Values that the keys of a request can have, for a caller that a policy does not name.

A stranger is a caller of whom nothing is known: any AWS account, or nobody. A policy is public if it lets a stranger in. So each
key about the caller has few values that matter: it is missing; it is one that no policy names; or it matches a pattern of the policy
that is not limited to somebody. "Fixed values" in "The meaning of public" (Amazon S3 User Guide) have no wildcard and no policy
variable. A wildcard beside a fixed account or name is accepted here, since it opens nothing to others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from wa_iac.core.late_pattern import late

from .condition_keys import ACCOUNT, STRANGER, CallerKey, Shape
from .conditions import ConditionTest, number
from .texts import has_mark, without_marks

if TYPE_CHECKING:
    from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_WILDCARD: Final = late(r"[*?]")
_ACCOUNT: Final = late(r"(?:^|:)\d{12}(?=[:/*]|$)")
_WIDEST: Final = {4: 8, 6: 32}
"""The widest ranges that limit a policy: "values broader than /8 for IPv4 and /32 for IPv6" are evaluated as public."""
_EPOCH: Final = 719_163
"""The day 1970-01-01, counted from the first day of year 1."""
_DAY: Final = 86_400
"""Seconds."""
_NOBODYS: Final = ("198.18.0.1", "fd00::1")
"""Addresses that stand for any that a policy does not name."""


def values_of_strangers(key: CallerKey, tests: Iterable[ConditionTest], *, signed: bool) -> list[str | None]:
    """The values that matter for one key, with all tests of it in a policy. `signed` says that the service requires signatures."""
    found: dict[str | None, None] = {}
    if not (key.always or (key.signed and signed)):
        found[None] = None
    if key.shape is Shape.NETWORK:
        found |= dict.fromkeys(_addresses(list(tests)))
        return list(found)
    if key.shape is Shape.TIME:
        return [*_times(tests)]
    found[key.stranger] = None
    if key.shape is Shape.CHOICE:
        return [key.stranger, "false"]
    if key.shape is Shape.SERVICE:
        return list(found)
    for test in tests:
        found |= dict.fromkeys(
            _instance(each, key.stranger) for each in test.values if each != "*" and not _is_limited(each, key.shape)
        )
    return list(found)


def values_of_anyone(key: CallerKey, tests: Iterable[ConditionTest], *, signed: bool) -> list[str | None]:
    """The values for any caller, also one that the policy names."""
    listed = list(tests)
    named = [_instance(each) for test in listed for each in test.values if test.operator not in ("ipaddress", "null")]
    named += [each.partition("/")[0] for test in listed for each in test.values if test.operator == "ipaddress"]
    return list(dict.fromkeys((*values_of_strangers(key, listed, signed=signed), *named)))


def _instance(pattern: str, stranger: str = "") -> str:
    """A value that matches a pattern: of twelve characters if it is an account, like that of `stranger`."""
    if stranger == ACCOUNT:
        pattern = pattern.replace("*", STRANGER * (len(ACCOUNT) - len(pattern) + 1), 1).replace("*", "")
    return _WILDCARD.sub(STRANGER, pattern)


def _is_limited(pattern: str, shape: Shape) -> bool:
    """Whether a stranger has no value that matches a pattern."""
    if not _WILDCARD.search(pattern):
        return True
    match shape:
        case Shape.ARN:
            return _is_limited_arn(pattern)
        case Shape.TEXT:
            return bool(_WILDCARD.sub("", pattern))
        case Shape.SUBJECT:
            return not _WILDCARD.search("".join(re.split("[/:]", pattern, maxsplit=2)[:2]))
        case _:
            return not _WILDCARD.search(re.split("[/:]", pattern, maxsplit=1)[0])


def _is_limited_arn(pattern: str) -> bool:
    if _ACCOUNT.search(pattern):
        return True
    parts = pattern.split(":", 5)
    if len(parts) < 6 or not without_marks(parts[0], "arn").startswith("arn"):
        # A whole ARN that is not known, perhaps with more behind it; or too short a pattern.
        return has_mark(pattern)
    service, account, name = parts[2], parts[4], parts[5]
    if account and not _WILDCARD.search(account):
        return True
    # Names of buckets are unique among all accounts.
    return (service == "s3" or not account) and not _WILDCARD.search(re.split("[/:]", name, maxsplit=1)[0])


def _times(tests: Iterable[ConditionTest]) -> Iterator[str]:
    """Seconds of the epoch at which a request may come: today, and about each moment after it that a policy names. What was is over."""
    from wa_iac.knowledge.lambda_runtimes import today  # few policies ask for the time

    now = float((today().toordinal() - _EPOCH) * _DAY)
    yield str(now)
    for test in tests:
        for each in test.values:
            moment = number(each)
            if moment is not None and moment >= now:
                yield from (str(moment + second) for second in (-1, 0, 1))


def _addresses(tests: list[ConditionTest]) -> Iterator[str]:
    """Addresses inside the wide ranges of a policy, and outside of all narrow ones."""
    from ipaddress import ip_address

    wide: list[IPv4Network | IPv6Network] = []
    narrow: list[IPv4Network | IPv6Network] = []
    for test in tests:
        for network in _networks(test):
            (wide if network.prefixlen < _WIDEST[network.version] else narrow).append(network)
    for network in wide:
        for address in _candidates(network):
            if not any(address.version == each.version and address in each for each in narrow):
                yield str(address)
                break
    for each in _NOBODYS:
        if not any(ip_address(each) in network for network in (*wide, *narrow)):
            yield each


def _candidates(network: IPv4Network | IPv6Network) -> Iterator[IPv4Address | IPv6Address]:
    """Some addresses of a network, far from each other."""
    size = network.num_addresses
    for index in range(64):
        yield network[(index * 2654435761 * 40503 + 1) % size]


def _networks(test: ConditionTest) -> Iterator[IPv4Network | IPv6Network]:
    """The ranges of a test, those that are one together as one (RFC 4632)."""
    from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network

    if test.operator != "ipaddress":
        return
    found = []
    for each in test.values:
        try:
            found.append(ip_network(each, strict=False))
        except ValueError:
            continue
    yield from collapse_addresses(each for each in found if isinstance(each, IPv4Network))
    yield from collapse_addresses(each for each in found if isinstance(each, IPv6Network))
