"""DNS names: records of Route 53, alone or with others of the same name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.route53 import RecordSet
from wa_iac.aws.vpc import ElasticIp, ElasticIpAssociation
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.architecture.kinds import kind_of, service_of_kind

from .nodes import Group, Need, Node, State, to_settle
from .sources import ROUTE53, ROUTE53_ALIAS

_BESIDE: Final = frozenset({"route53", "certificatemanager", "ses", "acmpca"})
"""Services that a record may name without leading clients to them."""


def add_records(nodes: dict[str, Node], holders: Mapping[str, str], graph: Graph) -> None:
    """Make a node of each record that leads to a resource, and let records of one name stand in for each other."""
    by_name: dict[tuple[Tree, Tree], list[RecordSet]] = defaultdict(list)
    for record in graph.of(RecordSet):
        targets = _targets(record, nodes, holders, graph)
        if not targets:
            nodes.pop(record.address, None)
            continue
        needs = [Need(each, "hard", f"it resolves to {each}", role="successor") for each in targets]
        nodes[record.address] = Node(record.declared, "route53.recordset", "global", needs=needs)
        if isinstance(record.name, Known | Unknown):
            by_name[record.name, record.type if isinstance(record.type, Known | Unknown) else Absent()].append(record)
    for records in by_name.values():
        if len(records) > 1:
            _join(records, nodes)


def _targets(record: RecordSet, nodes: Mapping[str, Node], holders: Mapping[str, str], graph: Graph) -> list[str]:
    found: dict[str, None] = {}
    for each in _meant(record, graph):
        if each.kind == "resource" and service_of_kind(kind_of(each.type)) not in _BESIDE:
            address = each.address if each.address in nodes else holders.get(each.address, "")
            if address in nodes:
                found[address] = None
    return list(found)


def _meant(record: RecordSet, graph: Graph) -> Iterator[Declared]:
    """What a record names; for an Elastic IP address, what has it."""
    for each in graph.referred(record.declared.body):
        yield each
        if each.kind == "resource" and each.type in ElasticIp.types():
            links = graph.pointing(ElasticIpAssociation, "addresses").at.get(id(each), ())
            for holder in (each, *(association.declared for association, _ in links)):
                for other in graph.referred(holder.body):
                    yield other
                    users = graph.pointing(Instance, "own_interfaces").at.get(id(other), ())
                    yield from (instance.declared for instance, _ in users)


def _join(records: list[RecordSet], nodes: Mapping[str, Node]) -> None:
    primaries = [each for each in records if each.failover == Known("PRIMARY")]
    secondaries = [each for each in records if each.failover == Known("SECONDARY")]
    if len(primaries) == 1 and len(secondaries) == 1:
        _join_failover(primaries[0], secondaries[0], nodes)
        return
    if any(not isinstance(each.failover, Absent) for each in records):
        return
    targets = {record.address: _targets_of(record, nodes) for record in records}
    for record in records:
        if _is_checked(record) == Known(True):
            others = [need for each in records if each is not record for need in targets[each.address]]
            own = nodes[record.address]
            own.groups.append(_group(own, others, State("degrades", time="seconds", how=_OTHERS, source=ROUTE53_ALIAS)))
            own.needs.clear()


_OTHERS: Final = (
    "Route 53 stops to answer with this record as soon as its health check fails, and answers with the others of its name."
)
_UNCHECKED: Final = (
    "Nothing checks the primary record, so that Route 53 goes on answering with it: change the record, or add a health check."
)


def _join_failover(primary: RecordSet, secondary: RecordSet, nodes: Mapping[str, Node]) -> None:
    node = nodes[primary.address]
    others = _targets_of(secondary, nodes)
    match _is_checked(primary):
        case Known(True):
            how = f"Route 53 answers with {secondary.address} as soon as the health check of the primary fails and the TTL is over."
            some = State("recovers", time="minutes", how=how, source=ROUTE53)
            node.groups.append(_group(node, others, some))
            node.needs.clear()
        case Unknown() as unknown:
            some = State(
                "stops",
                how=_UNCHECKED,
                source=ROUTE53,
                settle=f"whether there is a health check: {to_settle(unknown)}",
                doubt=unknown,
            )
            best = State("recovers", time="minutes", source=ROUTE53)
            node.groups.append(_group(node, others, some)._replace(best=best))
            node.needs.clear()
        case _:
            node.groups.append(_group(node, others, State("stops", how=_UNCHECKED, source=ROUTE53)))
            node.needs.clear()


def _group(node: Node, others: list[Need], some: State) -> Group:
    """A failover from what a record resolves to, to what other records resolve to."""
    return Group("failover", (*node.needs, *others), some)


def _targets_of(record: RecordSet, nodes: Mapping[str, Node]) -> list[Need]:
    """What another record resolves to, as needs of a record that hands over to it."""
    return [need._replace(why=f"it hands over to {record.address}", role="successor") for need in nodes[record.address].needs]


def _is_checked(record: RecordSet) -> Tree:
    """Whether Route 53 knows that what a record resolves to is away: by a health check, or by the health of an alias's target."""
    checked = record.health_checked()
    return any_of([*([] if isinstance(checked, Absent) else [checked]), *(each.evaluates_health for each in record.alias)])
