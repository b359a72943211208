"""AWS Key Management Service."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class Key(Resource, cfn="AWS::KMS::Key", tf="aws_kms_key"):
    """A customer managed key, with the policy that Terraform may attach separately."""

    spec: Annotated[Value[str], Cfn("KeySpec"), Tf("customer_master_key_spec"), Default("SYMMETRIC_DEFAULT")]
    usage: Annotated[Value[str], Cfn("KeyUsage"), Tf("key_usage"), Default("ENCRYPT_DECRYPT")]
    # The origin of the key material. Terraform can only make keys with material from AWS, or in a custom or external key store.
    material: Annotated[Value[str], Cfn("Origin", default="AWS_KMS")]
    custom_store: Annotated[Value[str], Tf("custom_key_store_id")]
    external_store_key: Annotated[Value[str], Tf("xks_key_id")]
    rotation: Annotated[Value[bool], Cfn("EnableKeyRotation"), Tf("enable_key_rotation"), Default(False)]
    rotation_days: Annotated[Value[int], Cfn("RotationPeriodInDays"), Tf("rotation_period_in_days"), Default(365)]
    enabled: Annotated[Value[bool], Cfn("Enabled"), Tf("is_enabled"), Default(True)]
    multi_region: Annotated[Value[bool], Cfn("MultiRegion"), Tf("multi_region"), Default(False)]
    deletion_window: Annotated[Value[int], Cfn("PendingWindowInDays"), Tf("deletion_window_in_days"), Default(30)]
    # Without a policy, AWS writes one that gives the key's own account full access.
    policy: Annotated[
        Value[EmbeddedDocument], Cfn("KeyPolicy"), Tf("policy", of="aws_kms_key_policy", by="key_id"), Tf("policy")
    ]
    deletion_policy: Annotated[Value[str], Cfn("@DeletionPolicy", default="Delete")]
    replace_policy: Annotated[Value[str], Cfn("@UpdateReplacePolicy", default="Delete")]
    prevent_destroy: Annotated[Value[bool], Tf("@lifecycle.prevent_destroy", default=False)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    aliases: Annotated[Link["Alias"], Back("key")]


class Alias(Resource, cfn="AWS::KMS::Alias", tf="aws_kms_alias", cfn_key="AliasName", tf_key="name"):
    """An additional name of a key."""

    name: Annotated[Value[str], Cfn("AliasName"), Tf("name")]
    key: Annotated[Link[Key], Cfn("TargetKeyId"), Tf("target_key_id")]


class ReplicaKey(Resource, cfn="AWS::KMS::ReplicaKey", tf="aws_kms_replica_key"):
    """The replica of a multi-Region key in another Region. It has its own policy and the primary's rotation."""

    primary: Annotated[Link[Key], Cfn("PrimaryKeyArn"), Tf("primary_key_arn")]
    policy: Annotated[
        Value[EmbeddedDocument], Cfn("KeyPolicy"), Tf("policy", of="aws_kms_key_policy", by="key_id"), Tf("policy")
    ]


class KeyPolicy(Resource, tf="aws_kms_key_policy"):
    """A key's policy as a separate resource in Terraform."""

    key: Annotated[Link[Key], Tf("key_id")]
    document: Annotated[Value[EmbeddedDocument], Tf("policy")]
