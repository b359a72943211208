"""# Step Functions state machine has no logging

Without logs, all traces of an execution are lost with its history: at once for an express workflow, after 90 days for a
standard one. You also cannot search across executions. Log at least errors; if you need to explain a standard workflow step by
step, log `ALL`.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      DefinitionString: '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
      LoggingConfiguration:
        Level: "OFF"  # finding
```

```hcl
resource "aws_sfn_state_machine" "orders" { # finding
  name       = "orders"
  role_arn   = "arn:aws:iam::123456789012:role/orders"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })
}
```

## Compliant

```yaml
Resources:
  Log:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /aws/vendedlogs/states/orders
      RetentionInDays: 90
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      DefinitionString: '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
      LoggingConfiguration:
        Level: ERROR
        Destinations:
          - CloudWatchLogsLogGroup:
              LogGroupArn: !GetAtt Log.Arn
```

```hcl
resource "aws_cloudwatch_log_group" "orders" {
  name              = "/aws/vendedlogs/states/orders"
  retention_in_days = 90
}

resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::123456789012:role/orders"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level           = "ALL"
    log_destination = "${aws_cloudwatch_log_group.orders.arn}:*"
  }
}
```

## Undecided

The result is undecided if `Level` or `level` is not known before deployment.

```yaml
Parameters:
  Level:
    Type: String
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      DefinitionString: '{"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}}'
      LoggingConfiguration:
        Level: !Ref Level  # undecided: parameter "Level" has no default
```

```hcl
variable "level" {
  type = string
}

resource "aws_sfn_state_machine" "orders" {
  name       = "orders"
  role_arn   = "arn:aws:iam::123456789012:role/orders"
  definition = jsonencode({ StartAt = "Done", States = { Done = { Type = "Succeed" } } })

  logging_configuration {
    level           = var.level # undecided: var.level has no default
    log_destination = "${aws_cloudwatch_log_group.orders.arn}:*"
  }
}
```
"""

from wa_iac.aws.stepfunctions import StateMachine
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule, settled
from wa_iac.core.value import Absent, Known


@rule(
    practices=["OPS08-BP02", "OPS04-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=Remedy(
        cfn="LoggingConfiguration:\n  Level: ERROR\n  Destinations:\n    - CloudWatchLogsLogGroup:\n"
        "        LogGroupArn: !GetAtt <the log group>.Arn",
        tf='logging_configuration {\n  level           = "ERROR"\n  log_destination = "${<the log group>.arn}:*"\n}',
        decision="Allow the role of the state machine to deliver logs (logs:CreateLogDelivery and the others that its guide lists).",
        of={
            "AWS::Serverless::StateMachine": "Logging:\n  Level: ERROR\n  Destinations:\n    - CloudWatchLogsLogGroup:\n"
            "        LogGroupArn: !GetAtt <the log group>.Arn"
        },
    ),
    equivalents={
        "checkov": ["CKV_AWS_285"],
        "trivy": ["AVD-AWS-0119"],
        "cdk_nag": ["AwsSolutions-SF1"],
        "config": ["STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED"],
    },
)
def check(machine: StateMachine) -> Flags:
    level = machine.logging_level
    accept(settled(level) not in (Known("OFF"), Absent()))
    gone = "as soon as it ends" if machine.kind == Known("EXPRESS") else "after 90 days"
    yield flag(
        level, f"This state machine writes no logs: the record of what an execution did, and why it failed, is gone {gone}."
    )
