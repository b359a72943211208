"""# Short parameter is of the advanced tier

## Why

AWS bills each advanced parameter by the month, and a standard one not at all. The advanced tier is for values above 4 KB and for
parameter policies.

## What it checks

The rule reports parameters of the tier Advanced with a value of at most 4 KB and without policies.

## What is left out

Parameters whose value Terraform ignores (`ignore_changes`): something else sets it. Parameters that are shared with other accounts need
the tier too, so the confidence is low.

## Non-compliant

```yaml
Resources:
  Limit:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Tier: Advanced  # finding
      Value: "100"
```

```hcl
resource "aws_ssm_parameter" "limit" {
  name  = "limit"
  type  = "String"
  tier  = "Advanced" # finding
  value = "100"
}
```

## Compliant

```yaml
Resources:
  Limit:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Tier: Intelligent-Tiering
      Value: "100"
```

```hcl
resource "aws_ssm_parameter" "limit" {
  name  = "limit"
  type  = "String"
  tier  = "Standard"
  value = "100"
}
```

## Not applicable

```hcl
resource "aws_ssm_parameter" "limits" { # not applicable: something else sets its value
  name  = "/orders/limits"
  type  = "String"
  tier  = "Advanced"
  value = "set by the deployment"

  lifecycle {
    ignore_changes = [value]
  }
}
```

## Undecided

The result is undecided if the tier or the value is not known before deployment.

```yaml
Parameters:
  Value:
    Type: String
Resources:
  Limit:
    Type: AWS::SSM::Parameter
    Properties:
      Type: String
      Tier: Advanced
      Value: !Ref Value  # undecided: parameter "Value" has no default
```

```hcl
variable "value" {
  type = string
}

resource "aws_ssm_parameter" "limit" {
  name  = "limit"
  type  = "String"
  tier  = "Advanced"
  value = var.value # undecided: var.value has no default
}
```

## Sources

- [put-parameter](https://docs.aws.amazon.com/cli/v1/reference/ssm/put-parameter.html), read on 2026-11-29
- [tier property (aws_ssm_parameter, in Pulumi's words)](https://pub.dev/documentation/pulumi_aws/latest/ssm/Parameter/tier.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.ssm import Parameter
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, all_known, exempt, flag, rule, written
from wa_iac.core.value import Known

_STANDARD: Final = 4096
"""The bytes that a standard parameter holds at most."""


@rule(
    practices=["COST06-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"Tier": "Standard"},
        tf={"tier": "Standard"},
        decision="An advanced parameter never becomes a standard one. Terraform makes a new one in its place; in CloudFormation, give it another name too:",
    ),
)
def check(parameter: Parameter) -> Flags:
    tier = written(parameter.tier)
    if tier.value != "Advanced":
        return
    policies = given(parameter.policies)
    accept(policies)
    all_known(policies, parameter.value)
    exempt(parameter.ignores("value"), "something else sets its value")
    if isinstance(parameter.value, Known) and len(str(parameter.value.value).encode("utf-8", "replace")) <= _STANDARD:
        yield flag(tier, "This parameter is billed by the month, and a standard one with the same value is free.")
