"""# Application in Resilience Hub has no resiliency policy

## Why

A resiliency policy says how long an application may be down, and how much data it may lose. Without one, AWS Resilience Hub has nothing
to compare the application with: no assessment can say whether it recovers fast enough.

## What it checks

The rule reads the resiliency policy of each application in Resilience Hub, and reports one without.

## What is left out

Applications that are not in Resilience Hub, and the numbers in a policy.

## Non-compliant

```yaml
Resources:
  Shop:  # finding
    Type: AWS::ResilienceHub::App
    Properties:
      Name: shop
      AppTemplateBody: "{}"
      ResourceMappings: []
```

```hcl
resource "awscc_resiliencehub_app" "shop" { # finding
  name              = "shop"
  app_template_body = "{}"
  resource_mappings = []
}
```

## Compliant

```yaml
Resources:
  Shop:
    Type: AWS::ResilienceHub::App
    Properties:
      Name: shop
      AppTemplateBody: "{}"
      ResourceMappings: []
      ResiliencyPolicyArn: arn:aws:resiliencehub:eu-west-1:111122223333:resiliency-policy/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f
```

```hcl
resource "awscc_resiliencehub_app" "shop" {
  name                  = "shop"
  app_template_body     = "{}"
  resource_mappings     = []
  resiliency_policy_arn = "arn:aws:resiliencehub:eu-west-1:111122223333:resiliency-policy/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f"
}
```

## Undecided

The result is undecided if it is not known whether there is a policy.

```yaml
Parameters:
  Policy:
    Type: String
Conditions:
  HasPolicy: !Not [!Equals [!Ref Policy, ""]]
Resources:
  Shop:
    Type: AWS::ResilienceHub::App
    Properties:
      Name: shop
      AppTemplateBody: "{}"
      ResourceMappings: []
      ResiliencyPolicyArn: !If [HasPolicy, !Ref Policy, !Ref "AWS::NoValue"]  # undecided: Fails when Policy
```

```hcl
variable "policy" {
  type = string
}

resource "awscc_resiliencehub_app" "shop" {
  name                  = "shop"
  app_template_body     = "{}"
  resource_mappings     = []
  resiliency_policy_arn = var.policy == "" ? null : var.policy # undecided: Fails when var.policy == "" is true
}
```

## Sources

- [class CfnResiliencyPolicy (construct)](https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_resiliencehub.CfnResiliencyPolicy.html), read on 2026-11-29
"""

from wa_iac.aws.resiliencehub import App
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, require, rule


@rule(
    practices=["REL13-BP01"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"ResiliencyPolicyArn": "<the ARN of a resiliency policy>"},
        tf={"resiliency_policy_arn": "<the ARN of a resiliency policy>"},
        decision="First decide how long the application may be down, and how much data it may lose, if a zone, a Region or the software fails.",
    ),
)
def check(app: App) -> Flags:
    yield from require(
        app.policy, "This application has no resiliency policy: no assessment can say whether it recovers fast enough."
    )
