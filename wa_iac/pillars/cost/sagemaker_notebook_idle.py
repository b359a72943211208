"""# SageMaker notebook instance runs on when nobody uses it

## Why

A notebook instance costs the same whether somebody works on it or not, and nothing stops it in the evening. A lifecycle configuration can
start a script that stops the instance after some idle time.

## What it checks

The rule reports a notebook instance without a lifecycle configuration.

## What is left out

The script of a lifecycle configuration. Schedules outside of the instance, which may stop it too, so the confidence is medium.

## Non-compliant

```yaml
Resources:
  Notebook:  # finding
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: ml.t3.medium
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" { # finding
  name          = "notebook"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::111122223333:role/notebooks"
}
```

## Compliant

```yaml
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: ml.t3.medium
      LifecycleConfigName: stop-when-idle
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" {
  name          = "notebook"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::111122223333:role/notebooks"
  lifecycle_config_name = "stop-when-idle"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Config:
    Type: String
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: ml.t3.medium
      LifecycleConfigName: !Ref Config  # undecided: parameter "Config" has no default
```

```hcl
variable "config" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "notebook" {
  name          = "notebook"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::111122223333:role/notebooks"
  lifecycle_config_name = var.config # undecided: var.config has no default
}
```

## Sources

- [sagemaker create notebook instance lifecycle config](https://docs.aws.amazon.com/it_it/AWSCloudFormation/latest/UserGuide/aws-resource-sagemaker-notebookinstancelifecycleconfig.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import NotebookInstance
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule


@rule(
    practices=["COST04-BP04", "SUS02-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"LifecycleConfigName": "<the lifecycle configuration>"},
        tf={"lifecycle_config_name": "<the lifecycle configuration>"},
        decision="Its script stops the instance after some idle time; AWS has a sample, auto-stop-idle. A running instance has to be stopped "
        "for the change.",
    ),
)
def check(notebook: NotebookInstance) -> Flags:
    accept(given(notebook.lifecycle_configuration))
    yield flag(
        notebook, "Nothing here stops this notebook when nobody uses it: until something does, it is paid for day and night."
    )
