"""The destinations of asynchronous calls and failed batches, and the queues and topics that SAM creates for them."""

from __future__ import annotations

from typing import Final, NamedTuple

from wa_iac.parsers.cloudformation.sam.events.target import EventTarget
from wa_iac.parsers.cloudformation.sam.permissions.roles import may
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .nodes import Made, build, entries, entry_at, get_att, is_no_value, ref
from .sam_resource import SamResource

_ACTIONS: Final = {
    "SQS": "sqs:SendMessage",
    "SNS": "sns:publish",
    "EventBridge": "events:PutEvents",
    "Lambda": "lambda:InvokeFunction",
    "S3Bucket": "",
}
_MADE: Final = {"SQS": ("Queue", "AWS::SQS::Queue"), "SNS": ("Topic", "AWS::SNS::Topic")}
_OUTCOMES: Final = ("OnSuccess", "OnFailure")


def event_invoke_config(source: SamResource, target: EventTarget) -> list[Made]:
    """Adds a function's `EventInvokeConfig`; returns the policies that its role needs."""
    entry = source.get("EventInvokeConfig")
    if entry is None:
        return []
    given = entries(entry)
    name = f"{source.name}EventInvokeConfig"
    policies: list[Made] = []
    outcomes: dict[str, Made] = {}
    configuration = given.get("DestinationConfig")
    for outcome, destination in entries(configuration).items():
        if outcome not in _OUTCOMES:
            told = f"a DestinationConfig has no {outcome}, and SAM ignores it: it accepts OnSuccess and OnFailure"
            source.doubtful(told, destination.key)
            continue
        made = _destination(source, f"{name}{outcome}", destination, policies)
        if made is not None:
            outcomes[outcome] = made
            _refer(source, f"{name}{outcome}")
    source.put(
        name,
        "AWS::Lambda::EventInvokeConfig",
        {
            "DestinationConfig": entry_at(configuration, outcomes) if configuration is not None else None,
            "FunctionName": ref(source.name),
            "MaximumEventAgeInSeconds": given.get("MaximumEventAgeInSeconds"),
            "MaximumRetryAttempts": given.get("MaximumRetryAttempts"),
            "Qualifier": target.qualifier if target.alias else "$LATEST",
        },
        at=entry.key,
        DependsOn=[target.alias] if target.alias else None,
    )
    return policies


def _refer(source: SamResource, name: str) -> None:
    """Makes `MyFunction.DestinationQueue` and `.DestinationTopic` refer to the resource that was added for an outcome."""
    for suffix in ("Queue", "Topic"):
        if name + suffix in source.expansion.resources:
            source.expansion.renamed[f"{source.name}.Destination{suffix}"] = name + suffix


def _destination(source: SamResource, name: str, destination: Entry, policies: list[Made]) -> Made:
    """One outcome's destination, with a new queue or topic if none is named. None, and an error, if it is malformed."""
    given = entries(destination)
    kind = source.expansion.text(given.get("Type"))
    arn: Made = given.get("Destination")
    if kind not in _ACTIONS:
        source.error(f"the Type of a destination must be one of {', '.join(_ACTIONS)}", destination.key)
        return None
    choice = _choice(given.get("Destination"))
    if arn is None or choice is not None:
        if kind not in _MADE:
            source.error(f"a destination of type {kind} needs a Destination", destination.key)
            return None
        suffix, made = _MADE[kind]
        beside: dict[str, Made] = {} if choice is None else {"Condition": _condition(source, name, choice, destination)}
        put = source.put(f"{name}{suffix}", made, {"Tags": source.propagated}, at=destination.key, **beside)
        own: Made = get_att(put, "Arn") if kind == "SQS" else ref(put)
        arn = own if choice is None else choice.arn(own)
    if _ACTIONS[kind]:
        policies.append(build(may(f"{name}{kind}Policy", _ACTIONS[kind], arn), destination.key))
    return entry_at(destination, {"Destination": arn})


class _Choice(NamedTuple):
    """A Destination that is given only under a condition: SAM creates one otherwise.

    `made_where` is the condition's value for which one is created, `given` the destination for the other value.
    """

    condition: str
    made_where: bool
    given: Node

    def arn(self, own: Made) -> Made:
        return {"Fn::If": [self.condition, own, self.given] if self.made_where else [self.condition, self.given, own]}


def _choice(destination: Entry | None) -> _Choice | None:
    match destination:
        case Entry(value=MapNode(call="Fn::If", entries={"Fn::If": Entry(value=ListNode(items=[ScalarNode() as name, *two]))})):
            none = [is_no_value(each) for each in two]
            return _Choice(name.text, none[0], two[none.index(False)]) if sorted(none) == [False, True] else None
        case _:
            return None


def _condition(source: SamResource, name: str, choice: _Choice, destination: Entry) -> str:
    """The condition under which SAM creates a destination: none is given, and the function exists."""
    where: Made = {"Condition": choice.condition} if choice.made_where else {"Fn::Not": [{"Condition": choice.condition}]}
    if source.condition:
        where = {"Fn::And": [{"Condition": source.condition}, where]}
    elif choice.made_where:
        return choice.condition
    source.expansion.conditions[f"{name}Condition"] = Entry(destination.key, build(where, destination.key))
    return f"{name}Condition"


def batch_destination(source: SamResource, name: str, configuration: Entry, policies: list[Made]) -> Made:
    """The destination of undelivered events, as in an event source mapping."""
    failure = entries(configuration).get("OnFailure")
    if failure is None:
        return configuration
    given = entries(failure)
    kind = source.expansion.text(given.get("Type"))
    arn = given.get("Destination")
    if arn is None:
        source.doubtful("a DestinationConfig's OnFailure needs a Destination: without it, no failed event is kept", failure.key)
        return None
    if _ACTIONS.get(kind):
        policies.append(build(may(f"{name}{kind}Policy", _ACTIONS[kind], arn.value), failure.key))
    return entry_at(configuration, {"OnFailure": entry_at(failure, {"Destination": arn})})
