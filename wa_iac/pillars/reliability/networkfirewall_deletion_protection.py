"""# Network Firewall is not protected against deletion

## Why

All routes of an inspected network lead through the endpoints of its firewall. If somebody deletes the firewall by mistake, this traffic stops
until the firewall and the routes are made again.

## What it checks

The delete protection of each firewall. The service turns it on for a new firewall, but Terraform's provider turns it off if nothing is
written. So the rule reports `false`, and in Terraform also a firewall that does not set it.

## What is left out

The protection of the policy and of the subnets against changes.

## Non-compliant

```yaml
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      DeleteProtection: false  # finding
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
```

```hcl
resource "aws_networkfirewall_firewall" "egress" { # finding
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}
```

## Compliant

```yaml
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
```

```hcl
resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  delete_protection   = true
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}
```

## Undecided

```yaml
Parameters:
  Protected:
    Type: String
Resources:
  Firewall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: egress
      FirewallPolicyArn: arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress
      VpcId: vpc-0a1b2c3d
      DeleteProtection: !Ref Protected  # undecided: parameter "Protected" has no default
      SubnetMappings:
        - SubnetId: subnet-0a1b2c3d
        - SubnetId: subnet-0a1b2c3e
```

```hcl
variable "protected" { # undecided: Fails when var.protected is false
  type = bool
}

resource "aws_networkfirewall_firewall" "egress" {
  name                = "egress"
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:123456789012:firewall-policy/egress"
  vpc_id              = "vpc-0a1b2c3d"
  delete_protection   = var.protected
  subnet_mapping {
    subnet_id = "subnet-0a1b2c3d"
  }
}
```

## Sources

- [UpdateFirewallDeleteProtection - AWS Network Firewall](https://docs.aws.amazon.com/goto/WebAPI/network-firewall/UpdateFirewallDeleteProtection), read on 2026-11-29
"""

from wa_iac.aws.networkfirewall import Firewall
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["OPS06-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    equivalents={
        "checkov": ["CKV_AWS_344"],
        "config": ["NETFW_DELETION_PROTECTION_ENABLED"],
        "security_hub": ["NetworkFirewall.9"],
    },
    fix=Recipe(
        cfn={"DeleteProtection": True},
        tf={"delete_protection": True},
        unsafe_because="a stack that contains the firewall can no longer be deleted",
    ),
)
def check(firewall: Firewall) -> Flags:
    message = "This firewall has no deletion protection: a single request removes it, and stops all traffic that is routed through it."
    yield from expect(firewall.delete_protection, True, message)
