"""From a drill to the experiment that tests it: which actions of FIS make the same failure, on which resources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known
from wa_iac.drill.model import Drill, FailureKind
from wa_iac.drill_report.words import failure_in_words, outcome_in_words, sentence, share_in_words, time_in_words
from wa_iac.knowledge.architecture.kinds import kind_of

from .actions import needed, policy_of
from .model import Experiment
from .resources import alarms_for, first, of_kind, service_of, subnets_in
from .strikes import IN_ZONE, Strikes, all_alone

_ZONE_NAME: Final = late(r"[a-z]{2}(-[a-z]+)+-\d[a-z]")
_MOST_ACTIONS: Final = 20
"""Actions of an experiment: "Quotas" of FIS in the AWS General Reference."""
_NAMED: Final = 12
"""Entry points that the comment names."""
_DIRECTLY: Final = {
    "ec2": ("ec2.instance", "autoscaling.autoscalinggroup"),
    "kinesis": ("kinesis.stream",),
    "lambda": ("lambda.function",),
}
"""Services that FIS makes fail by all of their resources in a unit."""
_CUT_OFF: Final = ("dynamodb", "s3")
"""Services that FIS can cut off from subnets: the scopes of `aws:network:disrupt-connectivity`."""
_IN_VAIN: Final[dict[FailureKind, str]] = {
    "zone": "Nothing of this code is in this zone for certain and can be struck by FIS",
    "region": (
        "FIS cannot make a Region fail, only cut off another Region from it: the subnets there, and the replication of tables. No subnet of this "
        "code is certainly in another Region, and no table has replicas"
    ),
    "service": "FIS has no action that makes this service fail in a Region for this code. Try single resources: --fail resource:ADDRESS",
}
"""What to say if there is no action."""
_IN_PART: Final[dict[FailureKind, str]] = {
    "zone": "FIS strikes what it finds when the experiment begins. Instances that are launched later, and control planes, keep working",
    "region": (
        "FIS cannot make a Region fail. This cuts off from it what survives: deploy the experiment in the Region that survives, with the "
        "provider of that Region"
    ),
}
"""What to say if there are actions."""


def experiment(drill: Drill, graph: Graph) -> Experiment:
    """The experiment that tests a drill; without actions if FIS cannot make this failure, and its limits then say why."""
    kind, name = drill.failure
    strikes = Strikes(graph, of_zone=kind == "zone")
    match kind:
        case "zone":
            _zone(strikes, drill, graph)
        case "resource":
            all_alone(strikes, graph.at(name))
        case "service":
            _service(strikes, graph, name)
        case _:
            _region(strikes, graph, name)
    actions = strikes.finish()
    alarms, near = alarms_for(graph, frozenset(drill.entry_points))
    limits = [*strikes.limits, *filter(None, [(_IN_PART if actions else _IN_VAIN).get(kind)])]
    if len(actions) > _MOST_ACTIONS:
        limits.append(f"FIS allows {_MOST_ACTIONS} actions, and here are {len(actions)}: divide them between experiments")
    if actions and not alarms:
        limits.append(
            "No alarm of this code can end the experiment early. Add one on what users see, such as the errors of an entry point, and "
            "put it into a stop condition"
        )
    elif actions and not near:
        limits.append(
            "No alarm is on an entry point. Those in the stop conditions end the experiment early: check that they mean harm"
        )
    return Experiment(
        title=failure_in_words(drill),
        hypothesis=tuple(_hypothesis(drill)),
        limits=tuple(map(sentence, dict.fromkeys(limits))),
        zone=(name if _ZONE_NAME.fullmatch(name) else "") if kind == "zone" else None,
        actions=actions,
        alarms=alarms,
        statements=(*needed(actions), *strikes.statements),
        policy=policy_of(actions),
    )


def _hypothesis(drill: Drill) -> Iterator[str]:
    """What the drill expects of each entry point."""
    for each in drill.entry_points[:_NAMED]:
        effect = drill.effects[each]
        left = f", {share_in_words(effect.share)} left" if effect.share is not None else ""
        back = f", back in {time_in_words(effect.time)}" if effect.time is not None else ""
        yield f"{each}: {outcome_in_words(effect)}{left}{back}."
    if len(drill.entry_points) > _NAMED:
        yield f"And {len(drill.entry_points) - _NAMED} more entry points: the drill as text names them."
    if not drill.entry_points:
        yield "No entry point is known."


def _zone(strikes: Strikes, drill: Drill, graph: Graph) -> None:
    inside, doubtful = subnets_in(graph, drill.failure.name)
    for each in inside:
        strikes.cut_off(each)
    for each in doubtful:
        strikes.leave_out(each, "nothing says whether they are in the zone")
    for each in _struck(drill, graph):
        made = IN_ZONE.get(kind_of(each.type))
        if made is not None:
            made(strikes, each)


def _struck(drill: Drill, graph: Graph) -> Iterator[Declared]:
    """The resources that the failure itself strikes, not only through others."""
    for declared in graph.declared:
        effect = drill.effects.get(declared.address)
        if effect is None or declared.kind != "resource" or effect.outcome == "unaffected":
            continue
        if len(effect.chain) <= 1 or effect.chain[-1].address == effect.address:
            yield declared


def _service(strikes: Strikes, graph: Graph, service: str) -> None:
    subnets = of_kind(graph, "ec2.subnet") if service in _CUT_OFF else []
    for each in subnets:
        strikes.cut_off(each, service)
    if subnets:
        strikes.limits.append("What runs outside of these subnets, such as functions without a VPC, still reaches the service")
    all_alone(strikes, of_kind(graph, *_DIRECTLY.get(service, ())))
    for each in of_kind(graph, "ec2.vpcendpoint"):
        if service_of(each) == service:
            strikes.endpoint(each)


def _region(strikes: Strikes, graph: Graph, region: str) -> None:
    about = "The subnets do not reach the Region."
    for each in of_kind(graph, "ec2.subnet"):
        if not isinstance(each.region, Known) or each.region.value == region:
            continue
        if not region:
            strikes.leave_out(each, "the code does not name the Region that fails")
        else:
            strikes.strike("aws:network:route-table-disrupt-cross-region-connectivity", about, each, ("region", (region,)))
    for each in of_kind(graph, "dynamodb.globaltable", "dynamodb.table"):
        replicas = first(each, "replica", "Replicas")
        if isinstance(replicas, Known) and replicas.value:
            strikes.strike("aws:dynamodb:global-table-pause-replication", "Replicas get no new data.", each)
