"""Ways from some rights to all rights: what an identity may do to give itself more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple

from wa_iac.core.iam_policy import Statement, covers
from wa_iac.core.logic import all_of, any_of, first_unknown
from wa_iac.core.value import Known, Unknown, Value

from .account_wide import covers_all_of


class Way(NamedTuple):
    """`actions` that together lead on where they are allowed on every resource, and what their holder does with them.

    Some only lead to roles that are in use already (`of_existing_roles`), or to versions of policies that exist already
    (`of_older_versions`): how far they lead depends on those. Some give the rights to the members of a group (`of_members`), to which no role
    belongs.
    """

    actions: tuple[str, ...]
    consequence: str
    of_existing_roles: bool = False
    of_older_versions: bool = False
    of_members: bool = False

    @property
    def leads_everywhere(self) -> bool:
        return not self.of_existing_roles and not self.of_older_versions


PASSING: Final = "iam:PassRole"
WAYS: Final = (
    Way(("iam:CreatePolicyVersion",), "writes a new version of a policy that it has"),
    Way(("iam:CreateAccessKey",), "creates access keys for any user"),
    Way(("iam:CreateLoginProfile",), "sets a password for any user"),
    Way(("iam:UpdateLoginProfile",), "changes any user's password"),
    Way(("iam:AttachUserPolicy",), "attaches AdministratorAccess to a user"),
    Way(("iam:AttachGroupPolicy",), "attaches AdministratorAccess to a group", of_members=True),
    Way(("iam:AttachRolePolicy",), "attaches AdministratorAccess to a role"),
    Way(("iam:PutUserPolicy",), "writes a policy into a user"),
    Way(("iam:PutGroupPolicy",), "writes a policy into a group", of_members=True),
    Way(("iam:PutRolePolicy",), "writes a policy into a role"),
    Way(("iam:AddUserToGroup",), "adds a user to the group of administrators"),
    Way(("iam:UpdateAssumeRolePolicy", "sts:AssumeRole"), "gives itself access to any role"),
    Way((PASSING, "ec2:RunInstances"), "starts an instance with any role, and uses its credentials"),
    Way((PASSING, "lambda:CreateFunction", "lambda:InvokeFunction"), "runs its own code with any role"),
    Way((PASSING, "lambda:CreateFunction", "lambda:CreateEventSourceMapping"), "has its own code run with any role"),
    Way((PASSING, "cloudformation:CreateStack"), "has CloudFormation create anything with any role"),
    Way((PASSING, "glue:CreateDevEndpoint"), "opens an endpoint with any role"),
    Way((PASSING, "glue:CreateJob", "glue:StartJobRun"), "runs its own job with any role"),
    Way((PASSING, "glue:UpdateJob", "glue:StartJobRun"), "runs its own job with any role"),
    Way((PASSING, "glue:CreateSession", "glue:RunStatement"), "runs its own statements with any role"),
    Way(
        (
            PASSING,
            "bedrock-agentcore:CreateCodeInterpreter",
            "bedrock-agentcore:StartCodeInterpreterSession",
            "bedrock-agentcore:InvokeCodeInterpreter",
        ),
        "runs its own code with any role",
    ),
    Way((PASSING, "ecs:RegisterTaskDefinition", "ecs:RunTask"), "runs its own container with any role"),
    Way((PASSING, "codebuild:CreateProject", "codebuild:StartBuild"), "runs its own build with any role"),
    Way(
        (PASSING, "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"),
        "opens a notebook with any role",
    ),
    Way(
        (PASSING, "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"),
        "runs its own pipeline with any role",
    ),
    Way(
        ("iam:SetDefaultPolicyVersion",),
        "can make an older version of any policy the default one again, with all that it allows",
        of_older_versions=True,
    ),
    Way(("lambda:UpdateFunctionCode",), "runs its own code with the role of any function", of_existing_roles=True),
    Way(("cloudformation:UpdateStack",), "changes any stack with the role of that stack", of_existing_roles=True),
    Way(("codebuild:StartBuild",), "runs its own commands with the role of any build project", of_existing_roles=True),
)
"""Published since 2018, and still how accounts are taken over. StartBuild accepts another build specification (`buildspecOverride`),
and UpdateStack uses the role of the stack if the stack has one ("StartBuild", AWS CodeBuild API Reference; "UpdateStack", AWS
CloudFormation API Reference)."""


class Opening(NamedTuple):
    """An action of a way: the statement's entry that allows it, and the kind of resources if it is allowed on all of them, and not on everything."""

    action: str
    entry: Value[str]
    kind: str = ""


def _nothing(_: str) -> Value[bool]:
    return Known(False)


def kind_of(action: str) -> str:
    """The kind of IAM's resources that an action is on; empty for one on others."""
    if action == "sts:AssumeRole":
        return "role"
    if not action.startswith("iam:"):
        return ""
    return next((kind for part, kind in _KINDS.items() if part in action), "policy")


_KINDS: Final = {
    "UserToGroup": "group",
    "User": "user",
    "AccessKey": "user",
    "LoginProfile": "user",
    "Group": "group",
    "Role": "role",
}
"""What IAM's resources are called in the names of actions on them. The first one counts ("Actions, resources, and condition keys for AWS Identity
and Access Management", Service Authorization Reference)."""


_ALL_KINDS: Final = tuple(dict.fromkeys((*_KINDS.values(), "policy")))


def ways(
    statements: Sequence[Statement], denied: Callable[[str], Value[bool]] = _nothing
) -> Iterator[tuple[Way, list[Opening]]]:
    """The ways that statements open, each with the entries that do, if no action of theirs is surely denied. Statements with conditions open
    none."""
    everywhere = [each for each in statements if _usable(each)]
    narrower = [each for each in statements if _names_iam(each) and not _usable(each)]
    entries = {"": _by_service(everywhere)}
    if narrower:
        for kind in _ALL_KINDS:
            entries[kind] = _by_service((each for each in narrower if _is_usable(each, kind) == Known(True)), whole=True)
    for way in WAYS if any(entries.values()) else ():
        steps = [step for action in way.actions if (step := _opening(entries, action)) is not None]
        if len(steps) == len(way.actions) and not any(denied(action) == Known(True) for action in way.actions):
            yield way, steps


def _opening(entries: Mapping[str, Mapping[str, Sequence[Known[str]]]], action: str) -> Opening | None:
    for kind in dict.fromkeys(("", kind_of(action))):
        entry = _entry(entries[kind], action) if entries.get(kind) else None
        if entry is not None:
            return Opening(action, entry, kind)
    return None


def _names_iam(statement: Statement) -> bool:
    """Whether a resource of it may be one of IAM, by its text."""
    return any(":iam:" in part or part.endswith("/*") for each in statement.resources for part in _texts(each))


def _texts(value: Value[str]) -> list[str]:
    if isinstance(value, Known):
        return [str(value.value)]
    return [each for each in value.parts if isinstance(each, str)] if isinstance(value, Unknown) else []


def opened(statements: Sequence[Statement], denied: Callable[[str], Value[bool]] = _nothing) -> list[tuple[Way, list[Opening]]]:
    """The ways worth telling: for each entry the first one that it opens. A way that leads less far is not told where the entry, or for an
    older version the whole statement, leads everywhere."""
    found: dict[int, tuple[Way, list[Opening]]] = {}
    used: set[int] = set()
    for way, steps in ways(statements, denied):
        first = steps[0].entry
        beside = _beside(first, statements) if way.of_older_versions else [first]
        if not way.leads_everywhere and any(id(each) in used for each in beside):
            continue
        found.setdefault(id(first), (way, steps))
        if way.leads_everywhere or way.of_existing_roles:
            used.update(id(step.entry) for step in steps)
    return list(found.values())


def _beside(entry: Value[str], statements: Sequence[Statement]) -> list[Value[str]]:
    """All entries of the statement of an entry."""
    return [other for each in statements if any(action is entry for action in each.actions) for other in each.actions]


def _usable(statement: Statement) -> bool:
    """Whether it surely allows what it names on every resource, whenever."""
    return _is_usable(statement) == Known(True)


def _is_usable(statement: Statement, kind: str = "") -> Value[bool]:
    if statement.unknown is not None or statement.conditional or not statement.actions:
        return Known(False)
    covered = covers_all_of(statement, kind) if kind else statement.covers_every_resource()
    return all_of((statement.allows(), covered))


def _by_service(statements: Iterable[Statement], *, whole: bool = False) -> Mapping[str, list[Known[str]]]:
    """The entries that name an action or a pattern of actions of one service, by the service; "" has those whose service is a
    pattern. An entry for everything, or for all of a service, is one only if that is asked for (`whole`)."""
    found: dict[str, list[Known[str]]] = {}
    for statement in statements:
        for entry in statement.actions:
            if isinstance(entry, Known) and (whole or (not entry.value.endswith(":*") and entry.value != "*")):
                service = entry.value.partition(":")[0].lower()
                found.setdefault("" if "*" in service or "?" in service else service, []).append(entry)
    return found


def _entry(entries: Mapping[str, Sequence[Known[str]]], action: str) -> Known[str] | None:
    """The entry that allows an action."""
    service = action.partition(":")[0]
    candidates = (*entries.get(service, ()), *entries.get("", ()))
    return next((each for each in candidates if covers(each, action) == Known(True)), None)


def doubt(statements: Sequence[Statement]) -> Unknown | None:
    """Why nobody can say what is allowed; None where somebody can."""
    for statement in statements:
        if statement.unknown is not None:
            return statement.unknown
        unknown = next((each for each in statement.actions if isinstance(each, Unknown) and not each.parts), None)
        if unknown is not None:
            return unknown
    return _doubt_of_way(statements)


def _doubt_of_way(statements: Sequence[Statement]) -> Unknown | None:
    """Why nobody can say whether statements with the actions of a way open it: an effect or a resource is not known."""
    usable = {
        id(each): any_of(_is_usable(each, kind) for kind in (("", *_ALL_KINDS) if _names_iam(each) else ("",)))
        for each in statements
    }
    possible = [each for each in statements if usable[id(each)] != Known(False)]
    if not any(isinstance(usable[id(each)], Unknown) for each in possible):
        return None
    entries = _by_service(possible, whole=all(map(_names_iam, possible)))
    for way in WAYS:
        if all(_entry(entries, action) is not None for action in way.actions):
            return first_unknown(*(usable[id(each)] for each in possible if any(map(partial(_names, each), way.actions))))
    return None


def _names(statement: Statement, action: str) -> bool:
    return _entry(_by_service([statement], whole=_names_iam(statement)), action) is not None
