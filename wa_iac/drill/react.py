"""What a failure does to a resource by itself, before anything that it needs is looked at: in the worst and in the best case."""

from __future__ import annotations

from typing import Final, TypeAlias

from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Unknown
from wa_iac.knowledge.architecture.kinds import service_of_kind
from wa_iac.knowledge.architecture.scopes import is_global

from .elsewhere import if_region_fails
from .kinds import controls_only
from .model import Link
from .nodes import Lane, Node, State, to_settle
from .singles import if_it_fails
from .sources import ZONAL
from .strike import Strike
from .zonal import PRIMARY, Loss, if_zone_fails
from .zones import SETTLE, distinct_zones, same_zone, zone_key

Two: TypeAlias = tuple[State | None, State | None]
"""The worst and the best case; None if nothing follows."""
NOTHING: Final[Two] = (None, None)
_GLOBAL: Final = frozenset({"route53", "cloudfront", "globalaccelerator"})


def react(node: Node, strike: Strike, graph: Graph) -> Two:
    """What a failure does to a node by itself."""
    kind = strike.failure.kind
    if kind == "service":
        return _service(node, strike)
    if node.address in strike.addresses:
        return _both(if_it_fails(node, graph), node, "it fails")
    if node.shape == "cluster" and node.members and any(each.address in strike.addresses for each in node.members):
        return _members_fail(node, strike, graph)
    if kind == "region":
        return _region(node, strike, graph)
    return _zone(node, strike, graph) if strike.is_zonal else NOTHING


def _both(state: State | None, node: Node, why: str) -> Two:
    found = _because(state, node, why)
    return found, found


def _because(state: State | None, node: Node, why: str) -> State | None:
    return None if state is None else state._replace(chain=(Link(node.address, why), *state.chain))


def _service(node: Node, strike: Strike) -> Two:
    if node.shape == "tasks" and strike.strikes_service_of("ecs") and strike.strikes_region(node.declared) is not False:
        how = "AWS restores the service; nothing starts a task while its control plane is away."
        return _both(State("stops", how=how), node, f"it starts tasks of Amazon ECS, and {strike.what} is away")
    if not strike.strikes_service(node) or (not is_global(node.declared) and strike.strikes_region(node.declared) is False):
        return NOTHING
    if controls_only(service_of_kind(node.kind)) and node.shape in ("group", "service", "regional"):
        return NOTHING
    how = "AWS restores the service; nothing in the architecture takes its place."
    return _both(State("stops", how=how), node, f"{strike.what} is away")


def _region(node: Node, strike: Strike, graph: Graph) -> Two:
    if node.shape == "global" or node.kind.partition(".")[0] in _GLOBAL:
        return NOTHING
    match strike.strikes_region(node.declared):
        case False:
            return NOTHING
        case True:
            return _both(if_region_fails(node, graph), node, f"it is in {strike.what}, which fails")
        case None:
            settle = _why(node.declared.region) or "name the Region of its provider"
            found = if_region_fails(node, graph)
            worst = None if found is None else found._replace(settle=settle, doubt=first_unknown(node.declared.region))
            return _because(worst, node, f"it may be in {strike.what}, which fails"), None


def _why(value: object) -> str:
    return to_settle(value) if isinstance(value, Unknown) else ""


def _zone(node: Node, strike: Strike, graph: Graph) -> Two:
    worst, best = _in_zone(node, strike, graph)
    found = [each for each in (if_it_leads_there(node, strike), worst) if each is not None]
    return max(found, key=lambda state: state.rank, default=None), best


def _in_zone(node: Node, strike: Strike, graph: Graph) -> Two:
    if node.shape == "cluster":
        return _cluster(node, strike, graph)
    if node.shape == "targets":
        return NOTHING if node.groups else (_because(_registered(node), node, f"its targets may be in {strike.place}"), None)
    hits = [strike.strikes_lane(lane) for lane in node.lanes]
    if not node.lanes and node.doubt is not None and _lives_in_zones(node):
        hits = [None]
    if not any(each is not False for each in hits):
        return NOTHING
    lanes = node.lanes or (Lane(_NOWHERE),)
    sure, possible = [i for i, hit in enumerate(hits) if hit is True], [i for i, hit in enumerate(hits) if hit is not False]
    if node.one:
        best_down = len(sure) == len(hits) and node.doubt is None
        return _two(node, strike, graph, Loss(1, 1, 1, True), Loss(1, 1, 1, False) if best_down else None)
    groups = distinct_zones(lanes)
    worst = sum(any(i in possible for i in group) for group in groups)
    best = sum(any(i in sure for i in group) for group in groups)
    total = len(groups)
    if node.apart and worst == total and best < total and total > 1:
        worst -= 1
    if node.apart and not node.lanes:
        return _two(node, strike, graph, Loss(1, 2, 1, True), None)
    more = 1 if node.doubt is not None and node.lanes else 0
    return _two(
        node,
        strike,
        graph,
        Loss(worst, total, worst, True) if worst else None,
        Loss(best, total + more, best, False) if best else None,
    )


def _registered(node: Node) -> State:
    """What follows for a target group whose targets are not known."""
    how = "Nothing that is declared here registers its targets: a controller of Kubernetes may, or another stack."
    settle = "the zones of its targets, which are registered elsewhere"
    why = Said(f"nothing that is declared here registers the targets of {node.address}", "look where they are registered")
    return State(
        "unknown", how=how, settle=settle, doubt=first_unknown(node.hidden, Unknown(why, ("targets of", node.address)))
    )


def if_it_leads_there(node: Node, strike: Strike) -> State | None:
    """What follows, at worst, for what leads to nothing that is known: it may lead into the zone that fails. None for everything else."""
    if node.hidden is None or node.groups or any(need.role == "successor" for need in node.needs):
        return None
    state = State("unknown", how="The code does not say where it sends its requests.").unless(node.hidden)
    return _because(state, node, f"what it leads to may be in {strike.place}")


_NOWHERE: Final = Unknown(Said("nothing says in which zone it is"), "nowhere")


def _lives_in_zones(node: Node) -> bool:
    return node.shape != "files"


def _two(node: Node, strike: Strike, graph: Graph, worst: Loss | None, best: Loss | None) -> Two:
    sure = best is not None
    why = f"it {'is' if sure else 'may be'} in {strike.place}"
    if node.shape == "tasks":
        why = f"its tasks {'run' if sure else 'may run'} in {strike.place}"
    if node.shape in ("group", "service", "balancer", "cache", "kafka", "memcached") and best is not None and not best.is_all:
        why = f"a part of it is in {strike.place}"
    hits = [strike.strikes_lane(each) for each in node.primaries]
    one = (
        None
        if worst is None
        else if_zone_fails(node, worst._replace(primary=any(h is not False for h in hits or (None,))), graph)
    )
    other = None if best is None else if_zone_fails(node, best._replace(primary=any(h is True for h in hits)), graph)
    if one is not None and (other is None or other.rank != one.rank) and not one.settle:
        one = one._replace(
            settle=PRIMARY
            if one.outcome == "recovers" and (node.one or node.shape == "cache")
            else settle_place(node, _open(node, strike)),
            doubt=unknown_place(node, _open(node, strike)),
        )
    if one is not None and not one.source:
        one = one._replace(source=ZONAL)
    return _because(one, node, why), _because(other, node, why)


def _open(node: Node, strike: Strike) -> Unknown | None:
    """The zone that fails, if it is not known and may be one of a node's own, which are known apart."""
    zone = strike.zone.value if strike.zone is not None else None
    is_open = any(strike.strikes_lane(lane) is None for lane in node.lanes)
    return zone if isinstance(zone, Unknown) and is_open and _are_told_apart(node) else None


def settle_place(node: Node, failing: Unknown | None = None) -> str:
    """What would settle in which zones a node is, or whether the zone that fails is one of them, if only that (`failing`) is not known."""
    if node.doubt is not None:
        return to_settle(node.doubt)
    if failing is not None:
        return to_settle(failing)
    unknown = next((lane.zone for lane in node.lanes if isinstance(lane.zone, Unknown)), None)
    if node.count is not None and node.lanes and _are_told_apart(node):
        return f"nothing before deployment: AWS chooses which of its {len(node.lanes)} zones its {node.count} members are in"
    if node.one and len(node.lanes) > 1:
        return f"which of its {len(node.lanes)} subnets AWS places it in; {SETTLE}"
    return to_settle(unknown) if unknown is not None else SETTLE


def unknown_place(node: Node, failing: Unknown | None = None) -> Unknown | None:
    """The value that hides in which zones a node is; None if each of its places is known, and AWS chooses among them."""
    if node.doubt is None and failing is not None:
        return failing
    if node.doubt is None and node.count is not None and _are_told_apart(node):
        return None
    return first_unknown(node.doubt, *(lane.zone for lane in node.lanes))


def _are_told_apart(node: Node) -> bool:
    """Whether it is known of all places of a node which of them are in one zone: they have names, are elements of a list, or differ in a piece
    of their names."""
    zones = list({zone_key(lane.zone): lane.zone for lane in node.lanes}.values())
    if len(zones) == 1:
        return not isinstance(zones[0], Unknown) or zones[0].element is not None
    return all(same_zone(one, other) is not None for number, one in enumerate(zones) for other in zones[:number])


def _cluster(node: Node, strike: Strike, graph: Graph) -> Two:
    """A cluster by the zones of its instances. RDS puts the first three that name no zone in different ones (CreateDBCluster)."""
    if not node.members:
        return _two(node, strike, graph, Loss(1, 2, 0, True), None)
    sure, free, fixed = 0, 0, 0
    for member in node.members:
        hits = [strike.strikes_lane(lane) for lane in member.lanes]
        if len(hits) == 1 and not _chosen(member):
            sure += hits[0] is True
            fixed += hits[0] is None
        elif any(hit is not False for hit in hits) or not hits:
            free += 1
    total = len(node.members)
    worst = min(total, sure + fixed + -(-free // 3))
    found, best = _two(
        node,
        strike,
        graph,
        Loss(worst, total, worst, True) if worst else None,
        Loss(sure, total, sure, False) if sure else None,
    )
    others = next((each.declared.others for each in node.members if each.declared.others is not None), None)
    if found is not None and others is not None:
        return found.unless(others), None
    return found, best


def _chosen(member: Node) -> bool:
    """Whether AWS chooses the zone of a member."""
    return all(isinstance(value_at(member.declared.body, key), Absent) for key in ("availability_zone", "AvailabilityZone"))


def _members_fail(node: Node, strike: Strike, graph: Graph) -> Two:
    hit = sum(each.address in strike.addresses for each in node.members)
    total = len(node.members)
    why = f"one of its instances, {next(each.address for each in node.members if each.address in strike.addresses)}, fails"
    worst = if_zone_fails(node, Loss(hit, total, hit, True), graph)
    if hit == total and worst is not None:
        how = "The engine starts the instance again, in the same zone: this takes less than ten minutes as a rule."
        worst = worst._replace(
            outcome="recovers", time="minutes", how=how, control_plane="It takes the control plane of the database."
        )
    best = None if hit < total else worst
    return _because(worst, node, why), _because(best, node, why)
