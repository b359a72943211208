"""The roles that SAM makes: the services that may assume them, AWS managed policies, and the policies that a template lists."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any, Final

from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.nodes import NO_VALUE, Made, build, entries, entry_at, is_no_value, listed, sub, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource, later
from wa_iac.parsers.cloudformation.sam.shapes import unknown_name
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .policy_templates import policy_templates

_VARIABLE: Final = late(r"\$\{(\w+)\}")

# The ARNs of AWS's policies, as its Managed Policy Reference Guide has them: those that SAM needs itself, those that the Lambda
# Developer Guide names for functions, and those that are judged by their names. Others may be at either place.
_AT: Final = {
    "": "AWSXRayDaemonWriteAccess AWSXrayWriteOnlyAccess AdministratorAccess IAMFullAccess PowerUserAccess",
    "service-role/": (
        "AWSAppSyncPushToCloudWatchLogs AWSCodeDeployRoleForLambda AWSLambdaBasicExecutionRole AWSLambdaDynamoDBExecutionRole "
        "AWSLambdaKinesisExecutionRole AWSLambdaMSKExecutionRole AWSLambdaRole AWSLambdaSQSQueueExecutionRole "
        "AWSLambdaVPCAccessExecutionRole"
    ),
}
_PATHS: Final = {name: path for path, names in _AT.items() for name in names.split()}


def managed(name: str) -> Made:
    """The ARN of a policy that AWS manages; if its path is unknown, that part of the ARN is unknown."""
    arn = "arn:${AWS::Partition}:iam::aws:policy/"
    if name in _PATHS:
        return sub(f"{arn}{_PATHS[name]}{name}")
    return sub(f"{arn}${{Path}}{name}", Path=later("AWS::Serverless"))


def assumed_by(service: str) -> Made:
    """The policy that allows a service to assume a role."""
    statement: Made = {"Action": ["sts:AssumeRole"], "Effect": "Allow", "Principal": {"Service": [service]}}
    return {"Version": "2012-10-17", "Statement": [statement]}


def inline(name: str, *statements: Made, version: bool = False) -> Made:
    """A policy of a role."""
    document: dict[str, Made] = {"Version": "2012-10-17"} if version else {}
    return {"PolicyName": name, "PolicyDocument": {**document, "Statement": list(statements)}}


def allow(action: str | list[Made], resource: Made, **more: Made) -> Made:
    """A statement."""
    return {"Action": action, "Effect": "Allow", "Resource": resource, **more}


def put_role(
    source: SamResource, name: str, service: str, names: Iterable[str], inline_policies: Iterable[Made], tags: Made
) -> None:
    """Adds the role of a function or a state machine, with the policies in its `Policies` and its other needs.

    `names` are the AWS managed policies that it needs in any case.
    """
    needed = dict.fromkeys(names)
    listed_arns, listed_policies = _policies(source, name, needed)
    inlines = [*inline_policies, *listed_policies]
    policy = source.get("AssumeRolePolicyDocument")
    boundary = source.get("PermissionsBoundary")
    source.put(
        name,
        "AWS::IAM::Role",
        {
            "AssumeRolePolicyDocument": assumed_by(service) if policy is None else policy,
            "ManagedPolicyArns": _under(source, [*map(managed, needed), *listed_arns]),
            "Path": source.get("RolePath"),
            "Policies": _under(source, inlines) if inlines else None,
            "PermissionsBoundary": boundary,
            "Tags": tags,
        },
    )


def _under(source: SamResource, made: list[Made]) -> Made:
    """A list at the place of the property `Policies`, if there is one."""
    entry = source.get("Policies")
    return made if entry is None else Entry(entry.key, build(made, source.at))


def _policies(source: SamResource, role: str, without: Container[str]) -> tuple[list[Made], list[Made]]:
    """The managed policies' ARNs, except those named in `without`, and the role's own policies from the property `Policies`."""
    arns: list[Made] = []
    inlines: list[Made] = []
    for index, node in enumerate(listed(source.get("Policies"))):
        if is_no_value(node) or text(node) in without:
            continue
        for is_inline, made in _policy(source, node, f"{role}Policy{index}"):
            (inlines if is_inline else arns).append(made)
    return arns, inlines


def _policy(source: SamResource, node: Node, name: str) -> list[tuple[bool, Made]]:
    """The policies in one item of `Policies`, each with whether it is the role's own. Empty after an error."""
    match node:
        case ScalarNode(text=written):
            return [(False, node if ":" in written else build(managed(written), node.span))]
        case MapNode(call="Fn::If"):
            return _either(source, node, name)
        case MapNode(call=call) if call:
            return [(False, node)]
        case MapNode(entries={"Statement": _}):
            return [(True, _named(name, node, node.span))]
        case MapNode(entries=members) if len(members) == 1:
            ((called, entry),) = members.items()
            document = _from_template(source, called, entry)
            return [] if document is None else [(True, _named(name, document, entry.key))]
        case _:
            source.error(
                f'a policy of "{source.name}" must be a name, an ARN, a document with a Statement or a policy template',
                node.span,
            )
            return []


def _named(name: str, document: Made, at: Span) -> Made:
    return build({"PolicyName": name, "PolicyDocument": document}, at)


def _either(source: SamResource, node: MapNode, name: str) -> list[tuple[bool, Made]]:
    """The policies of an `Fn::If` with a policy in each branch, or in only one."""
    argument = node.entries["Fn::If"].value
    if not isinstance(argument, ListNode) or len(argument.items) != 3:
        return [(False, node)]
    condition, *branches = argument.items
    made = [[] if is_no_value(branch) else _branch(source, branch, name) for branch in branches]
    kinds: list[bool] = sorted({is_inline for branch in made for is_inline, _ in branch})
    found: list[tuple[bool, Made]] = []
    for kind in kinds:
        of_kind = [[each for is_inline, each in branch if is_inline is kind] for branch in made]
        for index in range(max(map(len, of_kind))):
            then, otherwise = (branch[index] if index < len(branch) else NO_VALUE for branch in of_kind)
            found.append((kind, build({"Fn::If": [condition, then, otherwise]}, node.span)))
    return found


def _branch(source: SamResource, node: Node, name: str) -> list[tuple[bool, Made]]:
    """The policies of one branch, which may be a list."""
    if not isinstance(node, ListNode):
        return _policy(source, node, name)
    return [made for index, item in enumerate(node.items) for made in _policy(source, item, f"{name}{index}")]


def _from_template(source: SamResource, name: str, entry: Entry) -> Made:
    """The document of a SAM policy template; None, and an error, if its parameters do not fit."""
    template = policy_templates().get(name)
    if template is None:
        unknown_name(source.expansion.scope, f'Policies of "{source.name}"', "policy template", name, policy_templates(), entry)
        return Entry(entry.key, build(later("AWS::Serverless"), entry.key))
    given = entries(entry)
    wanted = set(template.parameters)
    missing = sorted(wanted - set(given))
    if missing:
        source.error(f"the policy template {name} needs {' and '.join(missing)}", entry.key)
        return None
    return Entry(entry.key, build({"Statement": [_filled(each, given) for each in template.statements]}, entry.key))


def _filled(made: Any, given: dict[str, Entry]) -> Any:
    """A part of a policy template with the values of its parameters."""
    match made:
        case dict():
            return {key: _filled(each, given) for key, each in made.items()}
        case list():
            return [_filled(each, given) for each in made]
        case str() if "${" in made:
            names = {name for name in _VARIABLE.findall(made) if name in given}
            if len(names) == 1 and made == f"${{{next(iter(names))}}}":
                return given[names.pop()].value
            return sub(made, **{name: given[name].value for name in sorted(names)})
        case _:
            return made


def dead_letter_policy(source: SamResource, queue: Entry) -> Made:
    """The permission for a function to send to its `DeadLetterQueue`; None, and an error, if that is malformed."""
    given = entries(queue)
    kind, arn = source.expansion.text(given.get("Type")), given.get("TargetArn")
    actions = {"SQS": "sqs:SendMessage", "SNS": "sns:Publish"}
    if arn is None or kind not in actions:
        source.error(f'the DeadLetterQueue of "{source.name}" needs a Type (SQS or SNS) and a TargetArn', queue.key)
        return None
    statement = allow(actions[kind], arn.value)
    return entry_at(queue, inline("DeadLetterQueuePolicy", statement, version=True)).value


def may(name: str, action: str, resource: Made) -> Made:
    """A policy of one statement, without a version: SAM's form for destinations, queues and schedules."""
    return inline(name, allow(action, resource))
