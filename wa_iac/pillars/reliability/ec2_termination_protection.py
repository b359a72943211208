"""# Instance has no termination protection

## Why

A request to terminate the wrong instance, by mistake in the console or by a script, ends it at once, and mostly deletes its root volume.
Termination protection refuses such a request until somebody switches it off.

## What it checks

The rule checks single instances. AWS's default is off.

## What is left out

Instances that terminate when their work is done, workstations, and bastions and NAT instances, which hold no data, are not reported.
Neither are instances that are started from Spot capacity, which cannot be protected.

## Non-compliant

```yaml
Resources:
  Erp:  # finding
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SubnetId: subnet-0a1b2c3d
```

```hcl
resource "aws_instance" "erp" {
  ami                     = "ami-0a1b2c3d"
  instance_type           = "m7i.large"
  disable_api_termination = false # finding
}
```

## Compliant

```yaml
Resources:
  Erp:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SubnetId: subnet-0a1b2c3d
      DisableApiTermination: true
```

```hcl
resource "aws_instance" "erp" {
  ami                     = "ami-0a1b2c3d"
  instance_type           = "m7i.large"
  disable_api_termination = true
}
```

## Not applicable

```yaml
Resources:
  Bastion:  # not applicable: a bastion
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
  Batch:  # not applicable: terminates itself
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      InstanceInitiatedShutdownBehavior: terminate
```

```hcl
resource "aws_instance" "workstation" { # not applicable: someone's workstation
  ami           = "ami-0a1b2c3d"
  instance_type = "m7i.large"
}

resource "aws_instance" "worker" { # not applicable: Spot
  ami           = "ami-0a1b2c3d"
  instance_type = "m7i.large"

  instance_market_options {
    market_type = "spot"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Protect:
    Type: String
Resources:
  Erp:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-0a1b2c3d
      SubnetId: subnet-0a1b2c3d
      DisableApiTermination: !Ref Protect  # undecided: parameter "Protect" has no default
```

```hcl
variable "protect" { # undecided: Fails when var.protect is false
  type = bool
}

resource "aws_instance" "erp" {
  ami                     = "ami-0a1b2c3d"
  instance_type           = "m7i.large"
  disable_api_termination = var.protect
}
```

## Sources

- [Change instance termination protection](https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_ChangingDisableAPITermination.md), read on 2026-11-29
"""

from wa_iac.aws.ec2 import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Severity, exempt, expect, rule
from wa_iac.core.value import Known
from wa_iac.knowledge.servers import is_personal, routes_traffic
from wa_iac.knowledge.ways_in import is_way_in


@rule(
    practices=["OPS06-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    convention=True,
    profile="all",
    equivalents={"cdk_nag": ["AwsSolutions-EC29"]},
    fix=Recipe(
        cfn={"DisableApiTermination": True},
        tf={"disable_api_termination": True},
        unsafe_because="a stack that contains the instance can no longer be deleted, nor the instance be replaced",
    ),
)
def check(server: Instance, graph: Graph) -> Flags:
    if server.termination_protection == Known(True):
        return
    exempt(any_of((Known(is_way_in(server)), routes_traffic(server, graph))), "it is a bastion, a VPN or a NAT instance")
    exempt(is_personal(server), "it is someone's workstation")
    exempt(holds(server.shutdown_behavior, lambda way: way == "terminate"), "it terminates itself when its work is done")
    exempt(holds(server.market, lambda kind: kind == "spot"), "it is started from Spot capacity, which cannot be protected")
    message = "This instance has no termination protection: one wrong request ends it, and mostly deletes its root volume."
    yield from expect(server.termination_protection, True, message)
