"""Functions that only tell people of an event: a mail that is lost is not work that is not done."""

from __future__ import annotations

from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known

from .called import called, words_of
from .inline_code import only_prints
from .role_permissions import allowed, only_runs_functions, written

_NAMES: Final = late(
    r"\b(?:notify|notifies|notifier|notifications?|e ?mails?|mailer|slack|discord|teams|chat ?bot|pager ?duty)\b"
)
_SURELY: Final = late(r"\b(?:notify|notifies|notifier|slack|discord|pager ?duty)\b")
"""Names of a function that tells, whatever else its role may do for others."""
_SHOWS: Final = late(r"\b(?:log(?:s|ger|ging)|print(?:s|er|ing)?|echo)\b")
_KEEPS: Final = late(
    r"(?i)(?:store|save|keep|retry)_?failed|failed_?(?:events|messages|records|items)|dead_?letter|(?<![a-z])dlq(?![a-z])"
)
"""A variable with the place of what failed, or with the switch that keeps it."""
_PASSES_ON: Final = late(r"\b(?:forward|ship|send|deliver|export|stream|push|sync)(?:s|er|ers|ing|ed)?\b")
"""Names of a function that hands on what it gets, to which no role of AWS need allow anything."""
_TELLS: Final = ("ses:SendEmail", "ses:SendRawEmail", "sns:Publish")
_TOLD: Final = frozenset(each.lower() for each in _TELLS)
_ASKS: Final = late(
    r"(?:logs|xray|cloudwatch):|\w[\w-]*:(?:get|list|describe|batchget|query|scan|head|lookup|filter)|kms:(?:decrypt|generatedatakey)|"
    r"ec2:(?:createnetworkinterface|deletenetworkinterface|assignprivateipaddresses|unassignprivateipaddresses)$"
)
"""Actions that read, write a function's own logs, or put it into its network."""
_WORK: Final = (
    *("s3:PutObject", "dynamodb:PutItem", "dynamodb:UpdateItem", "sqs:SendMessage", "states:StartExecution", "ec2:CreateTags"),
    *("lambda:InvokeFunction", "glue:StartJobRun", "kinesis:PutRecord", "firehose:PutRecord", "events:PutEvents"),
    *("ecs:RunTask", "ecs:UpdateService", "batch:SubmitJob", "rds-data:ExecuteStatement", "ssm:SendCommand"),
)
"""What a function does that works on an event."""


def only_shows(function: Function, graph: Graph) -> str:
    """What says that a function only prints its events, as a demonstration does: its code; or its own name or handler, where its role may do
    nothing else. Empty where nothing does."""
    if only_prints(function):
        return "its code does nothing else"
    names = [words_of(each) for each in (function.declared.name, *pieces_of(function.handler))]
    found = next(filter(None, map(_SHOWS.search, names)), None)
    roles = function.role.targets
    if (
        found is None
        or any(map(_PASSES_ON.search, names))
        or not roles
        or not all(only_runs_functions(each, graph) for each in roles)
    ):
        return ""
    return f'its name says "{found[0]}", and its role may do nothing else'


def keeps_failures(function: Function) -> str:
    """The variable by which the code of a function seems to keep what it fails to process itself; empty if there is none."""
    match function.environment:
        case Known(dict() as variables):
            return next((name for name in variables if _KEEPS.search(name) is not None), "")
        case _:
            return ""


def only_tells(function: Function, graph: Graph) -> str:
    """What says that a function only tells people of events: its names, or what its role may do. Empty where nothing does. What a role may do
    for several functions says little of one of them."""
    works = any(allowed(role, each) == Known(True) for role in function.role for each in _WORK)
    used = graph.pointing(Function, "role").at
    if works and not any(len(used.get(id(role.declared), ())) > 1 for role in function.role):
        return ""
    for name in called(function, Absent()):
        if (found := (_SURELY if works else _NAMES).search(name)) is not None:
            return f'its name says "{found[0]}"'
    for role in () if works else function.role:
        named = {str(action.value).lower() for each in written(role) for action in each.actions if isinstance(action, Known)}
        told = next((each for each in _TELLS if each.lower() in named), "")
        if (action := told) and all(_ASKS.match(each) or each in _TOLD for each in named):
            return f"its role may call {action}, and change nothing"
    return ""
