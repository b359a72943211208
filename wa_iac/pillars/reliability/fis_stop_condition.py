"""# Experiment of the Fault Injection Service stops at nothing

## Why

An experiment breaks things on purpose. If it breaks more than it should, a stop condition ends it by itself, and FIS undoes what can be
undone. Without one, it runs to its end, and the outage is real.

## What it checks

The rule reports an experiment template whose stop conditions are all `none`.

## What is left out

Which alarm the stop condition names, and whether that sees what the users see.

## Non-compliant

```yaml
Resources:
  Stop:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stop half of the web servers
      RoleArn: arn:aws:iam::111122223333:role/experiments
      Targets: {}
      Actions: {Wait: {ActionId: aws:fis:wait, Parameters: {duration: PT5M}}}
      StopConditions:
        - Source: none  # finding
```

```hcl
resource "aws_fis_experiment_template" "stop" {
  description = "Stop half of the web servers"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  action {
    name      = "wait"
    action_id = "aws:fis:wait"

    parameter {
      key   = "duration"
      value = "PT5M"
    }
  }

  stop_condition {
    source = "none" # finding
  }
}
```

## Compliant

```yaml
Resources:
  Stop:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stop half of the web servers
      RoleArn: arn:aws:iam::111122223333:role/experiments
      Targets: {}
      Actions: {Wait: {ActionId: aws:fis:wait, Parameters: {duration: PT5M}}}
      StopConditions:
        - Source: aws:cloudwatch:alarm
          Value: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-fail
```

```hcl
resource "aws_fis_experiment_template" "stop" {
  description = "Stop half of the web servers"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  action {
    name      = "wait"
    action_id = "aws:fis:wait"

    parameter {
      key   = "duration"
      value = "PT5M"
    }
  }

  stop_condition {
    source = "aws:cloudwatch:alarm"
    value  = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:orders-fail"
  }
}
```

## Undecided

The result is undecided if the source is not known before deployment.

```yaml
Parameters:
  Source:
    Type: String
Resources:
  Stop:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stop half of the web servers
      RoleArn: arn:aws:iam::111122223333:role/experiments
      Targets: {}
      Actions: {Wait: {ActionId: aws:fis:wait, Parameters: {duration: PT5M}}}
      StopConditions:
        - Source: !Ref Source  # undecided: parameter "Source" has no default
```

```hcl
variable "source" {
  type = string
}

resource "aws_fis_experiment_template" "stop" {
  description = "Stop half of the web servers"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  action {
    name      = "wait"
    action_id = "aws:fis:wait"

    parameter {
      key   = "duration"
      value = "PT5M"
    }
  }

  stop_condition {
    source = var.source # undecided: var.source has no default
  }
}
```

## Sources

- [AWS::FIS::ExperimentTemplate ExperimentTemplateStopCondition - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-fis-experimenttemplate-experimenttemplatestopcondition.html), read on 2026-11-29
- [interface ExperimentTemplateStopConditionProperty](https://docs.aws.amazon.com/cdk/api/v1/docs/@aws-cdk_aws-fis.CfnExperimentTemplate.ExperimentTemplateStopConditionProperty.html), read on 2026-11-29
"""

from wa_iac.aws.fis import ExperimentTemplate
from wa_iac.core.logic import any_of, holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, flag, rule, settled
from wa_iac.core.value import Known

_NONE = "none"


@rule(
    practices=["REL12-BP04", "REL08-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="StopConditions:\n  - Source: aws:cloudwatch:alarm\n    Value: <the ARN of an alarm on what users see>",
        tf='stop_condition {\n  source = "aws:cloudwatch:alarm"\n  value  = "<the ARN of an alarm on what users see>"\n}',
        decision="Replace the condition by an alarm on what your users see:",
    ),
)
def check(template: ExperimentTemplate) -> Flags:
    sources = [each.source for each in template.stop_conditions]
    stops = any_of(holds(each, lambda source: source != _NONE) for each in sources)
    accept(stops)
    settled(stops)
    for source in sources:
        if source == Known(_NONE):
            yield flag(source, "No alarm ends this experiment: if it breaks more than it should, it goes on until its end.")
            return
