"""What each resource needs, from the flows between resources."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.knowledge.architecture.kinds import service_of_kind
from wa_iac.knowledge.architecture.shapes import Edge

from .kinds import COMPUTE, STORES
from .nodes import Group, Need, Node, Role, Strength

_HARD: Final = frozenset(
    {
        *(
            "resolves to",
            "connects through",
            "connects to",
            "reads",
            "writes",
            "reads and writes",
            "queries",
            "calls",
            "invokes",
        ),
        *("starts", "sends to", "publishes to", "sends events to", "transforms with", "is configured with", "authorizes with"),
        *("authenticates with", "runs", "runs on", "encrypts with", "forwards to"),
    }
)
_HANDS_ON: Final = frozenset({"resolves to", "connects through", "forwards to", "invokes"})
"""What is done by a resource that serves as much as the next one."""
_FOR_EACH: Final = frozenset({"encrypts with", "authorizes with", "authenticates with"})
"""What each request needs, wherever it is sent."""
_SECRETS: Final = frozenset({"reads secret", "reads parameter"})
_LAUNCH: Final = frozenset({"pulls images from", "loads code from"})
_WAITS: Final = frozenset({"delivers to", "delivers events to", "streams changes to", "notifies"})
_ADMITTED: Final = late(r"connects(?: to| on ports? (?P<ports>.*))?")
_ADMINISTRATION: Final = frozenset({"22", "3389"})
_PARTS: Final = late(
    r"elasticloadbalancing(?:v2)?\.loadbalancer|apigateway(?:v2)?\.\w+|cloudfront\.distribution|appsync\.\w+|events\.rule"
    r"|route53\.recordset(?:group)?"
)
"""Kinds that send different requests to different resources: while some of them serve, so do these, in part."""
_SHARED: Final = late(r"elasticloadbalancingv2\.targetgroup|elasticloadbalancing\.loadbalancer|globalaccelerator\.\w+")
"""Kinds that send each request to any of several equal resources."""
_ABSORBS: Final = late(
    r"sqs\.queue|sns\.topic|kinesis\.stream|events\.(?:eventbus|rule)|kinesisfirehose\.deliverystream|msk\.\w*cluster|amazonmq\.broker|pipes\.pipe"
)
"""Kinds that keep what they took in while those that work on it are away."""
_POLLED: Final = late(r"sqs\.queue|kinesis\.stream|dynamodb\.\w*table|msk\.\w*cluster|amazonmq\.broker")
_FRONTS: Final = late(
    r"elasticloadbalancing(?:v2)?\.\w+|apigateway(?:v2)?\.\w+|cognito\.\w+|ecs\.\w+|eks\.\w+|appsync\.\w+|athena\.\w+|glue\.\w+"
)
_SCHEDULES: Final = late(r"events\.rule|scheduler\.schedule")
_KEYLESS: Final = late(r"logs\..*|cloudwatch\..*|ecr\..*|backup\..*|ssm\..*|codebuild\..*|codepipeline\..*|cloudtrail\..*")
"""Kinds that go on serving others without their KMS key, as far as these are concerned."""


def add_needs(nodes: Mapping[str, Node], edges: Iterable[Edge], stand_ins: Mapping[str, tuple[str, ...]]) -> None:
    """Give each node its needs.

    Args:
        nodes: by address.
        edges: the flows of the architecture.
        stand_ins: for what only describes something (a task definition, a launch template), the nodes that are started from it.
    """
    parts: dict[tuple[str, str], dict[str, Need]] = defaultdict(dict)
    admitted: dict[tuple[str, str], dict[str, Need]] = defaultdict(dict)
    workers: dict[str, dict[str, Need]] = defaultdict(dict)
    to_stores: set[tuple[str, str]] = set()
    for edge in edges:
        for source in stand_ins.get(edge.source, (edge.source,)):
            # What starts something from a description does not need the others that are started from it.
            own = source in stand_ins.get(edge.target, ())
            for target in () if own else stand_ins.get(edge.target, (edge.target,)):
                user, used = nodes.get(source), nodes.get(target)
                if user is None or used is None or user is used:
                    continue
                _add(user, used, edge, parts, admitted, workers, to_stores)
    for (address, _), found in parts.items():
        node, members = nodes[address], tuple(found.values())
        node.groups.append(Group("shared" if _SHARED.fullmatch(node.kind) else "parts", members))
    peers = _peers(admitted)
    for (address, label), found in admitted.items():
        if (address, label) in to_stores:
            continue  # The same rule lets it connect to a store, in whose group other members are, too.
        left_out = {need.address for need in _needs(nodes[address])} | peers[address]
        members = tuple(each for each in found.values() if each.address not in left_out)
        if members:
            nodes[address].groups.append(Group("shared", members))
    for address, found in workers.items():
        nodes[address].groups.append(Group("triggers", tuple(found.values())))


def _peers(admitted: Mapping[tuple[str, str], Mapping[str, Need]]) -> dict[str, set[str]]:
    """By address, those that let each other in: the members of a cluster, each of which may go on without another."""
    pairs = {(address, other) for (address, _), found in admitted.items() for other in found}
    peers: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if (other, one) in pairs:
            peers[one].add(other)
    return peers


def _needs(node: Node) -> Iterator[Need]:
    yield from node.needs
    for group in node.groups:
        yield from group.members


def _add(
    user: Node,
    used: Node,
    edge: Edge,
    parts: dict[tuple[str, str], dict[str, Need]],
    admitted: dict[tuple[str, str], dict[str, Need]],
    workers: dict[str, dict[str, Need]],
    to_stores: set[tuple[str, str]],
) -> None:
    """Read one flow as a need of its source, of its target, or as nothing."""
    label = edge.label
    said = f"{label} to" if label.startswith("connects on") else label
    role: Role = "successor" if said in _HANDS_ON else "used"
    need = Need(used.address, "hard", f"it {said} {used.address}", edge.inferred, role)
    if label in _WAITS or (label == "sends events to" and user.kind == "events.rule" and not _has_schedule(user)):
        if _ABSORBS.fullmatch(user.kind):
            workers[user.address][used.address] = need._replace(why=f"{used.address} works on what it takes in")
        if label == "delivers to" and _POLLED.fullmatch(user.kind):
            used.needs.append(Need(user.address, "hard", f"it gets its work from {user.address}", edge.inferred, "feeder"))
        return
    if edge.inferred and edge.kind == "network" and (found := _ADMITTED.fullmatch(label)) is not None:
        if _is_administration(found["ports"]):
            return
        if used.shape in STORES or used.kind.startswith(("elasticache.", "rds.")):
            user.needs.append(need._replace(strength="cache") if used.kind.startswith("elasticache.") else need)
            to_stores.add((user.address, label))
        elif used.shape in COMPUTE | {"balancer"} and user.shape in COMPUTE:
            admitted[user.address, label][used.address] = need
        return
    if (
        label in ("invokes", "sends to")
        and edge.inferred
        and service_of_kind(user.kind) in ("s3", "sns", "events", "logs", "ses", "iot")
    ):
        if _ABSORBS.fullmatch(user.kind):
            workers[user.address][used.address] = need._replace(why=f"{used.address} works on what it takes in")
        return
    strength = _strength(user, used, label)
    if strength is None:
        return
    divides = _PARTS.fullmatch(user.kind) or _SHARED.fullmatch(user.kind)
    is_code = label == "invokes" and user.kind == "cloudfront.distribution"  # It runs for each request, whatever the origin.
    if strength == "hard" and divides and label not in _FOR_EACH and not is_code:
        parts[user.address, ""].setdefault(used.address, need)
    elif not any(each.address == used.address and each.strength == strength for each in user.needs):
        user.needs.append(need._replace(strength=strength))


def _strength(user: Node, used: Node, label: str) -> Strength | None:
    if label == "encrypts with":
        return None if _KEYLESS.fullmatch(user.kind) or not used.kind.startswith("kms.") else "hard"
    if label == "is configured with":
        # Who knows the address of a front may call it, or only name it; who knows that of a store, works with it.
        return None if used.kind.startswith("cloudfront.") else "soft" if _FRONTS.fullmatch(used.kind) else _of_store(used)
    if label in _SECRETS:
        return "soft" if user.shape == "function" else "launch"
    if label in _LAUNCH:
        return "launch"
    if label == "reads and writes" and used.shape == "volume":
        return "hard"
    if used.kind.startswith(("ecr.", "ecs.cluster", "wafv2.")):
        return None
    return _of_store(used) if label in _HARD else None


def _of_store(used: Node) -> Strength:
    """How much what works with something needs it: whether it can do without a cache is not in the code."""
    return "cache" if used.kind.startswith("elasticache.") else "hard"


def _has_schedule(node: Node) -> bool:
    return any(key in node.declared.body.value for key in ("schedule_expression", "ScheduleExpression"))


def is_schedule(node: Node) -> bool:
    """Whether a node starts something at fixed times."""
    return _SCHEDULES.fullmatch(node.kind) is not None and (node.kind != "events.rule" or _has_schedule(node))


def _is_administration(ports: str | None) -> bool:
    return ports is not None and set(re.split(r", | and ", ports)) <= _ADMINISTRATION
