"""Where the outcomes of asynchronous calls and of failed batches go, and the queues and topics that SAM makes for them."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.located import Entry

from .nodes import Made, at_entry, build, entries, get_att, ref
from .roles import may
from .source import Source
from .target import Target

_ACTIONS: Final = {
    "SQS": "sqs:SendMessage",
    "SNS": "sns:publish",
    "EventBridge": "events:PutEvents",
    "Lambda": "lambda:InvokeFunction",
    "S3Bucket": "",
}
_OUTCOMES: Final = ("OnSuccess", "OnFailure")


def event_invoke_config(source: Source, target: Target) -> list[Made]:
    """Puts a function's `EventInvokeConfig`; gives back the policies that its role needs."""
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
            source.error(f"a DestinationConfig has no {outcome}: it takes OnSuccess and OnFailure", destination.key)
            continue
        made = _destination(source, f"{name}{outcome}", destination, policies)
        if made is not None:
            outcomes[outcome] = made
            _refer(source, made, outcome)
    source.put(
        name,
        "AWS::Lambda::EventInvokeConfig",
        {
            "DestinationConfig": at_entry(configuration, outcomes) if configuration is not None else None,
            "FunctionName": ref(source.name),
            "MaximumEventAgeInSeconds": given.get("MaximumEventAgeInSeconds"),
            "MaximumRetryAttempts": given.get("MaximumRetryAttempts"),
            "Qualifier": target.qualifier if target.alias else "$LATEST",
        },
        at=entry.key,
        DependsOn=[target.alias] if target.alias else None,
    )
    return policies


def _refer(source: Source, made: Made, outcome: str) -> None:
    """`MyFunction.DestinationQueue` and `.DestinationTopic` mean what was made for an outcome."""
    name = f"{source.name}EventInvokeConfig{outcome}"
    for suffix in ("Queue", "Topic"):
        if name + suffix in source.expansion.resources:
            source.expansion.renamed[f"{source.name}.Destination{suffix}"] = name + suffix


def _destination(source: Source, name: str, destination: Entry, policies: list[Made]) -> Made:
    """One outcome's destination, with the queue or topic made where none is named. None, and an error, where it is malformed."""
    given = entries(destination)
    kind = source.expansion.text(given.get("Type"))
    arn: Made = given.get("Destination")
    if kind not in _ACTIONS:
        source.error(f"the Type of a destination is one of {', '.join(_ACTIONS)}", destination.key)
        return None
    if arn is None:
        if kind == "SQS":
            queue = source.put(f"{name}Queue", "AWS::SQS::Queue", {"Tags": source.propagated}, at=destination.key)
            arn = get_att(queue, "Arn")
        elif kind == "SNS":
            arn = ref(source.put(f"{name}Topic", "AWS::SNS::Topic", {"Tags": source.propagated}, at=destination.key))
        else:
            source.error(f"a destination of type {kind} needs a Destination", destination.key)
            return None
    if _ACTIONS[kind]:
        policies.append(build(may(f"{name}{kind}Policy", _ACTIONS[kind], arn), destination.key))
    return at_entry(destination, {"Destination": arn})


def batch_destination(source: Source, name: str, configuration: Entry, policies: list[Made]) -> Made:
    """The destination of what an event source cannot hand over, as an event source mapping has it."""
    failure = entries(configuration).get("OnFailure")
    if failure is None:
        return configuration
    given = entries(failure)
    kind = source.expansion.text(given.get("Type"))
    arn = given.get("Destination")
    if arn is None:
        source.error("a DestinationConfig's OnFailure needs a Destination", failure.key)
        return None
    if _ACTIONS.get(kind):
        policies.append(build(may(f"{name}{kind}Policy", _ACTIONS[kind], arn.value), failure.key))
    return at_entry(configuration, {"OnFailure": at_entry(failure, {"Destination": arn})})
