"""# Step Functions state machine has no logging

## Why

Without logs, all traces of an execution are lost with its history: at once for an express workflow, after 90 days for a
standard one. You also cannot search across executions. Log at least errors; if you need to explain a standard workflow step by
step, log `ALL`.

## What it checks

The rule reads the logging level of each state machine, and reports `OFF`, which is the default.

The finding is of low severity for a standard workflow, whose history Step Functions keeps for 90 days; an express workflow has none
("Choosing workflow type in Step Functions", AWS Step Functions Developer Guide).

## What is left out

The rule does not check a state machine for Step Functions Local, whose functions have invented access keys.

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

## Not applicable

```hcl
resource "aws_lambda_function" "sum" {
  environment {
    variables = { AWS_SECRET_ACCESS_KEY = "DUMMYEXAMPLEKEY" }
  }
}

resource "aws_sfn_state_machine" "local" { # not applicable: its functions have invented access keys
  name       = "local"
  definition = jsonencode({ StartAt = "Sum", States = { Sum = { Type = "Task", Resource = aws_lambda_function.sum.arn, End = true } } })
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

## Sources

- [AWS::StepFunctions::StateMachine LoggingConfiguration](https://docs.aws.amazon.com/ja_jp/AWSCloudFormation/latest/UserGuide/aws-properties-stepfunctions-statemachine-loggingconfiguration.html), read on 2026-11-29
- [Execution guarantees - AWS Step Functions](https://docs.aws.amazon.com/en_us/step-functions/latest/dg/express-at-least-once-execution.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.lambda_function import Function
from wa_iac.aws.stepfunctions import StateMachine
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import holds
from wa_iac.core.partial import entries_of
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.secret_names import is_access_key, is_invented

_ACTIONS: Final = (
    "on all resources: logs:CreateLogDelivery, logs:GetLogDelivery, logs:UpdateLogDelivery, logs:DeleteLogDelivery, logs:ListLogDeliveries, "
    "logs:PutResourcePolicy, logs:DescribeResourcePolicies and logs:DescribeLogGroups. Without that, the deployment fails. Logs of errors hold the "
    "input of an execution if IncludeExecutionData is on."
)
"""What Step Functions does in the name of the role ("Using CloudWatch Logs to log execution history in Step Functions", AWS Step Functions
Developer Guide)."""
_GROUP_FIRST: Final = "Declare a log group for it, with a retention period."
_GROUP_BESIDE: Final = "Declare a log group for it, with a retention period, if none here is for it."
_LOG_GROUPS: Final = frozenset(and_awscc("AWS::Logs::LogGroup", "aws_cloudwatch_log_group"))
_SAM: Final = "AWS::Serverless::StateMachine"
_ALLOWED: Final = f"First allow the role of the state machine, {_ACTIONS}"


def _of_sam(machine: StateMachine, graph: Graph) -> Remedy:
    """For a state machine whose role SAM makes: a statement in its Policies. The log group is declared first."""
    role = value_at(machine.declared.body, "RoleArn")
    group = _GROUP_FIRST if graph.types.isdisjoint(_LOG_GROUPS) else _GROUP_BESIDE
    if not any(each.made_from == _SAM for each in graph.referred(role)):
        return replace(_REMEDY, given=None, decision=f"{group} {_ALLOWED}")
    return replace(
        _REMEDY, given=None, decision=f"{group} Also allow, by a statement in Policies of the state machine and {_ACTIONS}"
    )


_REMEDY: Final = Remedy(
    cfn="LoggingConfiguration:\n  Level: ERROR\n  Destinations:\n    - CloudWatchLogsLogGroup:\n"
    "        LogGroupArn: !GetAtt <the log group>.Arn",
    tf='logging_configuration {\n  level           = "ERROR"\n  log_destination = "${<the log group>.arn}:*"\n}',
    decision=_ALLOWED,
    of={
        _SAM: "Logging:\n  Level: ERROR\n  Destinations:\n    - CloudWatchLogsLogGroup:\n"
        "        LogGroupArn: !GetAtt <the log group>.Arn"
    },
    given=_of_sam,
)


@rule(
    practices=["OPS08-BP02", "OPS04-BP02", "SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    convention=True,
    remedy=_REMEDY,
    equivalents={
        "checkov": ["CKV_AWS_285"],
        "trivy": ["AVD-AWS-0119"],
        "cdk_nag": ["AwsSolutions-SF1"],
        "config": ["STEP_FUNCTIONS_STATE_MACHINE_LOGGING_ENABLED"],
        "security_hub": ["StepFunctions.1"],
    },
)
def check(machine: StateMachine, graph: Graph) -> Flags:
    level = machine.logging_level
    accept(settled(level) not in (Known("OFF"), Absent()))
    exempt(
        _is_local(machine, graph),
        "its functions have invented access keys, as for Step Functions Local: no deployment accepts those",
    )
    express = machine.kind == Known("EXPRESS")
    gone = "as soon as it ends" if express else "after 90 days"
    yield flag(
        level,
        f"This state machine writes no logs: the record of what an execution did, and why it failed, is gone {gone}.",
        severity=None if express else Severity.LOW,
    )


def _is_local(machine: StateMachine, graph: Graph) -> bool:
    """Whether it calls a function with an access key that somebody made up. Lambda reserves these variables for itself ("Defined runtime
    environment variables", AWS Lambda Developer Guide), so the function only runs on somebody's own machine."""
    functions = (graph.typed(each, Function) for each in graph.referred(machine.definition) if each.type in Function.types())
    return any(_has_invented_key(each) for each in functions)


def _has_invented_key(function: Function) -> bool:
    variables = entries_of(function.environment).items()
    return any(is_access_key(name) and holds(value, is_invented) == Known(True) for name, value in variables)
