"""AWS CodeBuild."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from wa_iac.core.binding import Cfn, Default, Tf, member
from wa_iac.core.coerce import EmbeddedDocument, Tags, coercion
from wa_iac.core.logic import any_of, holds
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .s3 import Bucket


class Variable(Block):
    """A variable of a build's environment. For any type but PLAINTEXT, its value is the name of a parameter or a secret."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    value: Annotated[Value[str], Cfn("Value"), Tf("value")]
    type: Annotated[Value[str], Cfn("Type"), Tf("type"), Default("PLAINTEXT")]


class Source(Block):
    """The code to build, and the commands of the build."""

    type: Annotated[Value[str], Cfn("Type"), Tf("type")]
    location: Annotated[Value[str], Cfn("Location"), Tf("location")]
    # The text itself, or the path of a file in the repository. Absent: buildspec.yml there.
    buildspec: Annotated[Value[str], Cfn("BuildSpec"), Tf("buildspec")]


class Artifacts(Block):
    """The output of a build."""

    type: Annotated[Value[str], Cfn("Type"), Tf("type")]
    bucket: Annotated[Link[Bucket], Cfn("Location"), Tf("location")]
    unencrypted: Annotated[Value[bool], Cfn("EncryptionDisabled"), Tf("encryption_disabled"), Default(False)]


class Webhook(Block):
    """The events of a repository that start builds."""

    # Groups of filters: in CloudFormation lists of lists.
    filter_groups: Annotated[Value[Any], Cfn("FilterGroups"), Tf("filter_group")]
    approval: Annotated[
        Value[str],
        Cfn("PullRequestBuildPolicy.RequiresCommentApproval"),
        Tf("pull_request_build_policy.requires_comment_approval"),
    ]

    def groups(self) -> Iterator[Value[list["Filter"]]]:
        """The groups of filters. All filters of a group have to match."""
        match self.filter_groups:
            case Known(list() as listed):
                yield from map(_filters, listed)
            case Known() | Absent():
                return
            case Unknown() as unknown:
                yield unknown


class Filter(NamedTuple):
    """A condition on an event: its kind, the account of its author, a branch."""

    kind: Value[str]
    pattern: Value[str]


def _filters(group: Tree) -> Value[list[Filter]]:
    listed = _either(group, "filter") if isinstance(group, Known) and isinstance(group.value, dict) else group
    match listed:
        case Known([Known(list())]):
            return _filters(listed.value[0])
        case Known(list() as filters):
            return Known([Filter(_text(each, "Type"), _text(each, "Pattern")) for each in filters], group.origin)
        case Unknown():
            return listed
        case _:
            return Absent(group.origin)


def _text(tree: Tree, name: str) -> Value[str]:
    """The entry of that name, if it is a text."""
    found = _either(tree, name)
    return Absent(found.origin) if isinstance(found, Known) and not isinstance(found.value, str) else found


def _either(tree: Tree, name: str) -> Tree:
    """The entry of that name, in either dialect's spelling; the provider awscc has a text of JSON in its place."""
    tree = coercion(EmbeddedDocument)(tree, lambda _: None) if isinstance(tree, Known) and isinstance(tree.value, str) else tree
    found = member(tree, name)
    return member(tree, name.lower()) if isinstance(found, Absent) else found


class Project(Resource, cfn="AWS::CodeBuild::Project", tf="aws_codebuild_project", cfn_key="Name", tf_key="name"):
    """A build project."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    description: Annotated[Value[str], Cfn("Description"), Tf("description")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    image: Annotated[Value[str], Cfn("Environment.Image"), Tf("environment.image")]
    registry_credential: Annotated[
        Value[str], Cfn("Environment.RegistryCredential.Credential"), Tf("environment.registry_credential.credential")
    ]
    environment_type: Annotated[Value[str], Cfn("Environment.Type"), Tf("environment.type")]
    privileged: Annotated[Value[bool], Cfn("Environment.PrivilegedMode"), Tf("environment.privileged_mode"), Default(False)]
    variables: Annotated[list[Variable], Cfn("Environment.EnvironmentVariables[]"), Tf("environment.environment_variable[]")]
    source: Annotated[list[Source], Cfn("Source"), Tf("source[]")]
    secondary_sources: Annotated[list[Source], Cfn("SecondarySources[]"), Tf("secondary_sources[]")]
    artifacts: Annotated[list[Artifacts], Cfn("Artifacts"), Tf("artifacts[]")]
    secondary_artifacts: Annotated[list[Artifacts], Cfn("SecondaryArtifacts[]"), Tf("secondary_artifacts[]")]
    # Logs go to CloudWatch Logs unless this says otherwise.
    cloudwatch_logs: Annotated[
        Value[str],
        Cfn("LogsConfig.CloudWatchLogs.Status"),
        Tf("logs_config.cloudwatch_logs.status"),
        Default("ENABLED"),
    ]
    s3_logs: Annotated[Value[str], Cfn("LogsConfig.S3Logs.Status"), Tf("logs_config.s3_logs.status"), Default("DISABLED")]
    s3_logs_unencrypted: Annotated[
        Value[bool],
        Cfn("LogsConfig.S3Logs.EncryptionDisabled"),
        Tf("logs_config.s3_logs.encryption_disabled"),
        Default(False),
    ]
    cache: Annotated[Value[str], Cfn("Cache.Type"), Tf("cache.type"), Default("NO_CACHE")]
    # PUBLIC_READ shows builds and logs to anybody.
    visibility: Annotated[Value[str], Cfn("Visibility"), Tf("project_visibility"), Default("PRIVATE")]
    webhooks: Annotated[list[Webhook], Cfn("Triggers"), Tf("", of="aws_codebuild_webhook", by="project_name")]

    def sources(self) -> list[Source]:
        """All sources, the primary one first."""
        return [*self.source, *self.secondary_sources]

    def runs_jobs(self) -> Value[bool]:
        """Whether its builds are jobs of a workflow of GitHub Actions."""
        unknown = (webhook.unknown for webhook in self.webhooks if webhook.unknown is not None)
        groups = (group for webhook in self.webhooks for group in webhook.groups())
        return any_of((*map(_names_jobs, groups), *unknown), self.absent.origin)


def _names_jobs(group: Value[list[Filter]]) -> Value[bool]:
    if not isinstance(group, Known):
        return group if isinstance(group, Unknown) else Known(False)
    return any_of((holds(each.pattern, lambda pattern: "WORKFLOW_JOB_QUEUED" in pattern) for each in group.value), group.origin)


class SourceCredential(Resource, cfn="AWS::CodeBuild::SourceCredential", tf="aws_codebuild_source_credential"):
    """What CodeBuild signs in to a repository's host with."""

    # ARNs of a connection or a secret for the types CODECONNECTIONS and SECRETS_MANAGER.
    auth_type: Annotated[Value[str], Cfn("AuthType"), Tf("auth_type")]
    token: Annotated[Value[str], Cfn("Token"), Tf("token")]


class Fleet(Resource, cfn="AWS::CodeBuild::Fleet", tf="aws_codebuild_fleet", cfn_key="Name", tf_key="name"):
    """Machines that are reserved for builds, and run all the time."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    environment_type: Annotated[Value[str], Cfn("EnvironmentType"), Tf("environment_type")]
    base: Annotated[Value[int], Cfn("BaseCapacity"), Tf("base_capacity")]
    overflow: Annotated[Value[str], Cfn("OverflowBehavior"), Tf("overflow_behavior"), Default("QUEUE")]
    scaling: Annotated[Value[str], Cfn("ScalingConfiguration.ScalingType"), Tf("scaling_configuration.scaling_type")]


def is_inline(buildspec: Value[str]) -> bool:
    """Whether a build's commands are in the template, and not in a file of the repository."""
    match buildspec:
        case Known(text):
            return "\n" in text or "phases" in text
        case Unknown(parts=parts):
            return any(isinstance(each, str) and ("\n" in each or "phases" in each) for each in parts)
        case Absent():
            return False
