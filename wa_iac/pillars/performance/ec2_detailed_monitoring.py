"""# EC2 instance has basic monitoring only

## Why

With basic monitoring, EC2 sends a value to CloudWatch every five minutes. A peak of some minutes is averaged away, and an alarm or a scaling
policy sees a load five minutes late. Detailed monitoring sends a value each minute, for a charge by metric.

## What it checks

The rule reports instances, launch templates and launch configurations whose detailed monitoring is off. It is off by default, except for launch
configurations.

## What is left out

Bastions, VPN servers and NAT instances, whose load nobody scales. The rule is a matter of a team's convention and of cost.

## Non-compliant

```yaml
Resources:
  Web:  # finding
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
```

```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  monitoring {
    enabled = false # finding
  }
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
      Monitoring: true
```

```hcl
resource "aws_launch_template" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  monitoring {
    enabled = true
  }
}

resource "aws_launch_configuration" "web" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}
```

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: administrators connect through it
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: t4g.micro
```

## Undecided

The result is undecided if it is not known whether detailed monitoring is on.

```yaml
Parameters:
  Detailed:
    Type: String
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0123456789abcdef0
      InstanceType: m7g.large
      Monitoring: !Ref Detailed  # undecided: parameter "Detailed" has no default
```

```hcl
variable "detailed" { # undecided: Fails when var.detailed is false
  type = bool
}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  monitoring    = var.detailed
}
```

## Sources

- [enum InstanceMonitoring](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ecs.InstanceMonitoring.html), read on 2026-11-29
"""

from wa_iac.aws.autoscaling import LaunchConfiguration
from wa_iac.aws.ec2 import Instance, LaunchTemplate
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, flag, rule
from wa_iac.knowledge.detailed_monitoring import is_detailed
from wa_iac.knowledge.ways_in import is_way_in


@rule(
    practices=["PERF02-BP03", "REL06-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    equivalents={
        "checkov": ["CKV_AWS_126"],
        "cdk_nag": ["AwsSolutions-EC28"],
        "guard": ["EC2_INSTANCE_DETAILED_MONITORING_ENABLED"],
        "config": ["EC2_INSTANCE_DETAILED_MONITORING_ENABLED"],
    },
    fix=Recipe(
        cfn={"Monitoring": True},
        tf={"monitoring": True},
        types={
            "AWS::EC2::LaunchTemplate": {"LaunchTemplateData": {"Monitoring": {"Enabled": True}}},
            "AWS::AutoScaling::LaunchConfiguration": {"InstanceMonitoring": True},
            "aws_launch_template": {"monitoring": {"enabled": True}},
            "aws_launch_configuration": {"enable_monitoring": True},
        },
        unsafe_because="each metric that is sent every minute costs money",
    ),
)
def check(server: Instance | LaunchTemplate | LaunchConfiguration) -> Flags:
    accept(is_detailed(server))
    exempt(is_way_in(server), "administrators connect through it, or it forwards traffic")
    yield flag(server.monitoring, "This server sends its metrics every five minutes: a short peak of load is not seen.")
