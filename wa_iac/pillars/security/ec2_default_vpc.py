"""# The default VPC is in use

## Why

Each Region of an account has a default VPC with public subnets only: an instance in it gets a public IP address, and nothing but its
security groups keeps the internet out. Instances that name no subnet end up there, side by side. Its range of addresses is the same in
each account, so that it cannot be connected to others.

## What it checks

The rule reports an instance that names neither a subnet nor a network interface, Terraform's resources that take over the default VPC and
its subnets, and a data source that looks it up.

## What is left out

An instance with a launch template, which may name the subnet.

## Non-compliant

```yaml
Resources:
  Web:  # finding: names no subnet
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t4g.small
```

```hcl
data "aws_vpc" "default" {
  default = true # finding: looked up
}

resource "aws_default_subnet" "a" { # finding: takes over
  availability_zone = "eu-west-1a"
}

resource "aws_instance" "web" { # finding: names no subnet
  ami           = "ami-0a1b2c3d"
  instance_type = "t4g.small"
}
```

## Compliant

```yaml
Resources:
  Web:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t4g.small
      SubnetId: subnet-0a1b2c3d
```

```hcl
resource "aws_instance" "web" {
  ami           = "ami-0a1b2c3d"
  instance_type = "t4g.small"
  subnet_id     = "subnet-0a1b2c3d"
}
```

## Not applicable

```hcl
resource "aws_instance" "web" { # not applicable: launch template
  launch_template {
    id = "lt-0a1b2c3d"
  }
}
```

## Undecided

The result is undecided if it is not known whether there is a subnet.

```yaml
Parameters:
  Subnet:
    Type: String
Conditions:
  HasSubnet: !Not [!Equals [!Ref Subnet, ""]]
Resources:
  Web:  # undecided: Fails when Subnet
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceType: t4g.small
      SubnetId: !If [HasSubnet, !Ref Subnet, !Ref "AWS::NoValue"]
```

```hcl
variable "subnet" {
  type = string
}

resource "aws_instance" "web" { # undecided: Fails when var.subnet == "" is true
  ami           = "ami-0a1b2c3d"
  instance_type = "t4g.small"
  subnet_id     = var.subnet == "" ? null : var.subnet
}
```

## Sources

- [Default VPCs (Amazon VPC User Guide)](https://github.com/awsdocs/amazon-vpc-user-guide/blob/master/doc_source/default-vpc.md), read on 2026-11-29
"""

from wa_iac.aws.ec2 import Instance
from wa_iac.aws.vpc import DefaultNetwork, VpcLookup
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, refuse, rule
from wa_iac.core.value import Absent, Known


@rule(
    practices=["SEC05-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="SubnetId: !Ref <a private subnet>",
        tf="subnet_id = <a private subnet>.id",
        decision="Make a VPC with private subnets, and start instances there.",
        given=lambda resource, _: (
            None if isinstance(resource, Instance) else Remedy(decision="Make a VPC with private subnets, and use that one.")
        ),
    ),
    equivalents={
        "checkov": ["CKV_AWS_148"],
        "trivy": ["AVD-AWS-0101"],
        "cdk_nag": ["EC2InstancesInVPC"],
        "guard": ["EC2_INSTANCES_IN_VPC"],
        "config": ["INSTANCES_IN_VPC"],
    },
)
def check(resource: Instance | DefaultNetwork | VpcLookup) -> Flags:
    match resource:
        case DefaultNetwork():
            yield flag(resource, "This takes over the default VPC, where each instance gets a public IP address.")
        case VpcLookup():
            yield from refuse(
                resource.default, True, "The default VPC is looked up here: each instance in it gets a public IP address."
            )
        case Instance():
            yield from _judge(resource)


def _judge(instance: Instance) -> Flags:
    exempt(not isinstance(instance.template.value, Absent), "its launch template may name the subnet")
    subnet = instance.subnet
    accept(bool(subnet.targets) or subnet.presence == Known(True) or given(subnet.value) == Known(True))
    accept(not isinstance(instance.own_interfaces.value, Absent))
    all_known(subnet.presence, subnet.unknown, *(each.unknown for each in instance.interfaces))
    public = "" if instance.public_ip == Known(False) else ", and gets a public IP address there"
    yield flag(instance, f"This instance names no subnet: it starts in the default VPC{public}.")
