"""What reads the state of an alarm and acts on it: health checks, deployments, rules of EventBridge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.aws.cloudwatch import Alarm, LogAlarm
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import member, value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, first_unknown, holds
from wa_iac.core.reasons import Said
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value

from .alarms import RULES, module_of

_ONLY_SHOW: Final = frozenset(
    and_awscc(
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::LogAlarm",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CloudWatch::Dashboard",
        "aws_cloudwatch_metric_alarm",
        "aws_cloudwatch_composite_alarm",
        "aws_cloudwatch_dashboard",
    )
)
"""What reads an alarm without acting by its state."""
_HEALTH_CHECKS: Final = frozenset(and_awscc("AWS::Route53::HealthCheck", "aws_route53_health_check"))
_CLOUDWATCH: Final = "aws.cloudwatch"
_STATE_CHANGE: Final = "CloudWatch Alarm State Change"


def is_read(alarm: Alarm | LogAlarm, graph: Graph) -> Value[bool]:
    """Whether another resource reads an alarm, and so does something by its state: a health check of Route 53 ("Monitoring a CloudWatch
    alarm", Amazon Route 53 Developer Guide), a deployment that rolls back. A dashboard only shows it, and another alarm is a question of
    its own."""
    readers = graph.referring(alarm, graph.once(_readers))
    if readers:
        return any_of(each.exists_with(alarm.declared) for each in readers)
    by_name = graph.once(_read_by_name)
    keys = (alarm.name, None) if isinstance(alarm.name, Known) else (None,)
    return any_of((answer for key in keys for answer in by_name.get(key, ())), Origin())


def _read_by_name(graph: Graph) -> dict[Tree | None, list[Value[bool]]]:
    """The names of alarms that health checks read without a reference, and whether the checks exist; None for a name that is not known."""
    found: dict[Tree | None, list[Value[bool]]] = defaultdict(list)
    if _HEALTH_CHECKS.isdisjoint(graph.types):
        return found
    from wa_iac.aws.route53 import HealthCheck

    for each in graph.of(HealthCheck):
        if isinstance(each.alarm, Known):
            found[each.alarm].append(Known(True) if each.declared.condition is None else each.declared.condition)
        elif isinstance(each.alarm, Unknown) and not each.alarm.origin.references:
            found[None].append(each.alarm)
    return found


def _readers(graph: Graph) -> frozenset[str]:
    """The types of the resources of a unit that may act by an alarm's state."""
    return frozenset(
        each.type for each in graph.declared if each.kind in ("resource", "module") and each.type not in _ONLY_SHOW
    )


def of_another_account(alarm: Alarm | LogAlarm, graph: Graph) -> Unknown | None:
    """Why something elsewhere may select an alarm: its provider assumes a role that the module's own does not, so that it may be in another
    account, and no alarm of that provider has actions here."""
    key = _provider_of(alarm)
    if not key or key in graph.once(_providers_with_actions):
        return None
    providers = graph.once(_roles_of_providers)
    role = providers.get(f"provider.{key[1]}", Absent())
    if isinstance(role, Absent) or role == providers.get(f"provider.{key[1].partition('.')[0]}", Absent()):
        return None
    why = f"provider {key[1]} assumes a role, so the alarm may be in an account where something selects it"
    return Unknown(Said(why), ("alarms of", key), alarm.declared.attributes["provider"].origin)


def _provider_of(alarm: Alarm | LogAlarm) -> tuple[tuple[Span, ...], str] | None:
    """The module of an alarm and the provider that it names."""
    match alarm.declared.attributes.get("provider"):
        case Known(str() as key):
            return module_of(alarm), key
        case _:
            return None


def _providers_with_actions(graph: Graph) -> frozenset[tuple[tuple[Span, ...], str] | None]:
    return frozenset(
        _provider_of(each)
        for each in graph.of(Alarm)
        if not isinstance(each.alarm_actions, Absent) and each.alarm_actions != Known([])
    )


def _roles_of_providers(graph: Graph) -> dict[str, Tree]:
    """The roles that the providers of the root module assume, by address."""
    return {
        each.address: value_at(member(each.body, "assume_role"), "role_arn")
        for each in graph.declared
        if each.kind == "context" and each.type.startswith("provider.")
    }


def is_acted_on(alarm: Alarm | LogAlarm, graph: Graph) -> Value[bool]:
    """Whether a rule of EventBridge may select the changes of an alarm's state, and so something acts on them. Unknown where nobody can say
    what a rule selects."""
    selected = graph.once(_selected)
    texts = [str(alarm.name.value)] if isinstance(alarm.name, Known) else []
    named = any(text in selected.names or text.startswith(selected.prefixes) for text in texts)
    if selected.any or named or id(alarm.declared) in selected.referred:
        return Known(True)
    return Known(False) if selected.doubt is None else selected.doubt


class _Selected(NamedTuple):
    """What rules of EventBridge select by alarms' changes of state: any alarm, those that they refer to, those with a name or with the
    beginning of one; and why there may be others."""

    any: bool = False
    referred: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    doubt: Unknown | None = None


def _selected(graph: Graph) -> _Selected:
    if RULES.isdisjoint(graph.types):
        return _Selected()
    from wa_iac.aws.eventbridge import EventRule

    patterns = [each.pattern for each in graph.of(EventRule) if each.state != Known("DISABLED")]
    answers = [
        (each, all_of((_lists(each, "source", _CLOUDWATCH), _lists(each, "detail-type", _STATE_CHANGE)))) for each in patterns
    ]
    listed = [_wanted(each) for each, answer in answers if answer == Known(True)]
    items = [item for each in listed if each is not None for item in each]
    prefixes = [member(item, "prefix") for item in items]
    opaque = (each for each in (*items, *prefixes) if not isinstance(each, Unknown) or not each.origin.references)
    return _Selected(
        any=any(each is None for each in listed),
        referred=frozenset(id(found) for item in items for found in graph.referred(item)),
        names=frozenset(name for item in items if isinstance(item, Known) for name in _names_in(item.value)),
        prefixes=tuple(str(each.value) for each in prefixes if isinstance(each, Known)),
        doubt=first_unknown(*(answer for _, answer in answers), *opaque),
    )


def _lists(pattern: Tree, key: str, wanted: str) -> Value[bool]:
    """Whether a pattern lists a text for a key."""
    match member(pattern, key):
        case Known(list() as items):
            return any_of((holds(item, lambda text: text == wanted) for item in items), pattern.origin)
        case Unknown() as unknown:
            return unknown
        case _:
            return Known(False)


def _names_in(value: object) -> Iterator[str]:
    """A name, or the name at the end of an alarm's ARN."""
    if isinstance(value, str):
        yield value
        yield value.rpartition(":alarm:")[2]


def _wanted(pattern: Tree) -> list[Tree] | None:
    """The names and ARNs of alarms in a pattern; None if it selects any."""
    found = [
        each
        for each in (member(pattern, "resources"), member(member(pattern, "detail"), "alarmName"))
        if not isinstance(each, Absent)
    ]
    if any(not isinstance(each, Known) or not isinstance(each.value, list) for each in found):
        return None
    return [item for each in found if isinstance(each, Known) for item in each.value] if found else None
