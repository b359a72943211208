"""AWS Backup."""

from collections.abc import Iterator
from typing import Annotated

from wa_iac.core.algebra import references
from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.logic import any_of
from wa_iac.core.partial import PartlyMap
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Origin, Unknown, Value

from .kms import Key


class Vault(Resource, cfn="AWS::Backup::BackupVault", tf="aws_backup_vault", cfn_key="BackupVaultName", tf_key="name"):
    """A vault for recovery points."""

    name: Annotated[Value[str], Cfn("BackupVaultName"), Tf("name")]
    key: Annotated[Link[Key], Cfn("EncryptionKeyArn"), Tf("kms_key_arn")]
    locks: Annotated[
        list["Lock"],
        Cfn("LockConfiguration"),
        Tf("", of="aws_backup_vault_lock_configuration", by="backup_vault_name"),
    ]
    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("AccessPolicy"),
        Tf("policy", of="aws_backup_vault_policy", by="backup_vault_name"),
    ]


class Lock(Block):
    """Protects recovery points from early deletion."""

    minimum_days: Annotated[Value[int], Cfn("MinRetentionDays"), Tf("min_retention_days")]
    maximum_days: Annotated[Value[int], Cfn("MaxRetentionDays"), Tf("max_retention_days")]
    changeable_days: Annotated[Value[int], Cfn("ChangeableForDays"), Tf("changeable_for_days")]


class Copy(Block):
    """A copy of each recovery point in another vault."""

    vault: Annotated[Link[Vault], Cfn("DestinationBackupVaultArn"), Tf("destination_vault_arn")]
    vault_arn: Annotated[Value[str], Cfn("DestinationBackupVaultArn"), Tf("destination_vault_arn")]
    delete_after: Annotated[Value[int], Cfn("Lifecycle.DeleteAfterDays"), Tf("lifecycle.delete_after")]


class PlanRule(Block):
    """The schedule of backups, and their retention."""

    name: Annotated[Value[str], Cfn("RuleName"), Tf("rule_name")]
    schedule: Annotated[Value[str], Cfn("ScheduleExpression"), Tf("schedule")]
    # Absent: kept indefinitely.
    delete_after: Annotated[Value[int], Cfn("Lifecycle.DeleteAfterDays"), Tf("lifecycle.delete_after")]
    cold_after: Annotated[Value[int], Cfn("Lifecycle.MoveToColdStorageAfterDays"), Tf("lifecycle.cold_storage_after")]
    continuous: Annotated[Value[bool], Cfn("EnableContinuousBackup"), Tf("enable_continuous_backup")]
    vault: Annotated[Link[Vault], Cfn("TargetBackupVault"), Tf("target_vault_name")]
    air_gapped_vault: Annotated[
        Value[str],
        Cfn("TargetLogicallyAirGappedBackupVaultArn"),
        Tf("target_logically_air_gapped_backup_vault_arn"),
    ]
    copies: Annotated[list[Copy], Cfn("CopyActions[]"), Tf("copy_action[]")]


class BackupPlan(Resource, cfn="AWS::Backup::BackupPlan", tf="aws_backup_plan", tf_key="name"):
    """A plan of regular backups."""

    name: Annotated[Value[str], Cfn("BackupPlan.BackupPlanName"), Tf("name")]
    rules: Annotated[list[PlanRule], Cfn("BackupPlan.BackupPlanRule[]"), Tf("rule[]")]
    selections: Annotated[Link["BackupSelection"], Back("plan")]


class SelectedTag(Block):
    """A tag that selects resources."""

    key: Annotated[Value[str], Cfn("ConditionKey"), Tf("key")]
    value: Annotated[Value[str], Cfn("ConditionValue"), Tf("value")]


class BackupSelection(Resource, cfn="AWS::Backup::BackupSelection", tf="aws_backup_selection"):
    """The resources that a plan backs up: ARNs, with wildcards, and tags."""

    plan: Annotated[Link[BackupPlan], Cfn("BackupPlanId"), Tf("plan_id")]
    resources: Annotated[Value[list[Value[str]]], Cfn("BackupSelection.Resources"), Tf("resources")]
    not_resources: Annotated[Value[list[Value[str]]], Cfn("BackupSelection.NotResources"), Tf("not_resources")]
    tags: Annotated[list[SelectedTag], Cfn("BackupSelection.ListOfTags[]"), Tf("selection_tag[]")]
    tag_equals: Annotated[
        list["TagCondition"], Cfn("BackupSelection.Conditions.StringEquals[]"), Tf("condition[].string_equals[]")
    ]
    tag_like: Annotated[list["TagCondition"], Cfn("BackupSelection.Conditions.StringLike[]"), Tf("condition[].string_like[]")]
    tag_not_equals: Annotated[
        list["TagCondition"], Cfn("BackupSelection.Conditions.StringNotEquals[]"), Tf("condition[].string_not_equals[]")
    ]
    tag_not_like: Annotated[
        list["TagCondition"], Cfn("BackupSelection.Conditions.StringNotLike[]"), Tf("condition[].string_not_like[]")
    ]

    def selects(self, resource: Resource, service: str, tags: Value[Tags]) -> Value[bool]:
        """Whether it backs up `resource`, whose ARN has this `service`; an unknown if that is not certain."""
        selected = any_of((*self._by_resource(resource, service), *(_tagged(each, tags) for each in self.tags)), Origin())
        if selected != Known(True):
            return selected
        narrowing = (*self.tag_equals, *self.tag_like, *self.tag_not_equals, *self.tag_not_like)
        if narrowing or not isinstance(self.not_resources, Absent):
            return Unknown(
                Said("conditions of a backup selection narrow it"), ("narrowed", self.address), self.resources.origin
            )
        return Known(True)

    def _by_resource(self, resource: Resource, service: str) -> Iterator[Value[bool]]:
        match self.resources:
            case Known(listed):
                for each in listed:
                    yield _names(each, resource, service)
            case Unknown() as why:
                yield why
            case Absent():
                pass


def _names(pattern: Value[str], resource: Resource, service: str) -> Value[bool]:
    """Whether an ARN of a selection matches a resource. A wildcard within the resource's service is treated as a match."""
    named = [reference.address for reference in references(pattern)]
    if any(resource.address == address or resource.address.startswith(f"{address}[") for address in named):
        return Known(True)
    match pattern:
        case Known("*"):
            return Known(True)
        case Known(text):
            named_here = any(text.endswith((f"/{name}", f":{name}")) for name in resource.names())
            return Known(_service(text) in (service, "*") and (text.endswith("*") or named_here))
        case Unknown(parts=(_, *_) as parts):
            text = "".join(part if isinstance(part, str) else "?" for part in parts)
            if _service(text) in (service, "*") and text.endswith("*"):
                return Known(True)
            return pattern if _service(text) in (service, "*", "?") else Known(False)
        case Unknown() if not named:
            return pattern
        case Unknown() | Absent():
            return Known(False)


def _service(arn: str) -> str:
    """The service of an ARN; `*` if it covers all services, `?` if it is not known."""
    parts = arn.split(":")
    return parts[2] if len(parts) > 2 else arn[-1:]


def _tagged(wanted: "SelectedTag", tags: Value[Tags]) -> Value[bool]:
    """Whether a resource has a tag."""
    match wanted.key, wanted.value, tags:
        case Unknown() as why, _, _:
            return why
        case _, Unknown() as why, _:
            return why
        case Known(str() as key), value, PartlyMap() as some if key in some.entries:
            found = some.entries[key]
            return found if isinstance(found, Unknown) else Known(found == value)
        case _, _, Unknown() as why:
            return why
        case Known(key), value, Known(dict() as written):
            found = written.get(key, Absent())
            return found if isinstance(found, Unknown) else Known(found == value)
        case _:
            return Known(False)


class TagCondition(Block):
    """A condition on a tag. The key is `aws:ResourceTag/<name>`."""

    key: Annotated[Value[str], Cfn("ConditionKey"), Tf("key")]
    value: Annotated[Value[str], Cfn("ConditionValue"), Tf("value")]


class RestoreTestingPlan(
    Resource,
    cfn="AWS::Backup::RestoreTestingPlan",
    tf="aws_backup_restore_testing_plan",
    cfn_key="RestoreTestingPlanName",
    tf_key="name",
):
    """A plan of regular restores, to see whether they work."""

    name: Annotated[Value[str], Cfn("RestoreTestingPlanName"), Tf("name")]
