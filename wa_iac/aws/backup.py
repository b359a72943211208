"""AWS Backup."""

from typing import Annotated

from wa_iac.aws.kms import Key
from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.coerce import Document
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class Vault(Resource, cfn="AWS::Backup::BackupVault", tf="aws_backup_vault", cfn_key="BackupVaultName", tf_key="name"):
    """Where recovery points are kept."""

    name: Annotated[Value[str], Cfn("BackupVaultName"), Tf("name")]
    key: Annotated[Link[Key], Cfn("EncryptionKeyArn"), Tf("kms_key_arn")]
    locks: Annotated[
        list["Lock"],
        Cfn("LockConfiguration"),
        Tf("", of="aws_backup_vault_lock_configuration", by="backup_vault_name"),
    ]
    policy: Annotated[
        Value[Document],
        Cfn("AccessPolicy"),
        Tf("policy", of="aws_backup_vault_policy", by="backup_vault_name"),
    ]


class Lock(Block):
    """What keeps recovery points from being deleted early."""

    minimum_days: Annotated[Value[int], Cfn("MinRetentionDays"), Tf("min_retention_days")]
    maximum_days: Annotated[Value[int], Cfn("MaxRetentionDays"), Tf("max_retention_days")]
    changeable_days: Annotated[Value[int], Cfn("ChangeableForDays"), Tf("changeable_for_days")]


class Copy(Block):
    """A copy of each recovery point in another vault."""

    vault: Annotated[Link[Vault], Cfn("DestinationBackupVaultArn"), Tf("destination_vault_arn")]
    vault_arn: Annotated[Value[str], Cfn("DestinationBackupVaultArn"), Tf("destination_vault_arn")]


class PlanRule(Block):
    """When backups are made, and how long they stay."""

    name: Annotated[Value[str], Cfn("RuleName"), Tf("rule_name")]
    schedule: Annotated[Value[str], Cfn("ScheduleExpression"), Tf("schedule")]
    # Absent: kept for ever.
    delete_after: Annotated[Value[int], Cfn("Lifecycle.DeleteAfterDays"), Tf("lifecycle.delete_after")]
    continuous: Annotated[Value[bool], Cfn("EnableContinuousBackup"), Tf("enable_continuous_backup")]
    vault: Annotated[Link[Vault], Cfn("TargetBackupVault"), Tf("target_vault_name")]
    copies: Annotated[list[Copy], Cfn("CopyActions[]"), Tf("copy_action[]")]


class Plan(Resource, cfn="AWS::Backup::BackupPlan", tf="aws_backup_plan", tf_key="name"):
    """A plan of regular backups."""

    name: Annotated[Value[str], Cfn("BackupPlan.BackupPlanName"), Tf("name")]
    rules: Annotated[list[PlanRule], Cfn("BackupPlan.BackupPlanRule[]"), Tf("rule[]")]
    selections: Annotated[Link["Selection"], Back("plan")]


class SelectedTag(Block):
    """A tag that selects resources."""

    key: Annotated[Value[str], Cfn("ConditionKey"), Tf("key")]
    value: Annotated[Value[str], Cfn("ConditionValue"), Tf("value")]


class Selection(Resource, cfn="AWS::Backup::BackupSelection", tf="aws_backup_selection"):
    """What a plan backs up: ARNs, with wildcards, and tags."""

    plan: Annotated[Link[Plan], Cfn("BackupPlanId"), Tf("plan_id")]
    resources: Annotated[Value[list[Value[str]]], Cfn("BackupSelection.Resources"), Tf("resources")]
    not_resources: Annotated[Value[list[Value[str]]], Cfn("BackupSelection.NotResources"), Tf("not_resources")]
    tags: Annotated[list[SelectedTag], Cfn("BackupSelection.ListOfTags[]"), Tf("selection_tag[]")]
    tag_equals: Annotated[list["Condition"], Cfn("BackupSelection.Conditions.StringEquals[]"), Tf("condition.string_equals[]")]
    tag_like: Annotated[list["Condition"], Cfn("BackupSelection.Conditions.StringLike[]"), Tf("condition.string_like[]")]
    tag_not_equals: Annotated[
        list["Condition"], Cfn("BackupSelection.Conditions.StringNotEquals[]"), Tf("condition.string_not_equals[]")
    ]
    tag_not_like: Annotated[
        list["Condition"], Cfn("BackupSelection.Conditions.StringNotLike[]"), Tf("condition.string_not_like[]")
    ]


class Condition(Block):
    """A condition on a tag; the key reads `aws:ResourceTag/<name>`."""

    key: Annotated[Value[str], Cfn("ConditionKey"), Tf("key")]
    value: Annotated[Value[str], Cfn("ConditionValue"), Tf("value")]
