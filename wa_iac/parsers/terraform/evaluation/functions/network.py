"""Functions of IP networks."""

from __future__ import annotations

import ipaddress
from typing import Final, TypeAlias

from wa_iac.core.late_pattern import late
from wa_iac.core.value import Tree
from wa_iac.parsers.terraform.evaluation.unit import Failure

from .base import Context, function, scalar, text, whole

_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


_ZEROS: Final = late(r"(?<![\d/])0+(?=\d)")


_LONGEST: Final = 100


def _network(prefix: str) -> _Network:
    if "/" not in prefix or len(prefix) > _LONGEST:
        raise ValueError("a CIDR block is needed")
    # Terraform keeps reading octets with leading zeros as decimal.
    return ipaddress.ip_network(_ZEROS.sub("", prefix) if ":" not in prefix else prefix, strict=False)


def _subnet(network: _Network, bits: int, number: int) -> _Network:
    length = network.prefixlen + bits
    if bits < 0 or length > network.max_prefixlen or not 0 <= number < 2**bits:
        raise ValueError("the prefix has no such subnet")
    address = int(network.network_address) + (number << (network.max_prefixlen - length))
    return type(network)((address, length))


def _host(prefix: str, number: int) -> str:
    network = _network(prefix)
    if not -network.num_addresses <= number < network.num_addresses:
        raise ValueError("the prefix has no such host")
    return str(network[number])


def _mask(prefix: str) -> str:
    network = _network(prefix)
    if network.version != 4:
        raise ValueError("IPv6 blocks have no netmask")
    return str(network.netmask)


scalar("cidrhost", _host, text, whole)
scalar("cidrnetmask", _mask, text)
scalar("cidrsubnet", lambda prefix, bits, number: str(_subnet(_network(prefix), bits, number)), text, whole, whole)


def _contains(outer: str, inner: str) -> bool:
    network = _network(outer)
    other = _network(inner if "/" in inner else f"{inner}/{ipaddress.ip_address(inner).max_prefixlen}")
    if network.version != other.version:
        raise ValueError("one is an IPv4 block, the other an IPv6 block")
    first, last = other.network_address, other.broadcast_address
    return first in network and last in network


scalar("cidrcontains", _contains, text, text)


@function("cidrsubnets")
def _cidrsubnets(context: Context, prefix: Tree, *bits: Tree) -> Tree:
    try:
        network = _network(text(prefix))
        position = int(network.network_address)
        result: list[Tree] = []
        for each in bits:
            length = network.prefixlen + whole(each)
            if not network.prefixlen < length <= network.max_prefixlen:
                raise ValueError("the prefix has no such subnet")
            size = 1 << (network.max_prefixlen - length)
            position = (position + size - 1) // size * size
            subnet = type(network)((position, length))
            if int(subnet.broadcast_address) > int(network.broadcast_address):
                raise ValueError("there is not enough space")
            result.append(context.known(str(subnet)))
            position += size
    except ValueError as error:
        raise Failure(f"the network cannot be divided: {error}") from error
    return context.collection(result)
