"""How a failure spreads over needs: the worst outcome of each resource, with the shortest chain that explains it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from heapq import heappop, heappush
from typing import Final

from wa_iac.core.logic import first_unknown

from .mesh import Mesh
from .model import Link, Outcome
from .nodes import Group, Need, Node, State

_FALLS: Final = {"stops": 0, "unknown": 1, "degrades": 2, "recovers": 3, "unaffected": 4}


def spread(
    mesh: Mesh, own: Mapping[str, State], down: Callable[[Node], frozenset[int]], *, best: bool = False
) -> dict[str, State]:
    """What follows for each resource that is struck.

    Args:
        own: what the failure does to resources by themselves.
        down: the numbers of a node's lanes that are lost.
        best: whether this is the best of the cases that the code leaves open.
    """
    states: dict[str, State] = {}
    heap: list[tuple[int, int, int, str, State]] = []
    number = 0

    def push(address: str, state: State) -> None:
        nonlocal number
        known = states.get(address)
        if known is None or _is_worse(state, known):
            number += 1
            heappush(heap, (_FALLS[state.outcome], len(state.chain), number, address, state))

    for address, state in own.items():
        push(address, state)
    while heap:
        _, _, _, address, state = heappop(heap)
        known = states.get(address)
        if known is not None and not _is_worse(state, known):
            continue
        states[address] = state
        for user in mesh.users.get(address, ()):
            found = _judged(mesh.nodes[user], address, states, own, down, best)
            if found is not None:
                push(user, found)
    _interrupt(mesh, states)
    return states


def _interrupt(mesh: Mesh, states: dict[str, State]) -> None:
    """Add to what degrades that it serves nothing at first, if something that it needs comes back by itself."""
    waiting = [address for address, state in states.items() if state.outcome == "recovers" and not state.waits]
    # What comes back by itself is the last one of the chain of what recovers with it.
    back = {each: chain[-1].address if (chain := states[each].chain) else each for each in waiting}
    while waiting:
        address = waiting.pop()
        time = states[address].time
        for user in mesh.users.get(address, ()):
            state = states.get(user)
            if state is None or state.outcome != "degrades" or state.time is not None or state.waits:
                continue
            node = mesh.nodes[user]
            if any(need.address == address and need.strength in ("hard", "cache") for need in node.needs) or any(
                _all_away(group, states) for group in node.groups if any(need.address == address for need in group.members)
            ):
                back[user] = back[address]
                how = f"It serves nothing until {back[user]} is back, and then with what is left. {state.how}".strip()
                states[user] = state._replace(time=time, how=how)
                waiting.append(user)


def _all_away(group: Group, states: Mapping[str, State]) -> bool:
    """Whether all members serve nothing for a while at least."""
    found = [states.get(each.address) for each in group.members]
    return group.kind in ("shared", "parts") and all(
        state is not None and (state.outcome == "stops" or state.time is not None) for state in found
    )


def _is_worse(one: State, other: State) -> bool:
    return one.rank > other.rank


def _judged(
    node: Node,
    via: str,
    states: Mapping[str, State],
    own: Mapping[str, State],
    down: Callable[[Node], frozenset[int]],
    best: bool,
) -> State | None:
    """What follows for a node from the state of one that it needs."""
    found = [
        state
        for need in node.needs
        if need.address == via and (state := _through(need, node, states[via], own.get(node.address), best)) is not None
    ]
    found += [
        state
        for group in node.groups
        if any(each.address == via for each in group.members) and (state := _of_group(group, node, states, best)) is not None
    ]
    if via in node.ways and (state := _through_ways(node, states, own.get(node.address), down(node))) is not None:
        found.append(state)
    return max(found, key=lambda state: state.rank) if found else None


def _through(need: Need, node: Node, state: State, own: State | None, best: bool) -> State | None:
    """What the state of something that a node needs means for the node."""
    if state.waits:
        return None
    chain = (Link(node.address, need.why, need.inferred), *state.chain)
    stuck = state.stuck and need.role == "successor"
    passed = State(state.outcome, state.share, state.time, source=state.source, settle=state.settle, chain=chain, stuck=stuck)
    passed = passed._replace(doubt=state.doubt)
    strength = need.strength
    if strength == "cache":
        strength = "soft" if best else "hard"
        passed = passed._replace(settle=state.settle or f"whether it serves without {need.address}, a cache")
    match strength:
        case "hard":
            # Half of a store's capacity is not half of what those can do that use it.
            passed = passed if need.role == "successor" else passed._replace(share=None)
            return passed._replace(how=state.how, control_plane=state.control_plane)
        case "soft" if state.outcome == "stops":
            return passed._replace(outcome="degrades", share=None, how=f"It serves without {need.address} as far as it can.")
        case "capacity" if state.outcome in ("stops", "recovers", "unknown"):
            return passed._replace(how=state.how, control_plane=state.control_plane)
        case "launch" if state.outcome == "stops" and own is not None and own.launches:
            outcome: Outcome = "stops" if own.outcome == "recovers" else own.outcome
            how = f"Nothing new starts while {need.address} is away."
            doubt = first_unknown(own.doubt, state.doubt)
            return passed._replace(
                outcome=outcome, share=own.share, how=how, control_plane=own.control_plane, stuck=True, doubt=doubt
            )
        case _:
            return None


def _through_ways(node: Node, states: Mapping[str, State], own: State | None, down: frozenset[int]) -> State | None:
    """What follows if NAT gateways fail: for the lanes that are left."""
    left = [number for number in range(len(node.ways)) if number not in down]
    lost = [
        number for number in left if (way := states.get(node.ways[number])) is not None and way.outcome in ("stops", "unknown")
    ]
    if not lost:
        return None
    gateway = node.ways[lost[0]]
    state = states[gateway]
    inferred = node.outward is not True
    why = f"it calls {node.outward_to or 'the internet'} through {gateway}"
    chain = (Link(node.address, why, inferred), *state.chain)
    if node.outward is not False and len(lost) == len(left):
        how = (
            f"Route its subnets to a NAT gateway in another zone. With one in each zone, or with a VPC endpoint for {node.outward_to}, "
            "its calls do not depend on the zone that fails."
        )
        return State("stops", how=how, source=state.source, settle=state.settle, chain=chain, doubt=state.doubt)
    if own is not None and own.launches and node.loads and len(lost) == len(left):
        members = "tasks" if node.shape in ("service", "tasks") else "instances"
        loads = f"new {members} load {node.loads} through {gateway}"
        if own.outcome == "recovers":
            how = f"New {members} cannot load {node.loads} while {gateway} is away."
            chain = (Link(node.address, loads, node.loads_inferred), *state.chain)
            doubt = first_unknown(own.doubt, state.doubt)
            return State("stops", how=how, source=state.source, settle=state.settle, chain=chain, stuck=True, doubt=doubt)
        if own.outcome == "degrades":
            how = f"The {members} that are left serve on alone: new ones cannot load {node.loads} while {gateway} is away."
            chain = (
                own.chain[0]._replace(why=f"{own.chain[0].why}, and {loads}", inferred=node.loads_inferred),
                *own.chain[1:],
            )
            return own._replace(
                how=how, control_plane="", launches=False, stuck=True, chain=chain, doubt=first_unknown(own.doubt, state.doubt)
            )
    if node.shape == "tasks" and node.loads and len(lost) == len(left):
        how = f"Its tasks load {node.loads} through {gateway} each time they start."
        chain = (Link(node.address, f"its tasks load {node.loads} through {gateway}"), *state.chain)
        return State("stops", how=how, source=state.source, settle=state.settle, chain=chain, doubt=state.doubt)
    share = Fraction(len(left) - len(lost), len(node.ways)) if node.outward is not False else None
    how = "Its calls to the internet fail; the code does not say whether its requests need them."
    if node.outward is not False:
        how = "The members behind a NAT gateway that is left serve on."
    return State("degrades", share, how=how, source=state.source, settle=state.settle, chain=chain, doubt=state.doubt)


def _of_group(group: Group, node: Node, states: Mapping[str, State], best: bool) -> State | None:
    """What the states of several members mean for the node."""
    found = [(each, states.get(each.address)) for each in group.members]
    struck = [(need, state) for need, state in found if state is not None and not state.waits and state.outcome != "unaffected"]
    if not struck:
        return None
    stopped = [(need, state) for need, state in struck if state.outcome in ("stops", "unknown")]
    need, first = min(stopped or struck, key=lambda pair: (_FALLS[pair[1].outcome], len(pair[1].chain)))
    chain = (Link(node.address, need.why, need.inferred), *first.chain)
    passed = State(
        first.outcome,
        first.share,
        first.time,
        first.how,
        first.control_plane,
        first.source,
        first.settle,
        chain,
        stuck=first.stuck,
        doubt=first.doubt,
    )
    if group.kind == "triggers":
        how = f"It takes what is sent to it, and keeps it; {need.address} works on it again when it is back."
        comes_back: Outcome = "recovers" if first.outcome == "recovers" else "degrades"
        return passed._replace(outcome=comes_back, share=None, how=how, waits=True)
    if len(stopped) == len(group.members):
        # It hangs on each of them.
        open_ = next((state for _, state in stopped if state.doubt is not None), first)
        passed = passed._replace(settle=open_.settle, doubt=open_.doubt)
    if len(stopped) == len(group.members) and group.more is not None and passed.outcome == "stops":
        return passed._replace(outcome="degrades", share=None) if best else passed.unless(group.more)
    if node.shape == "tasks" and group.kind == "parts" and stopped:
        return passed._replace(outcome="degrades", share=None, how=f"Only what needs {need.address} fails. {first.how}".strip())
    if len(stopped) == len(group.members) or len(group.members) == 1:
        return passed
    if group.kind == "failover":
        return _failed_over(group, node, states, best)
    if not stopped and all(state.outcome == "recovers" for _, state in struck):
        if group.kind == "parts" or len(struck) == len(group.members):
            return passed._replace(time=max((state.time for _, state in struck if state.time), key=_TIMES.index, default=None))
        return passed._replace(outcome="degrades", share=_share(found, node), how=f"{first.how} The others serve meanwhile.")
    if group.kind == "parts" and not stopped:
        shares = [state.share for _, state in struck]
        least = min((each for each in shares if each is not None), default=None)
        return passed._replace(
            outcome="degrades", share=least if None not in shares and len(shares) == len(group.members) else None
        )
    if group.kind == "parts":
        return passed._replace(outcome="degrades", share=None, how=f"Only what needs {need.address} fails. {first.how}".strip())
    how = f"Requests go to what is left. {first.how}".strip()
    return passed._replace(outcome="degrades", share=_share(found, node), how=how)


def _failed_over(group: Group, node: Node, states: Mapping[str, State], best: bool) -> State | None:
    """What follows if the first member of a group is struck, and another one is left."""
    need = group.members[0]
    state = states.get(need.address)
    if state is None:
        return None
    chain = (Link(node.address, need.why, need.inferred), *state.chain)
    if state.outcome not in ("stops", "unknown"):
        return state._replace(chain=chain, waits=False, launches=False)
    some = group.best if best and group.best is not None else group.some
    return (
        None
        if some is None
        else some._replace(chain=chain, settle=some.settle or state.settle, doubt=first_unknown(some.doubt, state.doubt))
    )


_TIMES: Final = ("seconds", "minutes", "longer")


def _share(found: list[tuple[Need, State | None]], node: Node) -> Fraction | None:
    """What is left of equal members."""
    total = Fraction(0)
    for _, state in found:
        if state is None or state.waits:
            total += 1
        elif state.outcome == "degrades":
            if state.share is None:
                return None
            total += state.share
    return total / len(found)
