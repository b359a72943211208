"""Origin groups of CloudFront: a second origin takes over what the first one cannot answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.aws.cloudfront import Distribution
from wa_iac.core.binding import elements
from wa_iac.core.graph import Graph
from wa_iac.core.value import Known, Tree

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
        for members in _groups(distribution):
            found = [targets[each] for each in members if each in targets]
            if len(found) > 1:
                _join(node, found)


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
