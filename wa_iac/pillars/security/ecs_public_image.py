"""# ECS task pulls its image from Docker Hub

## Why

Docker Hub limits how often an address may pull, and anybody may publish there. Tasks that start in an outage of it, or after too many
pulls, fail. A copy in a repository of your own is scanned, kept, and near.

## What it checks

The rule reports containers whose image comes from Docker Hub: its name has no host, or the host docker.io.

## What is left out

Images of other public registries, such as Amazon ECR Public. Images that are pulled with credentials of a private repository of Docker
Hub.

## Non-compliant

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: nginx:1.27  # finding
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "nginx:1.27" # finding
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
          Image: public.ecr.aws/nginx/nginx:1.27
          Memory: 256
```

```hcl
resource "aws_ecs_task_definition" "web" {
  family = "web"
  container_definitions = jsonencode([
    {
      name   = "web"
      image  = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/nginx:1.27"
      memory = 256
    }
  ])
}
```

```yaml
Resources:
  Web:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: example/orders:1.4
          Memory: 256
          RepositoryCredentials: {CredentialsParameter: arn:aws:secretsmanager:eu-west-1:111122223333:secret:docker-hub}
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
from wa_iac.aws.parts.images import is_of_docker_hub
from wa_iac.core.logic import is_set
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, each_of, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC11-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="Image: <your account>.dkr.ecr.<the region>.amazonaws.com/docker-hub/<the image>",
        tf='image = "<your account>.dkr.ecr.<the region>.amazonaws.com/docker-hub/<the image>"',
        decision="A pull through cache rule of Amazon ECR copies images of Docker Hub when they are first pulled:",
    ),
)
def check(definition: TaskDefinition) -> Flags:
    yield from each_of(definition.containers, _judge)


def _judge(container: Container) -> Flags:
    accept(is_set(container.credentials))
    if settled(is_of_docker_hub(container.image)) != Known(True):
        return
    yield flag(
        container.image,
        f"The container{container.called} comes from Docker Hub at each start: its limit of pulls may stop new tasks, and no repository here scans or keeps the image.",
    )
