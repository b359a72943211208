"""Amazon ECR."""

from typing import Annotated

from wa_iac.aws.kms import Key
from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import Document, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class LifecyclePolicy(Block):
    """When images are deleted."""

    text: Annotated[Value[Document], Cfn("LifecyclePolicyText"), Tf("policy")]


class Repository(Resource, cfn="AWS::ECR::Repository", tf="aws_ecr_repository", cfn_key="RepositoryName", tf_key="name"):
    """A private repository, with Terraform's separate policies folded in."""

    name: Annotated[Value[str], Cfn("RepositoryName"), Tf("name")]
    tag_mutability: Annotated[Value[str], Cfn("ImageTagMutability"), Tf("image_tag_mutability"), Default("MUTABLE")]
    scan_on_push: Annotated[
        Value[bool],
        Cfn("ImageScanningConfiguration.ScanOnPush"),
        Tf("image_scanning_configuration.scan_on_push"),
        Default(False),
    ]
    lifecycle_policies: Annotated[
        list[LifecyclePolicy], Cfn("LifecyclePolicy"), Tf("", of="aws_ecr_lifecycle_policy", by="repository")
    ]
    policy: Annotated[
        Value[Document], Cfn("RepositoryPolicyText"), Tf("policy", of="aws_ecr_repository_policy", by="repository")
    ]
    encryption: Annotated[
        Value[str],
        Cfn("EncryptionConfiguration.EncryptionType"),
        Tf("encryption_configuration[0].encryption_type"),
        Default("AES256"),
    ]
    key: Annotated[Link[Key], Cfn("EncryptionConfiguration.KmsKey"), Tf("encryption_configuration[0].kms_key")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class ScanningRule(Block):
    """How often the repositories that match a filter are scanned."""

    frequency: Annotated[Value[str], Cfn("ScanFrequency"), Tf("scan_frequency")]


class RegistryScanning(Resource, cfn="AWS::ECR::RegistryScanningConfiguration", tf="aws_ecr_registry_scanning_configuration"):
    """Scanning as the whole registry of an account and Region has it set, which overrides each repository's own flag."""

    kind: Annotated[Value[str], Cfn("ScanType"), Tf("scan_type"), Default("BASIC")]
    rules: Annotated[list[ScanningRule], Cfn("Rules[]"), Tf("rule[]")]
