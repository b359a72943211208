"""# EC2 instance does not run on Graviton

## Why

Graviton processors need less energy and cost less for the same work. Linux, the usual languages and most packages run on them.

## What it checks

The rule looks at instances and launch templates, and reports Intel and AMD types with a Graviton sibling of the same size.

## What is left out

Windows, by the name of the image. Types of older generations, which `ec2-previous-generation` reports. The rule cannot see whether the
software has a version for ARM, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: m6i.large  # finding
```

```hcl
resource "aws_instance" "worker" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "c5.xlarge" # finding
}
```

## Compliant

```yaml
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: m6g.large
```

```hcl
resource "aws_instance" "worker" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "c6g.xlarge"
}
```

## Not applicable

```yaml
Resources:
  Worker:  # not applicable: its image is for Windows
    Type: AWS::EC2::Instance
    Properties:
      ImageId: '{{resolve:ssm:/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base}}'
      InstanceType: m6i.large
```

```hcl
data "aws_ami" "windows" {
  owners      = ["amazon"]
  most_recent = true

  filter {
    name   = "name"
    values = ["Windows_Server-2022-English-Full-Base-*"]
  }
}

resource "aws_instance" "worker" { # not applicable: its image is for Windows
  ami           = data.aws_ami.windows.id
  instance_type = "m6i.large"
}
```

## Undecided

The result is undecided if the type is not known before deployment.

```yaml
Parameters:
  Type:
    Type: String
Resources:
  Worker:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0abcdef1234567890
      InstanceType: !Ref Type  # undecided: parameter "Type" has no default
```

```hcl
variable "type" {
  type = string
}

resource "aws_instance" "worker" {
  ami           = "ami-0abcdef1234567890"
  instance_type = var.type # undecided: var.type has no default
}
```

## Sources

- [Understanding cost optimization strategies](https://docs.aws.amazon.com/cost-management/latest/userguide/coh-optimization-strategies.md), read on 2026-11-29
"""

from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, flag, rule, written
from wa_iac.knowledge.instance_families import graviton
from wa_iac.knowledge.machine_images import hints


@rule(
    practices=["SUS05-BP02", "COST06-BP02", "PERF02-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(cfn={"InstanceType": "m6g.large"}, tf={"instance_type": "m6g.large"}),
)
def check(server: Instance | LaunchTemplate, graph: Graph) -> Flags:
    size = written(server.instance_type)
    better = graviton(size.value, "ec2")
    if not better:
        return
    exempt(any("windows" in each.lower() for each in hints(server.image, graph)), "its image is for Windows")
    yield flag(
        size,
        f"{size.value} needs more energy and costs more for the same work than {better}, which has a Graviton processor.",
        instead=Remedy(
            cfn={"InstanceType": better},
            tf={"instance_type": better},
            decision="The image and the software have to be those for ARM (arm64):",
        ),
    )
