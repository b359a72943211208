"""# FIS experiment has no stop condition

## Why

An experiment of AWS Fault Injection Service breaks things on purpose. A stop condition is an alarm that ends it as soon as users are
hurt. Without one, an experiment that goes wrong goes on until its actions are finished, or until somebody stops it by hand.

## What it checks

The rule reads the stop conditions of each experiment template. It reports a template whose only condition is `none`.

## What is left out

The actions and the targets of an experiment. The rule does not ask whether the alarm is the right one.

## Non-compliant

```yaml
Resources:
  StopInstances:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stops one instance
      RoleArn: arn:aws:iam::111122223333:role/experiments
      StopConditions:
        - Source: none  # finding
      Targets: {}
```

```hcl
resource "aws_fis_experiment_template" "stop_instances" {
  description = "Stops one instance"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  stop_condition {
    source = "none" # finding
  }

  action {
    name      = "wait"
    action_id = "aws:fis:wait"
  }
}
```

## Compliant

```yaml
Resources:
  StopInstances:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stops one instance
      RoleArn: arn:aws:iam::111122223333:role/experiments
      StopConditions:
        - Source: aws:cloudwatch:alarm
          Value: arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-fails
      Targets: {}
```

```hcl
resource "aws_fis_experiment_template" "stop_instances" {
  description = "Stops one instance"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  stop_condition {
    source = "aws:cloudwatch:alarm"
    value  = "arn:aws:cloudwatch:eu-west-1:111122223333:alarm:shop-fails"
  }

  action {
    name      = "wait"
    action_id = "aws:fis:wait"
  }
}
```

## Undecided

The result is undecided if the source of a stop condition is not known before deployment.

```yaml
Parameters:
  Source:
    Type: String
Resources:
  StopInstances:
    Type: AWS::FIS::ExperimentTemplate
    Properties:
      Description: Stops one instance
      RoleArn: arn:aws:iam::111122223333:role/experiments
      StopConditions:
        - Source: !Ref Source  # undecided: parameter "Source" has no default
      Targets: {}
```

```hcl
variable "source_of_stop" {
  type = string
}

resource "aws_fis_experiment_template" "stop_instances" {
  description = "Stops one instance"
  role_arn    = "arn:aws:iam::111122223333:role/experiments"

  stop_condition {
    source = var.source_of_stop # undecided: var.source_of_stop has no default
  }

  action {
    name      = "wait"
    action_id = "aws:fis:wait"
  }
}
```

## Sources

- [interface ExperimentTemplateStopConditionProperty](https://docs.aws.amazon.com/cdk/api/v1/docs/@aws-cdk_aws-fis.CfnExperimentTemplate.ExperimentTemplateStopConditionProperty.html), read on 2026-11-29
- [AWS::FIS::ExperimentTemplate ExperimentTemplateStopCondition - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-fis-experimenttemplate-experimenttemplatestopcondition.html), read on 2026-11-29
"""

from wa_iac.aws.fis import ExperimentTemplate
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Origin


@rule(
    practices=["REL12-BP04", "REL08-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="StopConditions:\n  - Source: aws:cloudwatch:alarm\n    Value: !GetAtt <the alarm>.Arn",
        tf='stop_condition {\n  source = "aws:cloudwatch:alarm"\n  value  = <the alarm>.arn\n}',
    ),
)
def check(template: ExperimentTemplate) -> Flags:
    answers = [holds(each.source, lambda source: source.lower() != "none") for each in template.stop_conditions]
    accept(any_of(answers, Origin()))
    where = template.stop_conditions[0].source if template.stop_conditions else template.written
    yield flag(where, "No alarm stops this experiment: if it hurts users more than planned, it goes on until it is finished.")
