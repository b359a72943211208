"""# Step Functions state machine has no X-Ray tracing

## Why

Without X-Ray, you cannot follow an execution through the services that it calls. When it is slow, nothing shows which of them took the time.

## What it checks

State machines whose tracing is off, which is the default.

## What is left out

State machines in a test with Step Functions Local are not told apart.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      DefinitionString: '{}'
```

```hcl
resource "aws_sfn_state_machine" "orders" { # finding
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = file("orders.json")
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      DefinitionString: '{}'
      TracingConfiguration:
        Enabled: true
```

```hcl
resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = file("orders.json")
  tracing_configuration {
    enabled = true
  }
}
```

## Undecided

```yaml
Parameters:
  Tracing:
    Type: String
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/orders
      DefinitionString: '{}'
      TracingConfiguration:
        Enabled: !Ref Tracing  # undecided: parameter "Tracing" has no default
```

```hcl
variable "tracing" { # undecided: Fails when var.tracing is false
  type = bool
}

resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::111122223333:role/orders"
  definition = file("orders.json")
  tracing_configuration {
    enabled = var.tracing
  }
}
```

## Sources

- [TracingConfiguration - AWS Step Functions](https://docs.aws.amazon.com/step-functions/latest/apireference/API_TracingConfiguration.html), read on 2026-11-29
"""

from wa_iac.aws.stepfunctions import StateMachine
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["OPS04-BP05", "REL06-BP07"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    equivalents={
        "checkov": ["CKV_AWS_284"],
        "trivy": ["AVD-AWS-0117"],
        "cdk_nag": ["AwsSolutions-SF2", "Serverless-StepFunctionStateMachineXray"],
    },
    fix=Recipe(
        cfn={"TracingConfiguration": {"Enabled": True}},
        tf={"tracing_configuration": {"enabled": True}},
        types={"AWS::Serverless::StateMachine": {"Tracing": {"Enabled": True}}},
        unsafe_because="X-Ray charges for traces, and the role of the state machine has to allow them",
    ),
)
def check(machine: StateMachine) -> Flags:
    yield from expect(
        machine.tracing,
        True,
        "This state machine has no tracing: X-Ray does not show which of the services that it calls is slow.",
    )
