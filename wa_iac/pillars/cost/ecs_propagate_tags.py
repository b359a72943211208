"""# Tags of an ECS service do not reach its tasks

## Why

AWS charges for tasks of Fargate, and not for the service. Without propagation, a task has none of the service's tags, so that its cost is on the
bill without a team or a product.

## What it checks

The rule reports services with tags of their own, whose tasks get no tags: `PropagateTags` is absent or `NONE`.

## What is left out

Services without tags, for which the rule `workload-cost-tags` is there. Services on EC2, whose instances are charged for and have tags of their
own.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: web
      Tags:
        - {Key: cost-center, Value: shop}
```

```hcl
resource "aws_ecs_service" "web" { # finding
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = "web"
  tags            = { cost-center = "shop" }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: web
      PropagateTags: SERVICE
      Tags:
        - {Key: cost-center, Value: shop}
```

```hcl
resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = "web"
  propagate_tags  = "TASK_DEFINITION"
  tags            = { cost-center = "shop" }
}
```

## Not applicable

```yaml
Resources:
  Web:  # not applicable: runs on instances
    Type: AWS::ECS::Service
    Properties:
      LaunchType: EC2
      TaskDefinition: web
      Tags:
        - {Key: cost-center, Value: shop}
```

## Undecided

The result is undecided if it is not known whose tags the tasks get.

```yaml
Parameters:
  From:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: web
      PropagateTags: !Ref From  # undecided: parameter "From" has no default
      Tags:
        - {Key: cost-center, Value: shop}
```

```hcl
variable "from" {
  type = string
}

resource "aws_ecs_service" "web" {
  name            = "web"
  launch_type     = "FARGATE"
  task_definition = "web"
  propagate_tags  = var.from # undecided: var.from has no default
  tags            = { cost-center = "shop" }
}
```

## Sources

- [enum PropagatedTagSource](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.PropagatedTagSource.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import Service
from wa_iac.aws.parts.tags import entries, written
from wa_iac.core.fix import Recipe
from wa_iac.core.logic import holds
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["COST03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    fix=Recipe(
        cfn={"PropagateTags": "SERVICE"},
        tf={"propagate_tags": "SERVICE"},
        unsafe_because="only new tasks get the tags, and policies may grant access by them",
    ),
)
def check(service: Service) -> Flags:
    if not written(entries(service.tags)):
        return
    if settled(service.propagate_tags) in (Known("NONE"), Known("")):
        exempt(holds(service.launch_type, lambda kind: kind in ("EC2", "EXTERNAL")), "it runs on instances")
        yield flag(
            service.propagate_tags, "The tasks of this service get none of its tags: their cost is on the bill without them."
        )
