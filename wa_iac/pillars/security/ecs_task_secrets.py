"""# ECS container's environment variable contains a secret in plain text

## Why

A secret in the environment of a container definition stays in the repository's history, and everyone who may view the task
definition can read it, in every revision of it. It cannot be rotated without a deployment.

Keep the secret in Secrets Manager or in a SecureString parameter, and name it in the container's `secrets`: ECS then sets the
variable when it starts the container ("Pass sensitive data to an Amazon ECS container", Amazon ECS Developer Guide). The task's
execution role needs permission to read it. A container needs no access key: the SDKs use the credentials of the task role.

## What it checks

The rule reports a variable with a name that suggests a secret (`DB_PASSWORD`, `apiKey`), if its value is a literal that is neither a
placeholder (`changeme`, `DUMMYKEY`) nor the address of a secret. It also reports a value in the format of a known credential. The report
never shows the value.

The severity is high for an API key or a token, unless it has the format of a known credential: what it opens is not in the code. Web pages and devices hold some of them.
A task definition that ECS refuses, since the container has an empty image, is advice.

## What is left out

A key that everyone may know, by its name (`GOOGLE_MAPS_PUBLIC_API_KEY`, `STRIPE_PUBLISHABLE_KEY`), is not reported. A value that is not written here, such as a parameter or a reference to a resource, is not reported. Secrets that ECS sets itself
(`secrets`) are accepted.

The ID of an access key opens nothing without its secret key: it is reported as advice, and not at all as a user name (`MAIL_USERNAME`, for the SMTP
servers of Amazon SES).

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: orders
          Image: orders:1
          Memory: 256
          Environment:
            - Name: STAGE
              Value: production
            - Name: DB_PASSWORD
              Value: Tr0ub4dor-and-3  # finding: variable DB_PASSWORD
```

```hcl
resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([
    {
      name   = "orders"
      image  = "orders:1"
      memory = 256
      environment = [
        { name = "STAGE", value = "production" },
        { name = "DATABASE_URL", value = "postgres://app:Tr0ub4dor-and-3@db.internal/orders" } # finding: variable DATABASE_URL
      ]
    }
  ])
}
```

```hcl
resource "aws_ecs_task_definition" "orders" {
  family                = "orders"
  container_definitions = "[{\\"name\\": \\"orders\\", \\"environment\\": [{\\"name\\": \\"apiKey\\", \\"value\\": \\"9f8c1d7e5b3a\\"}]}]" # finding
}
```

## Compliant

```yaml
Resources:
  Password:
    Type: AWS::SecretsManager::Secret
    Properties:
      GenerateSecretString:
        PasswordLength: 40
  Orders:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ExecutionRoleArn: arn:aws:iam::123456789012:role/start-orders
      ContainerDefinitions:
        - Name: orders
          Image: orders:1
          Memory: 256
          Environment:
            - Name: STAGE
              Value: production
            - Name: MAPS_PUBLIC_API_KEY
              Value: 9f8c1d7e5b3a
          Secrets:
            - Name: DB_PASSWORD
              ValueFrom: !Ref Password
```

```hcl
resource "aws_secretsmanager_secret" "password" {
  name = "orders/database"
}

resource "aws_ecs_task_definition" "orders" {
  family             = "orders"
  execution_role_arn = "arn:aws:iam::123456789012:role/start-orders"
  container_definitions = jsonencode([
    {
      name   = "orders"
      image  = "orders:1"
      memory = 256
      environment = [
        { name = "STAGE", value = "production" }
      ]
      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.password.arn }
      ]
    }
  ])
}
```

## Undecided

The result is undecided if `DB_PASSWORD`, or the environment as a whole, is not known before deployment.

```yaml
Parameters:
  Password:
    Type: String
Resources:
  Orders:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: orders
          Image: orders:1
          Memory: 256
          Environment:
            - Name: DB_PASSWORD
              Value: !Ref Password  # undecided: parameter "Password" has no default
```

```hcl
variable "environment" {
  type = list(object({ name = string, value = string }))
}

resource "aws_ecs_task_definition" "orders" {
  family = "orders"
  container_definitions = jsonencode([
    {
      name        = "orders"
      image       = "orders:1"
      memory      = 256
      environment = var.environment # undecided: var.environment has no default
    }
  ])
}
```

## Sources

- [Pass an individual environment variable to an Amazon ECS container - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/userguide/taskdef-envfiles.html), read on 2026-11-29
- [Pass sensitive data to an Amazon ECS container](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.ecs import DaemonTaskDefinition, TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.core.graph import Graph
from wa_iac.core.partial import pieces_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, each_of, milder, rule, settled
from wa_iac.core.value import Absent, Known, Value
from wa_iac.knowledge.secret_names import has_form_of_secret, is_access_key, names_a_secret
from wa_iac.pillars.judgements.plain_text import judge_variable

_TASK_ROLE = Remedy(
    decision="Remove the access key from the environment, and deactivate it. Allow the task role (TaskRoleArn, task_role_arn) to do what "
    "the key is for: the SDKs find its temporary credentials by themselves."
)

_NO_IMAGE: Final = "ECS refuses this task definition as it is, since the container has no image."
_LONG: Final = 8
"""So many characters are hardly in another text by chance."""


def _reference(name: str, *, has_role: bool = True) -> Remedy:
    reader = "Let the task's execution role read it" if has_role else "Give the task an execution role that may read it"
    return Remedy(
        cfn=f"Secrets:\n  - Name: {name}\n    ValueFrom: !Ref <the secret>",
        tf=f'secrets = [\n  {{ name = "{name}", valueFrom = <the secret>.arn }}\n]',
        decision=f"Move {name} from the container's environment to its secrets, with the ARN of a secret in Secrets Manager or of a "
        f"SecureString parameter. {reader} (secretsmanager:GetSecretValue or ssm:GetParameters, and kms:Decrypt if a key of your own encrypts it), and "
        "change the value, since the repository's history keeps it.",
    )


@rule(
    practices=["SEC02-BP03"],
    severity=Severity.CRITICAL,
    remedy=_reference("DB_PASSWORD"),
    equivalents={
        "trivy": ["AVD-AWS-0036"],
        "cdk_nag": ["AwsSolutions-ECS2"],
        "config": ["ECS_NO_ENVIRONMENT_SECRETS"],
        "security_hub": ["ECS.8"],
    },
)
def check(definition: TaskDefinition | DaemonTaskDefinition, graph: Graph) -> Flags:
    yield from each_of(definition.containers, lambda container: _judge(container, definition, graph))


def _judge(container: Container, definition: TaskDefinition | DaemonTaskDefinition, graph: Graph) -> Flags:
    all_known(container.unknown)
    yield from each_of(container.environment(), lambda variable: _judge_variable(container, *variable, definition, graph))


def _judge_variable(
    container: Container, name: Value[str], value: Value[str], definition: TaskDefinition | DaemonTaskDefinition, graph: Graph
) -> Flags:
    if isinstance(value, Known) and not has_form_of_secret(value.value):
        settled(name)
    called = name.value if isinstance(name, Known) else ""
    if not called and not isinstance(value, Known):
        settled(value)
    of = f" of the container {container.name.value!r}" if isinstance(container.name, Known) else ""
    found = judge_variable(
        called,
        value,
        f"The variable {called}{of} holds a secret in plain text: anyone who can view the task definition can read it.",
        definition,
        graph,
        instead=_TASK_ROLE if is_access_key(called) else _with_copies(called, value, definition),
    )
    idle = container.image == Known("")
    yield from milder(found, more=_NO_IMAGE, severity=Severity.MEDIUM, confidence=Confidence.LOW) if idle else found


def _with_copies(called: str, value: Value[str], definition: TaskDefinition | DaemonTaskDefinition) -> Remedy:
    """The remedy, with the other variables of the task definition that have the same secret in a longer text, such as an address."""
    remedy = _reference(called or "<the variable>", has_role=_has_role(definition))
    if (
        not isinstance(value, Known)
        or len(value.value) < _LONG
        or not (names_a_secret(called) or has_form_of_secret(value.value))
    ):
        return remedy
    others = {
        name.value: None
        for container in definition.containers
        for name, text in container.environment()
        if isinstance(name, Known) and name.value != called
        if any(value.value in piece and value.value != piece.strip() for piece in pieces_of(text))
    }
    if not others:
        return remedy
    more = f"The same secret is in {' and '.join(others)} too: move all of its text there in the same way."
    return replace(remedy, decision=f"{remedy.decision} {more}")


def _has_role(definition: TaskDefinition | DaemonTaskDefinition) -> bool:
    """Whether it may have an execution role, with which ECS reads secrets."""
    return not isinstance(definition, TaskDefinition) or not isinstance(definition.execution_role, Absent)
