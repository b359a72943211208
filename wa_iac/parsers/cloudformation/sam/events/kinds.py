"""The events of a function. Each kind adds the resources through which AWS invokes the function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from wa_iac.parsers.cloudformation.sam.apis import api_events
from wa_iac.parsers.cloudformation.sam.apis.routes import Apis
from wa_iac.parsers.cloudformation.sam.nodes import Made, entries, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.sam.shapes import EVENTS, checked, object_of, unknown_name

from . import polled as pull
from . import pushed as push
from . import schedules
from .event import Event
from .target import EventTarget

Expand: TypeAlias = Callable[[Event], "list[Made]"]
"""Adds an event's resources; returns the needs of the function's role: names of AWS managed policies, and policies."""

_KINDS: Final[dict[str, Expand]] = {
    **dict.fromkeys(("DocumentDB", "DynamoDB", "Kinesis", "MQ", "MSK", "SQS", "SelfManagedKafka"), pull.mapping),
    "AlexaSkill": push.alexa_skill,
    "CloudWatchEvent": schedules.rule,
    "CloudWatchLogs": push.cloudwatch_logs,
    "Cognito": push.cognito,
    "EventBridgeRule": schedules.rule,
    "IoTRule": push.iot_rule,
    "S3": push.s3,
    "SNS": push.sns,
    "Schedule": schedules.schedule,
    "ScheduleV2": schedules.scheduler,
}
_OF_APIS: Final[dict[str, Callable[[Event, Apis], list[Made]]]] = {
    "Api": api_events.rest_event,
    "HttpApi": api_events.http_event,
}
_OF_MACHINES: Final = frozenset({"Api", "CloudWatchEvent", "EventBridgeRule", "Schedule", "ScheduleV2"})


def function_events(source: SamResource, target: EventTarget, apis: Apis) -> list[Made]:
    """Adds the resources of a function's events; returns the needs of its role."""
    return [need for event in read_events(source, target) for need in _expand(event, apis)]


def machine_events(source: SamResource, target: EventTarget, apis: Apis) -> None:
    """Adds the resources of a state machine's events."""
    for event in read_events(source, target, _OF_MACHINES):
        _expand(event, apis)


def _expand(event: Event, apis: Apis) -> list[Made]:
    of_api = _OF_APIS.get(event.kind)
    return _KINDS[event.kind](event) if of_api is None else of_api(event, apis)


def read_events(source: SamResource, target: EventTarget, kinds: frozenset[str] = EVENTS) -> Iterator[Event]:
    """The events that can be used. The others are reported as errors."""
    scope = source.expansion.scope
    for name, entry in entries(source.get("Events")).items():
        given = entries(entry)
        kind = text(given.get("Type"))
        called = f'the event "{name}" of "{source.name}"'
        if kind not in kinds:
            if not kind or kind in EVENTS:
                written = f", not {kind}" if kind else ""
                source.error(f"the Type of {called} must be one of {', '.join(sorted(kinds))}{written}", entry.key)
            else:
                unknown_name(scope, called, "Type", kind, kinds, entry)
            continue
        for other, each in given.items():
            if other not in ("Type", "Properties"):
                source.doubtful(
                    f"{called} does not accept a {other}, and SAM ignores it: it accepts a Type and Properties", each.key
                )
        own = object_of(scope, f"the Properties of {called}", given.get("Properties"))
        properties = None if own is None else checked(scope, kind, called, own, entry)
        if properties is not None:
            yield Event(source, target, name, kind, entry.key, properties)
