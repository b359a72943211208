"""# Database password in Secrets Manager is not rotated regularly

## Why

A password that never changes stays useful to anyone who has seen it: a former colleague, the reader of a log, the thief of a laptop.
Secrets Manager can change a database password in the secret and in the database together, at least every 90 days.

Secrets Manager rotates only a secret that holds JSON with the database's engine, host, user name and password ([JSON structure of
secrets](https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_secret_json_structure.html)); in CloudFormation, an
attachment writes the engine and the host into it. AWS has a [rotation function
template](https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_available-rotation-templates.html) for each engine. For a
bare password, let RDS manage it ([Password management with Amazon RDS and AWS Secrets
Manager](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html)).

## What it checks

The rule checks secrets that belong to a database (by an attachment, by their content, or because a database reads them), and reports a
missing rotation or one that is too slow. Too slow is less often than every 90 days; the option `maximum_days` changes this.

The finding is advice, since a rotation needs more than the code shows: a function, its way to the database, and clients that read the secret
again. It says what is in its way if a task definition has a copy of the secret in its variables, by a dynamic reference: the tasks would keep the old
password until the next deployment, so that they have to read the secret themselves first. So it does for a secret of a template without a
name that nothing but its database reads, since people have brought its password to the clients; for one that the template exports, since the
programs of the importing stacks are not known; and for what is not for production, by its names, its tags or its directory.

## What is left out

The rule does not check other secrets, such as another company's API keys: AWS cannot rotate them. RDS rotates the secrets that it manages
itself (`ManageMasterUserPassword`) every seven days.

The rule does not check [managed external
secrets](https://docs.aws.amazon.com/secretsmanager/latest/userguide/managed-external-secrets.html) (with a `Type`), whose rotation
Secrets Manager manages.

## Non-compliant

```yaml
Resources:
  Orders:  # finding: Nothing here rotates
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"engine": "postgres", "username": "orders"}'
        GenerateStringKey: password
```

```yaml
Resources:
  Orders:  # finding: Nothing here rotates
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        ExcludePunctuation: true
  Database:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MasterUsername: orders
      MasterUserPassword: !Sub '{{resolve:secretsmanager:${Orders}}}'
```

```yaml
Resources:
  Orders:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"engine": "postgres", "username": "orders"}'
        GenerateStringKey: password
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Orders
      RotationLambdaARN: !ImportValue RotationFunction
      RotationRules:
        AutomaticallyAfterDays: 365  # finding: only every 365 days
```

```hcl
resource "aws_secretsmanager_secret" "orders" { # finding: Nothing here rotates
  name = "orders"
}

resource "random_password" "orders" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id     = aws_secretsmanager_secret.orders.id
  secret_string = jsonencode({ engine = "postgres", username = "orders", password = random_password.orders.result })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"engine": "postgres", "username": "orders"}'
        GenerateStringKey: password
  Attachment:
    Type: AWS::SecretsManager::SecretTargetAttachment
    Properties:
      SecretId: !Ref Orders
      TargetId: orders
      TargetType: AWS::RDS::DBInstance
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Attachment
      HostedRotationLambda:
        RotationType: PostgreSQLSingleUser
      RotationRules:
        AutomaticallyAfterDays: 30
```

```hcl
resource "aws_secretsmanager_secret" "orders" {
  name = "orders"
}

resource "aws_secretsmanager_secret_version" "orders" {
  secret_id     = aws_secretsmanager_secret.orders.id
  secret_string = jsonencode({ engine = "postgres", username = "orders", password = "first" })
}

resource "aws_secretsmanager_secret_rotation" "orders" {
  secret_id           = aws_secretsmanager_secret.orders.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = 30
  }
}
```

## Not applicable

```yaml
Resources:
  Payments:  # not applicable: nothing shows that it belongs to a database
    Type: AWS::SecretsManager::Secret
    Properties:
      Description: The key of the payment service
  Partner:  # not applicable: the partner that holds it
    Type: AWS::SecretsManager::Secret
    Properties:
      Type: SalesforceClientSecret
```

```hcl
resource "aws_secretsmanager_secret" "payments" { # not applicable: nothing shows that it belongs to a database
  description = "The key of the payment service"
}

resource "aws_secretsmanager_secret" "dates" {} # not applicable: it holds a list

resource "aws_secretsmanager_secret_version" "dates" {
  secret_id     = aws_secretsmanager_secret.dates.id
  secret_string = jsonencode(["2026-01-01", "2026-02-01"])
}
```

## Undecided

The result is undecided if `AutomaticallyAfterDays` or `automatically_after_days` is not known before deployment.

```yaml
Parameters:
  AutomaticallyAfterDays:
    Type: Number
Resources:
  Orders:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        SecretStringTemplate: '{"engine": "postgres", "username": "orders"}'
        GenerateStringKey: password
  Rotation:
    Type: AWS::SecretsManager::RotationSchedule
    Properties:
      SecretId: !Ref Orders
      RotationLambdaARN: !ImportValue RotationFunction
      RotationRules:
        AutomaticallyAfterDays: !Ref AutomaticallyAfterDays  # undecided: parameter "AutomaticallyAfterDays" has no default
```

```hcl
variable "automatically_after_days" {
  type = number
}

resource "aws_secretsmanager_secret_rotation" "orders" {
  secret_id           = aws_secretsmanager_secret.orders.id
  rotation_lambda_arn = "arn:aws:lambda:eu-west-1:111122223333:function:rotate"
  rotation_rules {
    automatically_after_days = var.automatically_after_days # undecided: var.automatically_after_days has no default
  }
}
```

## Sources

- [Set up automatic rotation for AWS Secrets Manager secrets using the AWS CLI](https://docs.aws.amazon.com/en_us/secretsmanager/latest/userguide/rotate-secrets-cli.html), read on 2026-11-29
- [Password management with Amazon Aurora and AWS Secrets Manager - Amazon Aurora](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-secrets-manager.html), read on 2026-11-29
"""

from typing import Final

from pydantic import Field

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.rds import Cluster, Instance
from wa_iac.aws.secretsmanager import Attachment, Rotation, Secret
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.presence import given
from wa_iac.core.reasons import DynamicReference
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Options,
    Remedy,
    Severity,
    accept,
    all_known,
    exempt,
    flag,
    milder,
    rule,
    written,
)
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.purposes import why_not_production
from wa_iac.pillars.judgements.secret_rotation import IN_TERRAFORM, TRANSFORM, databases_of, is_exported, of_engine, rotation


class Period(Options):
    """How often a secret is to change."""

    maximum_days: int = Field(90, ge=1, le=1000, description="How many days a secret may stay the same.")


_NO_CLIENTS: Final = frozenset(
    (*Instance.types(), *Cluster.types(), *Rotation.types(), *Attachment.types(), "AWS::SecretsManager::ResourcePolicy")
)
"""What refers to a secret without bringing it to a client."""


@rule(
    practices=["SEC02-BP05", "SEC02-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        cfn=rotation("PostgreSQLSingleUser"),
        tf=IN_TERRAFORM,
        of={
            "AWS::SecretsManager::RotationSchedule": {"RotationRules": {"AutomaticallyAfterDays": 30}},
            "aws_secretsmanager_secret_rotation": {"rotation_rules": {"automatically_after_days": 30}},
        },
        decision=TRANSFORM,
        given=of_engine,
    ),
    equivalents={
        "checkov": ["CKV_AWS_304", "CKV2_AWS_57"],
        "cdk_nag": ["AwsSolutions-SMG4"],
        "guard": ["SECRETSMANAGER_ROTATION_ENABLED_CHECK"],
        "config": ["SECRETSMANAGER_ROTATION_ENABLED_CHECK", "SECRETSMANAGER_SECRET_PERIODIC_ROTATION"],
        "security_hub": ["SecretsManager.1"],
    },
)
def check(secret: Secret | Rotation, graph: Graph, wanted: Period) -> Flags:
    if isinstance(secret, Rotation):
        yield from _judge_period(secret, wanted)
        return
    exempt(given(secret.kind), "it is managed by Secrets Manager together with the partner that holds it")
    exempt(holds(secret.text, lambda text: text.lstrip().startswith("[")) == Known(True), "it holds a list, and no password")
    of_database = bool(secret.attachments.targets) or secret.names_database() or bool(databases_of(secret, graph))
    exempt(not of_database, "nothing shows that it belongs to a database")
    links = [secret.rotations, *(attachment.rotations for attachment in secret.attachments)]
    rotations = [each for link in links for each in link]
    accept(any_of(each.is_on() for each in rotations))
    all_known(*(link.unknown for link in links))
    if rotations:
        yield flag(
            rotations[0].enabled,
            "The rotation of this secret is turned off: anyone who has seen it can use it until somebody changes it.",
            resource=secret,
        )
    else:
        found = flag(
            secret,
            "Nothing here rotates the database password in this secret: anyone who has seen it can use it until somebody changes it.",
        )
        copy = _copied(secret, graph)
        more = f"{copy} has a copy from its deployment: a rotation alone would cut it off." if copy else ""
        if not more and is_exported(secret, graph):
            more = "Other stacks can import the secret: whether their programs bear a rotation, is not known here."
        more = more or _by_hand(secret, graph) or why_not_production(secret, secret.tags)
        yield from milder([found], more=more)


def _by_hand(secret: Secret, graph: Graph) -> str:
    """A sentence on a secret that only its database reads, and that has no name by which a program could ask for it; empty for others. A
    person has then brought the password to the clients, as it was."""
    if secret.dialect != "cloudformation" or not isinstance(secret.name, Absent):
        return ""
    readers = {each.type for each in graph.referring(secret, graph.types)} - _NO_CLIENTS
    return "" if readers else "Nothing here but the database reads it: who connects has a copy, which a rotation makes wrong."


def _copied(secret: Secret, graph: Graph) -> str:
    """A task definition whose variables a deployment fills with the secret; empty if there is none. The password there stays as it is
    until the next deployment ("Using dynamic references to specify template values", AWS CloudFormation User Guide)."""
    tasks = (graph.typed(each, TaskDefinition) for each in graph.referring(secret, frozenset(TaskDefinition.types())))
    variables = ((task, value) for task in tasks for each in task.containers for _, value in each.environment())
    return next((task.address for task, value in variables if _resolves(value) and graph.refers(value, secret)), "")


def _resolves(value: Tree) -> bool:
    """Whether CloudFormation reads it from Secrets Manager."""
    return isinstance(value, Unknown) and isinstance(value.reason, DynamicReference)


def _judge_period(rotation: Rotation, wanted: Period) -> Flags:
    days = written(rotation.days)
    if days.value > wanted.maximum_days:
        yield flag(days, f"This secret is rotated only every {days.value} days: anyone who has seen it can use it that long.")
