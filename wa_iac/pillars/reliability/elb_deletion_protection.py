"""# Load balancer can be deleted by a single call

Anyone with the right, a wrong click or a replaced stack removes it, and with it the address under which the service is
reached. With deletion protection, it has to be switched off first.

Where load balancers come and go with a test environment, let the setting depend on the environment, or ignore the rule there.

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
"""

from collections.abc import Iterator

from wa_iac.aws.elbv2 import LoadBalancer
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flag, Remedy, Severity, expect, rule


@rule(
    practices=["REL10-BP01", "OPS06-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn='LoadBalancerAttributes:\n  - Key: deletion_protection.enabled\n    Value: "true"',
        tf="enable_deletion_protection = true",
    ),
    equivalents={
        "checkov": ["CKV_AWS_150"],
        "cdk_nag": ["ELBDeletionProtectionEnabled"],
        "guard": ["ELB_DELETION_PROTECTION_ENABLED"],
        "config": ["ELB_DELETION_PROTECTION_ENABLED"],
    },
    fix=Recipe(
        cfn={"LoadBalancerAttributes[Key=deletion_protection.enabled]": {"Value": "true"}},
        tf={"enable_deletion_protection": True},
        unsafe_because="a stack that contains the load balancer can no longer be deleted",
    ),
)
def check(balancer: LoadBalancer) -> Iterator[Flag]:
    message = (
        "A single DeleteLoadBalancer request, by mistake or by an intruder, removes this load balancer and the DNS "
        "name that clients use."
    )
    yield from expect(balancer.deletion_protection, True, message)
