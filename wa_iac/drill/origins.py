"""Origin groups of CloudFront: a second origin takes over what the first one cannot answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.route53 import RecordSet
from wa_iac.core.binding import elements
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree
from wa_iac.knowledge.architecture.kinds import kind_of

from .nodes import Group, Need, Node, State
from .sources import CLOUDFRONT

_GROUPS: Final = ("DistributionConfig.OriginGroups.Items[]", "origin_group[]")
_MEMBERS: Final = ("Members.Items[].OriginId", "member[].origin_id")
_FAILOVER: Final = State(
    "degrades",
    how="CloudFront sends GET, HEAD and OPTIONS requests to the second origin; what is written (POST, PUT, DELETE) fails.",
    source=CLOUDFRONT,
)


def add_origin_groups(nodes: Mapping[str, Node], holders: Mapping[str, str], graph: Graph) -> None:
    """Let the origins of a group stand in for each other."""
    for distribution in graph.of(Distribution):
        node = nodes.get(distribution.address)
        if node is None:
            continue
        targets = dict(_targets(distribution, nodes, holders, graph))
        _add_named(node, distribution, targets, nodes, graph)
        for members in _groups(distribution):
            found = [targets[each] for each in members if each in targets]
            if len(found) > 1:
                _join(node, found)


def add_accelerators(nodes: Mapping[str, Node], graph: Graph) -> None:
    """Let accelerators send their traffic to the endpoint groups of their listeners, of which the healthy ones serve."""
    for node in nodes.values():
        if node.kind != "globalaccelerator.endpointgroup":
            continue
        listeners = [each for each in graph.referred(node.declared.body) if kind_of(each.type) == "globalaccelerator.listener"]
        for accelerator in (each for listener in listeners for each in graph.referred(listener.body)):
            front = nodes.get(accelerator.address)
            if front is not None and front.kind == "globalaccelerator.accelerator":
                need = Need(node.address, "hard", f"it forwards to {node.address}", role="successor")
                before = next((group for group in front.groups if group.kind == "shared"), Group("shared", ()))
                front.groups[:] = [Group("shared", (*before.members, need))]


def _add_named(
    node: Node, distribution: Distribution, targets: dict[Tree, str], nodes: Mapping[str, Node], graph: Graph
) -> None:
    """Origins by the name of a record: by reference, or as the same text. A record's name may leave out that of its zone."""
    known = {need.address for group in node.groups for need in group.members}
    found: list[Need] = []
    for origin in distribution.origins:
        address = targets.get(origin.id, "")
        if not address and isinstance(origin.domain, Known):
            address = record_named(origin.domain, nodes, graph)
            targets[origin.id] = address
        if address and address not in known:
            found.append(Need(address, "hard", f"it forwards to {address}", isinstance(origin.domain, Known), "successor"))
            known.add(address)
    if found:
        whole = next((group for group in node.groups if group.kind == "parts"), None)
        if whole is not None:
            node.groups.remove(whole)
        node.groups.append(Group("parts", (*(whole.members if whole is not None else ()), *found)))


def record_named(domain: Known[str], nodes: Mapping[str, Node], graph: Graph) -> str:
    """The address of the record that a domain name means; empty if there is none. A record's name may leave out that of its zone."""
    parts = str(domain.value).rstrip(".").split(".")
    shorter = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    records = (each for text in shorter for each in graph.index(RecordSet, _names).get(text, ()))
    return next((each.address for each in records if each.address in nodes), "")


def _names(record: RecordSet) -> Iterator[str]:
    if isinstance(record.name, Known):
        yield str(record.name.value).rstrip(".")


def _targets(
    distribution: Distribution, nodes: Mapping[str, Node], holders: Mapping[str, str], graph: Graph
) -> Iterator[tuple[Tree, str]]:
    """The resource of each origin, by the id of the origin."""
    for origin in distribution.origins:
        for each in graph.referred(origin.domain):
            address = each.address if each.address in nodes else holders.get(each.address, "")
            if address in nodes:
                yield origin.id, address
                break


def _groups(distribution: Distribution) -> Iterator[list[Tree]]:
    for path in _GROUPS:
        for group in elements(distribution.declared.body, path):
            for members in _MEMBERS:
                found = elements(group, members)
                if found and all(isinstance(each, Known) for each in found):
                    yield found


def _join(node: Node, members: list[str]) -> None:
    needs = tuple(
        Need(each, "hard", f"it fetches from {each}" if number == 0 else f"it fetches from {each} if the first origin fails")
        for number, each in enumerate(members)
    )
    for group in list(node.groups):
        left = tuple(each for each in group.members if each.address not in members)
        if len(left) < len(group.members):
            node.groups.remove(group)
            if left:
                node.groups.append(group._replace(members=left))
    node.needs[:] = [each for each in node.needs if each.address not in members]
    node.groups.append(Group("failover", needs, _FAILOVER))
