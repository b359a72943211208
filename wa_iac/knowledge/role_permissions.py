"""What a role may do, by all its policies: those written in it, those attached to it, and those that AWS manages."""

from collections.abc import Iterator
from typing import Final

from wa_iac.aws.iam import Attachment, ManagedPolicy, Policy, Role
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import all_of, any_of, negate
from wa_iac.core.reasons import Follows, Said, UninstalledModule
from wa_iac.core.value import Known, Origin, Tree, Unknown, Value

from .dated import facts

_WRITES_LOGS: Final = "logs:PutLogEvents"
_STARTS_CRAWLER: Final = "glue:StartCrawler"
_OTHER_WORK: Final = (
    *("s3:PutObject", "dynamodb:PutItem", "dynamodb:UpdateItem", "sqs:SendMessage", "sns:Publish", "states:StartExecution"),
    *("lambda:InvokeFunction", "glue:StartJobRun", "kinesis:PutRecord", "firehose:PutRecord", "events:PutEvents"),
)
"""What would be lost with an event."""
_EXECUTION: Final = frozenset(
    {
        *("AWSLambdaBasicExecutionRole", "AWSLambdaKinesisExecutionRole", "AWSLambdaDynamoDBExecutionRole"),
        *("AWSLambdaVPCAccessExecutionRole", "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess"),
    }
)
"""Policies of AWS for what runs functions ("AWS managed policies for Lambda execution roles", AWS Lambda Developer Guide)."""
_CALLS: Final = frozenset({"module"})
_OUTPUTS: Final = frozenset({"output"})


def may_write_logs(role: Role, graph: Graph) -> Value[bool]:
    """Whether a role may write logs of CloudWatch Logs, at any place and under any condition."""
    by_managed = (all_of((_managed_writes_logs(arn, graph), is_there)) for arn, is_there in _named(role))
    by_written = (all_of((_allows(each, _WRITES_LOGS), is_there)) for each, is_there in _held(role))
    return any_of((*by_written, *by_managed, *_doubt(role, graph)), role.absent.origin)


def allowed(role: Role, action: str) -> Value[bool]:
    """Whether a statement that is written here allows a role an action, at any place and under any condition."""
    return any_of((_allows(each, action) for each in written(role)), role.absent.origin)


def only_starts_crawlers(role: Role) -> bool:
    """Whether a role is there to start a crawler of Glue: nothing is lost if that fails, since the next start reads all that is new."""
    named = any(action == Known(_STARTS_CRAWLER) for each in written(role) for action in each.actions)
    return named and not any(allowed(role, each) == Known(True) for each in _OTHER_WORK)


def denies(role: Role, action: str) -> Value[bool]:
    """Whether a statement that is written here denies a role an action."""
    return any_of((all_of((negate(each.allows()), each.covers_action(action))) for each in written(role)), role.absent.origin)


def written(role: Role) -> Iterator[Statement]:
    """The statements of all policies of a role that are written here."""
    for each, _ in _held(role):
        yield each


def _held(role: Role) -> Iterator[tuple[Statement, Value[bool]]]:
    """The statements of all policies of a role that are written here, and whether the role surely has the policy."""
    holders: dict[Policy | ManagedPolicy, Value[bool]] = {each: role.managed.doubt(each) for each in role.managed}
    for each in role.attached:
        for policy in each.policy if isinstance(each, Attachment) else (each,):
            holders[policy] = any_of((holders.get(policy, Known(False)), role.attached.doubt(each)))
    for inline in role.inline:
        yield from ((each, Known(True)) for each in statements(inline.document))
    for holder, is_there in holders.items():
        yield from ((each, is_there) for each in statements(holder.document))


def _allows(statement: Statement, action: str) -> Value[bool]:
    return all_of((statement.allows(), statement.covers_action(action)))


def _named(role: Role) -> Iterator[tuple[Tree, Value[bool]]]:
    """The ARNs of the policies that are attached to a role, and whether they surely are."""
    match role.managed_arns:
        case Known(arns):
            yield from ((arn, Known(True)) for arn in arns)
        case Unknown() as unknown:
            yield unknown, Known(True)
        case _:
            pass
    attachments = [each for each in role.attached if isinstance(each, Attachment)]
    attached = [each.policy.value for each in attachments]
    yield from zip(attached, map(role.attached.doubt, attachments), strict=True)
    yield from ((arn, Known(True)) for arn in role.managed.external if arn not in attached)


def _managed_writes_logs(arn: Tree, graph: Graph) -> Value[bool]:
    names = [_name(arn)]
    for each in graph.referred(arn):
        if each.kind == "resource" and each.type in ManagedPolicy.types():
            return Known(False)  # Its statements are asked themselves.
        names += [_name(value_at(each.body, key)) for key in ("name", "arn") if each.kind == "data"]
    if any(name in facts("managed_policies_logs")["with"] for name in names):
        return Known(True)
    if any(name in facts("managed_policies_logs")["without"] for name in names):
        return Known(False)
    if isinstance(arn, Unknown):
        return arn
    why = f"what the policy {names[0]} allows is not written here"
    return Unknown(Said(why, "look it up in IAM"), ("policy", names[0]), arn.origin)


def _name(arn: Tree) -> str:
    """The name of a policy, as far as its ARN is known."""
    text = arn.value if isinstance(arn, Known) else arn.parts[-1] if isinstance(arn, Unknown) and arn.parts else ""
    return text.rpartition("/")[2] if isinstance(text, str) else ""


def may_do_nothing(role: Role, graph: Graph) -> bool:
    """Whether a role certainly has no permissions: no policy that is written here, none of AWS, and nothing that may attach one."""
    return not any(written(role)) and not any(_named(role)) and not _may_have_more(role, graph) and not is_exported(role, graph)


def has_no_policy_here(role: Role) -> bool:
    """Whether nothing that is written here gives a role a policy. Code elsewhere may."""
    return role.attached.unknown is None and not any(written(role)) and not any(_named(role))


def lacks(role: Role, action: str, graph: Graph) -> bool:
    """Whether a role, all of whose policies are written here, certainly has none that allows an action."""
    if not any(True for _ in written(role)) or allowed(role, action) != Known(False) or is_exported(role, graph):
        return False
    managed = ManagedPolicy.types()
    if any(all(found.type not in managed for found in graph.referred(arn)) for arn, _ in _named(role)):
        return False
    return not _may_have_more(role, graph)


def only_runs_functions(role: Role, graph: Graph) -> bool:
    """Whether a role certainly may do no more than functions need to run at all: write their logs and traces, and read their stream."""
    named = [_name(arn) for arn, _ in _named(role)]
    own = list(written(role))
    changed = not all(map(_is_of_logs, own)) or _may_have_more(role, graph) or is_exported(role, graph)
    return bool(named or own) and not changed and _EXECUTION.issuperset(named)


def _is_of_logs(statement: Statement) -> bool:
    """Whether a statement is about logs and traces alone."""
    named = [each.value.lower() for each in statement.actions if isinstance(each, Known)]
    return bool(named) and len(named) == len(statement.actions) and all(each.startswith(("logs:", "xray:")) for each in named)


def is_exported(role: Role, graph: Graph) -> bool:
    """Whether an output names a role, so that code elsewhere may attach policies to it."""
    return bool(graph.referring(role, _OUTPUTS))


def _may_have_more(role: Role, graph: Graph) -> bool:
    """Whether a role may have policies that are not known here."""
    return any(True for _ in _doubt(role, graph))


def _doubt(role: Role, graph: Graph) -> Iterator[Unknown]:
    """Why the policies of a role may not be all: one that is not known for whom it is, or a module that cannot be read and gets the role."""
    if role.attached.unknown is not None:
        yield role.attached.unknown
    for each in graph.referring(role, _CALLS) if graph.types & _CALLS else ():
        source = each.body.value.get("source")
        module = UninstalledModule(each.name, str(source.value) if isinstance(source, Known) else "elsewhere")
        yield Unknown(Follows("the module may attach a policy to it", module), ("policies of", each.address), Origin(each.span))
