"""Events and messages that a function could not process: whether an alarm on its errors reports them."""

from typing import Final

from wa_iac.aws.cloudwatch import Alarm
from wa_iac.aws.lambda_function import Alias, EventSourceMapping, Function, Version
from wa_iac.aws.sqs import Queue
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Unknown, Value

from .alarms import looking_at

_MODULES: Final = frozenset({"module"})


def are_reported(queue: Queue, graph: Graph) -> Value[bool]:
    """Whether all that a queue takes are failed events of functions with an alarm on their errors that does something."""
    pointing = graph.pointing(Function, "dead_letter").at[id(queue.declared)]
    functions = [each for each, _ in pointing if isinstance(each, Function)]
    if functions:
        return all_of(_reports(each, graph) for each in functions)
    doubt = graph.once(_of_another)
    if doubt is None and graph.referring(queue, _MODULES) and graph.once(_reports_in).get(_module(queue)):
        doubt = Unknown(
            Said(
                "a module that is not installed gets the queue, and may make a function of which an alarm here reports the errors"
            ),
            ("function of a module", queue.address),
            Origin(queue.span),
        )
    return Known(False) if doubt is None else doubt


def are_reported_by_consumers(queue: Queue, graph: Graph) -> Value[bool]:
    """Whether all functions that take a queue's messages have an alarm on their errors that does something: a message that cannot be
    processed is such an error."""
    found = graph.pointing(EventSourceMapping, "queue")
    mappings = [each for each, _ in found.at[id(queue.declared)] if isinstance(each, EventSourceMapping)]
    if mappings:
        return all_of(_reports_for(each, graph) for each in mappings)
    return found.loose if found.loose is not None and graph.once(_reports_in) else Known(False)


def _reports_for(mapping: EventSourceMapping, graph: Graph) -> Value[bool]:
    """Whether an alarm reports the errors of the function that gets a queue's messages."""
    if mapping.function.targets:
        return all_of(_reports(found, graph) for target in mapping.function.targets for found in _functions(target))
    if not graph.once(_reports_in):
        return Known(False)
    if mapping.function.unknown is not None:
        return mapping.function.unknown
    why = Said("a function that is declared elsewhere takes its messages, and an alarm here reports the errors of a function")
    return Unknown(why, ("consumer of", mapping.address), Origin(mapping.span))


def _functions(target: Function | Alias | Version) -> list[Function]:
    """A function, or the ones that an alias or a version is of."""
    return [target] if isinstance(target, Function) else list(target.function.targets)


def _module(resource: Resource) -> tuple[Span, ...]:
    return tuple(each.span for each in resource.declared.calls)


def _reports_in(graph: Graph) -> dict[tuple[Span, ...], bool]:
    """The modules with an alarm on the errors of a function that does something."""
    return {_module(each): True for each in graph.of(Alarm) if _is_of_functions(each) and _acts(each) == Known(True)}


def _is_of_functions(alarm: Alarm) -> bool:
    return any(namespace == Known("AWS/Lambda") for namespace, _, _ in alarm.metrics)


def _of_another(graph: Graph) -> Unknown | None:
    """The unknown dead-letter queue of a function with such an alarm: it may be any."""
    return next(
        (
            each.dead_letter.unknown
            for each in graph.of(Function)
            if each.dead_letter.unknown is not None and _reports(each, graph) != Known(False)
        ),
        None,
    )


def _reports(function: Function, graph: Graph) -> Value[bool]:
    """Whether an alarm on a function's errors does something when it goes off."""
    return any_of(
        (
            all_of((answer, alarm.declared.exists_with(function.declared), _acts(alarm)))
            for alarm, answer in looking_at(function, graph)
            if isinstance(alarm, Alarm)
        ),
        Origin(),
    )


def _acts(alarm: Alarm) -> Value[bool]:
    of_errors = any_of(holds(metric, lambda name: name == "Errors") for _, metric, _ in alarm.metrics)
    return all_of((of_errors, alarm.actions_enabled, holds(alarm.alarm_actions, bool)))
