"""# ECS task and ECS itself share one role

## Why

The execution role lets ECS pull images, write logs and read the secrets that it hands to the containers. If the program in the container
has the same role, an attacker there reads all these secrets, and other images.

## What it checks

The rule reports a task definition whose task role and execution role are the same.

## What is left out

Task definitions with one of the roles only. The permissions of the roles.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: arn:aws:iam::111122223333:role/orders  # finding
      ExecutionRoleArn: arn:aws:iam::111122223333:role/orders
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family             = "web"
  task_role_arn      = "arn:aws:iam::111122223333:role/orders" # finding
  execution_role_arn = "arn:aws:iam::111122223333:role/orders"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: arn:aws:iam::111122223333:role/orders
      ExecutionRoleArn: arn:aws:iam::111122223333:role/ecs
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family             = "web"
  task_role_arn      = "arn:aws:iam::111122223333:role/orders"
  execution_role_arn = "arn:aws:iam::111122223333:role/ecs"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])
}
```

## Undecided

The result is undecided if one of the roles is not known before deployment.

```yaml
Parameters:
  Role:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !Ref Role  # undecided: parameter "Role" has no default
      ExecutionRoleArn: arn:aws:iam::111122223333:role/ecs
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
variable "role" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family             = "web"
  task_role_arn      = var.role # undecided: var.role has no default
  execution_role_arn = "arn:aws:iam::111122223333:role/ecs"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27"
      memory = 256
    }
  ])
}
```

## Sources

- [Best practices for IAM roles in Amazon ECS - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.core.algebra import references
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import equal
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, settled
from wa_iac.core.value import Absent, Known, Value

_INDEX: Final = late(r"\[[^\]]*\]$")


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"TaskRoleArn": "<a role with what the program needs>"},
        tf={"task_role_arn": "<a role with what the program needs>"},
    ),
    equivalents={"checkov": ["CKV_AWS_249"]},
)
def check(definition: TaskDefinition) -> Flags:
    if isinstance(definition.task_role, Absent) or isinstance(definition.execution_role, Absent):
        return
    if _are_made_apart(definition.task_role, definition.execution_role):
        return
    if settled(equal(definition.task_role, definition.execution_role)) == Known(True):
        yield flag(
            definition.task_role,
            "The program has the role with which ECS reads secrets and images: an attacker in the container reads them too.",
        )


def _are_made_apart(one: Value[str], other: Value[str]) -> bool:
    """Whether one of two roles is made here and the other is not, or both are, but not by the same resource. The ARNs of such roles
    differ, although they are known after the deployment only."""
    made, others = ({_INDEX.sub("", each.address) for each in references(role)} for role in (one, other))
    return bool(made or others) and made.isdisjoint(others)
