"""# Load balancer has no deletion protection

## Why

Anyone with the permission, a wrong click or a replaced stack can delete the load balancer, and with it the DNS name of the
service. With deletion protection, someone has to disable the protection first.

## What it checks

The rule checks Application, Network and Gateway Load Balancers, and reports one on which deletion protection is off, which is the
default.

## What is left out

If load balancers come and go with a test environment, let the setting depend on the environment, or suppress the finding there. Classic
Load Balancers do not have the setting.

## Non-compliant

```yaml
Resources:
  Front:  # finding
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
```

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      LoadBalancerAttributes:
        - Key: deletion_protection.enabled
          Value: "false"  # finding
```

```hcl
resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  enable_deletion_protection = false # finding
}
```

## Compliant

```yaml
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      LoadBalancerAttributes:
        - Key: deletion_protection.enabled
          Value: "true"
```

```hcl
resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  enable_deletion_protection = true
}
```

## Undecided

The result is undecided if `Value` or `enable_deletion_protection` is not known before deployment.

```yaml
Parameters:
  Value:
    Type: String
Resources:
  Front:
    Type: AWS::ElasticLoadBalancingV2::LoadBalancer
    Properties:
      Subnets: [subnet-0a1, subnet-0b2]
      LoadBalancerAttributes:
        - Key: deletion_protection.enabled
          Value: !Ref Value  # undecided: parameter "Value" has no default
```

```hcl
variable "enable_deletion_protection" { # undecided: Fails when var.enable_deletion_protection is false
  type = bool
}

resource "aws_lb" "front" {
  subnets                    = ["subnet-0a1", "subnet-0b2"]
  enable_deletion_protection = var.enable_deletion_protection
}
```

## Sources

- [LoadBalancerAttribute - AWS SDK for Ruby](https://docs.aws.amazon.com/goto/SdkForRubyV2/elasticloadbalancingv2-2015-12-01/LoadBalancerAttribute), read on 2026-11-29
"""

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["OPS06-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    equivalents={
        "checkov": ["CKV_AWS_150"],
        "cdk_nag": ["ELBDeletionProtectionEnabled"],
        "guard": ["ELB_DELETION_PROTECTION_ENABLED"],
        "config": ["ELB_DELETION_PROTECTION_ENABLED"],
        "security_hub": ["ELB.6"],
    },
    fix=Recipe(
        cfn={"LoadBalancerAttributes[Key=deletion_protection.enabled]": {"Value": "true"}},
        tf={"enable_deletion_protection": True},
        unsafe_because="a stack that contains the load balancer can no longer be deleted",
    ),
)
def check(balancer: LoadBalancer) -> Flags:
    message = (
        "This load balancer has no deletion protection: a single request, by mistake or by an intruder, removes it and the DNS "
        "name that clients use."
    )
    yield from expect(balancer.deletion_protection, True, message)
