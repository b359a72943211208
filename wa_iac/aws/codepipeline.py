"""AWS CodePipeline."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf, member
from wa_iac.core.coerce import EmbeddedDocument
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Tree, Value

from .iam import Role
from .s3 import Bucket


class Action(Block):
    """A step of a stage. Its category is Source, Build, Test, Deploy, Approval, Invoke or Compute."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    category: Annotated[Value[str], Cfn("ActionTypeId.Category"), Tf("category")]
    owner: Annotated[Value[str], Cfn("ActionTypeId.Owner"), Tf("owner")]
    provider: Annotated[Value[str], Cfn("ActionTypeId.Provider"), Tf("provider")]
    # Actions with the same number run at the same time.
    order: Annotated[Value[int], Cfn("RunOrder"), Tf("run_order"), Default(1)]
    region: Annotated[Value[str], Cfn("Region"), Tf("region")]
    role: Annotated[Link[Role], Cfn("RoleArn"), Tf("role_arn")]
    configuration: Annotated[Value[EmbeddedDocument], Cfn("Configuration"), Tf("configuration")]

    def setting(self, name: str) -> Tree:
        """One entry of its configuration. Their names are the same in both dialects."""
        return self.configuration if isinstance(self.configuration, Absent) else member(self.configuration, name)


class Stage(Block):
    """A stage of a pipeline."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    actions: Annotated[list[Action], Cfn("Actions[]"), Tf("action[]")]
    # Conditions run rules, which may be builds and tests.
    before: Annotated[Value[Any], Cfn("BeforeEntry.Conditions"), Tf("before_entry.condition")]
    after: Annotated[Value[Any], Cfn("OnSuccess.Conditions"), Tf("on_success.condition")]


class Pipeline(Resource, cfn="AWS::CodePipeline::Pipeline", tf="aws_codepipeline", cfn_key="Name", tf_key="name"):
    """A pipeline."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    role: Annotated[Link[Role], Cfn("RoleArn"), Tf("role_arn")]
    stages: Annotated[list[Stage], Cfn("Stages[]"), Tf("stage[]")]
    # Where actions put what the next ones need. A pipeline has one bucket, or one for each Region.
    artifact_buckets: Annotated[
        Link[Bucket],
        Cfn("ArtifactStore.Location"),
        Cfn("ArtifactStores[].ArtifactStore.Location"),
        Tf("artifact_store[].location"),
    ]

    def actions(self) -> list[Action]:
        """All actions, in the order of the stages."""
        return [action for stage in self.stages for action in stage.actions]
