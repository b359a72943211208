"""# EC2 instance has accelerators of an earlier generation

## Why

Each generation of accelerators does several times the work of the one before for the same energy, and most of it also for less money. The
oldest ones (K80, M60) no longer run current versions of CUDA.

## What it checks

The rule reports instances, launch templates and Auto Scaling groups with types of the families P2, P3, G3, G4dn and Inf1.

## What is left out

G4dn is reported as advice only: its smallest sizes cost less per hour than any newer ones, and that may be all that is needed. Families
before those are reported by `ec2-previous-generation`.

## Non-compliant

```yaml
Resources:
  Trainer:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: p2.xlarge  # finding: g6
```

```hcl
resource "aws_launch_template" "trainer" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "inf1.2xlarge" # finding: inf2
}
```

## Compliant

```yaml
Resources:
  Trainer:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: g6.xlarge
```

```hcl
resource "aws_launch_template" "trainer" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "inf2.8xlarge"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Trainer:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = string
}

resource "aws_launch_template" "trainer" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = var.size # undecided: var.size has no default
}
```

## Sources

- [AcceleratorName](https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_ec2/AcceleratorName.html), read on 2026-11-29
- [API ElasticGpus](https://docs.aws.amazon.com/es_es/AWSEC2/latest/APIReference/API_ElasticGpus.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import AutoScalingGroup, LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.rule import Flags, Remedy, Severity, each_of, rule
from wa_iac.pillars.judgements.accelerators import judge


@rule(
    practices=["SUS05-BP04", "PERF02-BP06"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(cfn={"InstanceType": "g6.xlarge"}, tf={"instance_type": "g6.xlarge"}),
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration | AutoScalingGroup) -> Flags:
    if isinstance(server, AutoScalingGroup):
        yield from each_of([each.instance_type for each in server.overrides], judge)
        return
    yield from judge(server.instance_type)
