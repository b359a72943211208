"""Where the tasks of ECS run: on Fargate, or on the instances of a cluster. Of services, and of what a rule or a schedule starts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias

from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.ecs import CapacityProvider, Cluster, Service
from wa_iac.core.binding import elements, root, value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown

from .nodes import Need, Node

RunsOn: TypeAlias = Literal["fargate", "instances", ""]
"""Where tasks run; empty if that is not known, or if they run on both."""
_FARGATE: Final = frozenset({"FARGATE", "FARGATE_SPOT"})
_LAUNCH: Final = ("launch_type", "LaunchType")
_STRATEGIES: Final = ("capacity_provider_strategy[]", "CapacityProviderStrategy[]")
_PROVIDERS: Final = ("capacity_provider", "CapacityProvider")
_PARAMETERS: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "events.rule": (("Targets[]", "EcsParameters", "Arn"), ("", "ecs_target", "arn")),
    "scheduler.schedule": (("Target", "EcsParameters", "Arn"), ("target", "ecs_parameters", "arn")),
    "pipes.pipe": (
        ("", "TargetParameters.EcsTaskParameters", "Target"),
        ("", "target_parameters.ecs_task_parameters", "target"),
    ),
}
"""By kind: where the targets are, where a target says how its tasks are started, and where it names the cluster."""


class Start(NamedTuple):
    """How tasks are started.

    Attributes:
        declared: the block that says so.
        how: the settings: launch type, strategy, network.
        clusters: the clusters that are declared here.
    """

    declared: Declared
    how: Tree
    clusters: tuple[Cluster, ...]


def starts_of(declared: Declared, kind: str, parts: Sequence[Declared], graph: Graph) -> Iterator[Start]:
    """How the targets of a rule, a schedule or a pipe start tasks; nothing for those that start none."""
    for targets, settings, cluster in _PARAMETERS.get(kind, ()):
        for block in (declared, *parts):
            for target in elements(block.body, targets) if targets else (block.body,):
                how = value_at(target, settings)
                if not isinstance(how, Absent):
                    here = graph.referred(value_at(target, cluster))
                    yield Start(block, how, tuple(graph.typed(each, Cluster) for each in here if each.type in Cluster.types()))


def add_capacity(nodes: Mapping[str, Node], starts: Mapping[str, Sequence[Start]], graph: Graph) -> None:
    """Say where tasks run, and which groups of instances they run on if they do not run on Fargate.

    Args:
        starts: by address, how the targets of a rule or a schedule start tasks.
    """
    joined = _joined(graph)
    for service in graph.of(Service):
        node = nodes.get(service.address)
        if node is not None:
            node.packed = _is_packed(service)
            _place(node, [Start(service.declared, service.declared.body, tuple(service.cluster))], nodes, joined, graph)
    for address, found in starts.items():
        _place(nodes[address], found, nodes, joined, graph)


def _place(
    node: Node, starts: Sequence[Start], nodes: Mapping[str, Node], joined: Mapping[str, Sequence[str]], graph: Graph
) -> None:
    """Say where the tasks of a node run."""
    known = {_runs_on(each, graph) for each in starts}
    node.runs_on = known.pop() if len(known) == 1 else ""
    if node.runs_on == "fargate":
        return
    found = {address: None for each in starts for address in _groups(each, joined, graph)}
    here = [nodes[each] for each in found if each in nodes]
    mixed = any(each in _FARGATE for start in starts for each in _names(_strategy(start)))
    if len(here) == 1 and not mixed:
        node.needs.append(Need(here[0].address, "capacity", f"its tasks run on {here[0].address}"))
    lanes = tuple(dict.fromkeys(lane for each in here for lane in each.lanes))
    if lanes and not (mixed and node.lanes):
        node.own_subnets = bool(node.lanes)
        node.lanes, node.doubt = lanes, first_unknown(*(each.doubt for each in here))
    if not node.lanes and node.doubt is None:
        why = Said(
            f"the instances that the tasks of {node.address} run on are not known",
            "declare the group of its capacity provider",
        )
        node.doubt = first_unknown(*(each.doubt for each in here), Unknown(why, ("instances of", node.address)))


def _runs_on(start: Start, graph: Graph) -> RunsOn:
    """Where tasks run: by the launch type, by the strategy, or by that of the cluster. Without any of them, on instances (RunTask)."""
    match next((v for key in _LAUNCH if not isinstance(v := value_at(start.how, key), Absent)), None):
        case Known("FARGATE"):
            return "fargate"
        case Known("EC2"):
            return "instances"
        case None:
            strategy = _strategy(start)
            names = _names(strategy)
            if strategy and len(names) == len(strategy) and all(each in _FARGATE for each in names):
                return "fargate"
            groups = graph.index(CapacityProvider, lambda each: each.names())
            of_groups = [each for each in strategy if _provided(each, groups, graph)]
            return "instances" if len(of_groups) == len(strategy) and (strategy or start.clusters) else ""
        case _:
            return ""


def _strategy(start: Start) -> list[Tree]:
    """The capacity providers of a strategy, by name or by reference."""
    own = [each for path in _STRATEGIES for each in elements(start.how, path)]
    found = [next((v for key in _PROVIDERS if not isinstance(v := value_at(each, key), Absent)), each) for each in own]
    return found or [block.name for each in start.clusters for block in each.default_strategy]


def _names(strategy: Sequence[Tree]) -> list[str]:
    return [str(each.value) for each in strategy if isinstance(each, Known)]


def _provided(
    provider: Tree, groups: Mapping[Hashable, Sequence[CapacityProvider]], graph: Graph
) -> Sequence[CapacityProvider]:
    """The capacity providers of this unit that a name or a reference means."""
    here = [graph.typed(each, CapacityProvider) for each in graph.referred(provider) if each.type in CapacityProvider.types()]
    return here or groups.get(str(provider.value) if isinstance(provider, Known) else "", ())


def _groups(start: Start, joined: Mapping[str, Sequence[str]], graph: Graph) -> dict[str, None]:
    """The addresses of the groups of instances that tasks may run on."""
    groups = graph.index(CapacityProvider, lambda each: each.names())
    found: dict[str, None] = {}
    for cluster in start.clusters:
        providers = [each for name in _strategy(start) for each in _provided(name, groups, graph)]
        if not providers and isinstance(cluster.capacity_providers, Known):
            listed = [each for each in cluster.capacity_providers.value if isinstance(each, Known)]
            providers = [each for name in listed for each in groups.get(str(name.value), ())]
        found |= {group.address: None for each in providers for group in each.group}
        found |= dict.fromkeys(joined.get(cluster.address, ()))
    return found


def _is_packed(service: Service) -> bool:
    """Whether its tasks may be put close together, and not over zones."""
    blocks = [
        each
        for path in ("PlacementStrategies[]", "ordered_placement_strategy[]")
        for each in elements(service.declared.body, path)
    ]
    first = [value_at(block, key) for block in blocks[:1] for key in ("Field", "field", "Type", "type")]
    return bool(blocks) and Known("attribute:ecs.availability-zone") not in first


def _joined(graph: Graph) -> dict[str, list[str]]:
    """By cluster of ECS, the groups whose instances join it."""
    found: dict[str, list[str]] = defaultdict(list)
    for group in graph.of(AutoScalingGroup):
        starts = [group.declared, *(each.declared for each in (*group.launch_template, *group.launch_configuration))]
        for source in starts:
            for each in graph.referred(root(source)):
                if each.type in Cluster.types():
                    found[each.address].append(group.address)
    return found
