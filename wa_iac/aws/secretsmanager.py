"""AWS Secrets Manager."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf, member
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Absent, Known, Tree, Value

from .kms import Key


class Secret(Resource, cfn="AWS::SecretsManager::Secret", tf="aws_secretsmanager_secret", cfn_key="Name", tf_key="name"):
    """A secret, without its versions."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    description: Annotated[Value[str], Cfn("Description"), Tf("description")]
    key: Annotated[Link[Key], Cfn("KmsKeyId"), Tf("kms_key_id")]
    # A literal in the template, if it is a JSON object.
    content: Annotated[
        Value[EmbeddedDocument],
        Cfn("SecretString"),
        Tf("secret_string", of="aws_secretsmanager_secret_version", by="secret_id", many=True),
    ]
    # The same as a text, which may be the password itself.
    text: Annotated[
        Value[str],
        Cfn("SecretString"),
        Tf("secret_string", of="aws_secretsmanager_secret_version", by="secret_id", many=True),
    ]
    # A password that Secrets Manager generates, under a key of a JSON template.
    generated_template: Annotated[Value[EmbeddedDocument], Cfn("GenerateSecretString.SecretStringTemplate")]
    generated_key: Annotated[Value[str], Cfn("GenerateSecretString.GenerateStringKey")]
    # A secret of another company's service, which rotates it.
    kind: Annotated[Value[str], Cfn("Type"), Tf("type")]
    policy: Annotated[
        Value[EmbeddedDocument],
        Cfn("ResourcePolicy", of="AWS::SecretsManager::ResourcePolicy", by="SecretId"),
        Tf("policy", of="aws_secretsmanager_secret_policy", by="secret_arn"),
        Tf("policy"),
    ]
    replicas: Annotated[list["Replica"], Cfn("ReplicaRegions[]"), Tf("replica[]")]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]
    rotations: Annotated[Link["Rotation"], Back("secret")]
    attachments: Annotated[Link["Attachment"], Back("secret")]

    def holds(self, key: str) -> bool:
        """Whether its JSON certainly has a key."""
        return any(_has(document, key) for document in (self.generated_template, self.content))

    def names_database(self) -> bool:
        """Whether it says which database it is for. Rotation by Secrets Manager itself needs that."""
        generated = self.generated_key == Known("password")
        return any(
            any(_has(document, key) for key in ("engine", "dbname", "dbInstanceIdentifier"))
            and _has(document, "username")
            and (has_password or _has(document, "password"))
            for document, has_password in ((self.generated_template, generated), (self.content, False))
        )


def _has(document: Tree, key: str) -> bool:
    return isinstance(document, Known) and not isinstance(member(document, key), Absent)


class SecretPolicy(Resource, cfn="AWS::SecretsManager::ResourcePolicy", tf="aws_secretsmanager_secret_policy"):
    """A secret's policy as a separate resource."""

    secret: Annotated[Link[Secret], Cfn("SecretId"), Tf("secret_arn")]
    document: Annotated[Value[EmbeddedDocument], Cfn("ResourcePolicy"), Tf("policy")]


class Replica(Block):
    """A copy of a secret in another Region."""

    region: Annotated[Value[str], Cfn("Region"), Tf("region")]


class Attachment(Resource, cfn="AWS::SecretsManager::SecretTargetAttachment"):
    """The database that a secret is for."""

    secret: Annotated[Link[Secret], Cfn("SecretId")]
    target_type: Annotated[Value[str], Cfn("TargetType")]
    rotations: Annotated[Link["Rotation"], Back("attachment")]


class Rotation(Resource, cfn="AWS::SecretsManager::RotationSchedule", tf="aws_secretsmanager_secret_rotation"):
    """A secret's rotation. CloudFormation may name the secret by its attachment to a database."""

    secret: Annotated[Link[Secret], Cfn("SecretId"), Tf("secret_id")]
    attachment: Annotated[Link[Attachment], Cfn("SecretId")]
    # Terraform can turn it off and keep its settings.
    enabled: Annotated[Value[bool], Tf("rotation_enabled", default=True)]
    days: Annotated[
        Value[int],
        Cfn("RotationRules.AutomaticallyAfterDays"),
        Tf("rotation_rules.automatically_after_days"),
    ]
    schedule: Annotated[Value[str], Cfn("RotationRules.ScheduleExpression"), Tf("rotation_rules.schedule_expression")]

    def is_on(self) -> Value[bool]:
        """Whether the secret is rotated."""
        return Known(True) if isinstance(self.enabled, Absent) else self.enabled
