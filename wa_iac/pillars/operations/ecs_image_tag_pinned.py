"""# ECS task runs whatever image has the tag latest

## Why

Nobody can say which version of the program runs, two environments run different ones, and there is no version to go back to: the tag
names only the newest image.

## What it checks

The rule reports containers whose image has the tag `latest`, or no tag and no digest.

## What is left out

Other tags, which may move too: `ecr-immutable-tags` looks at repositories. ECS keeps the digest of a tag for one deployment, so the tasks
of one deployment are alike.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:latest  # finding
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx" # finding
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
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
      memory = 256
    }
  ])
}
```

## Undecided

The result is undecided if the image is not known before deployment.

```yaml
Parameters:
  Image:
    Type: String
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: !Ref Image  # undecided: parameter "Image" has no default
          Memory: 256
```

```hcl
variable "image" {
  type = string
}

resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = var.image # undecided: var.image has no default
      memory = 256
    }
  ])
}
```

## Sources

- [ContainerImage - Amazon Elastic Container Service](https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerImage.html), read on 2026-11-29
"""

from wa_iac.aws.ecs import TaskDefinition
from wa_iac.aws.parts.containers import Container
from wa_iac.aws.parts.images import tag_of
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, each_of, flag, rule, written


@rule(
    practices=["REL08-BP04", "OPS05-BP04"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(cfn="Image: <the image>:<a version>", tf='image = "<the image>:<a version>"'),
)
def check(definition: TaskDefinition) -> Flags:
    yield from each_of(definition.containers, _judge)


def _judge(container: Container) -> Flags:
    if written(tag_of(container.image)).value != "latest":
        return
    yield flag(
        container.image,
        f"The container{container.called} runs the newest image at each deployment: its tag does not say which version that is, and leads back to none.",
    )
