"""# SageMaker notebook gives its users root access or an old metadata service

## Why

Everybody who may open the notebook is root on its instance: they can install anything, read the files of all others, and turn off what
watches them. Version 1 of the metadata service hands the credentials of the notebook's role to any request that a page in the notebook
can make the server send.

## What it checks

The rule reports a notebook instance with root access, which is on by default, and, with low severity, one that still answers version 1 of
the metadata service.

## What is left out

Lifecycle configurations run as root in any case. The confidence is low, so the findings are advice: most notebooks have one user, and
nothing on them that root could undo.

## Non-compliant

```yaml
Resources:
  Notebook:  # finding: root
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
```

```yaml
Resources:
  Notebook:  # finding: version 1
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
      RootAccess: Disabled
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" { # finding: root
  name            = "notebook"
  instance_type   = "ml.t3.medium"
  role_arn        = "arn:aws:iam::111122223333:role/notebooks"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = ["sg-0123456789abcdef0"]
}
```

## Compliant

```yaml
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
      RootAccess: Disabled
      InstanceMetadataServiceConfiguration:
        MinimumInstanceMetadataServiceVersion: "2"
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" {
  name            = "notebook"
  instance_type   = "ml.t3.medium"
  role_arn        = "arn:aws:iam::111122223333:role/notebooks"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = ["sg-0123456789abcdef0"]

  root_access = "Disabled"

  instance_metadata_service_configuration {
    minimum_instance_metadata_service_version = "2"
  }
}
```

## Undecided

The result is undecided if a setting is not known before deployment.

```yaml
Parameters:
  Root:
    Type: String
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
      RootAccess: !Ref Root  # undecided: parameter "Root" has no default
```

```hcl
variable "root" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "notebook" {
  name            = "notebook"
  instance_type   = "ml.t3.medium"
  role_arn        = "arn:aws:iam::111122223333:role/notebooks"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = ["sg-0123456789abcdef0"]

  root_access = var.root # undecided: var.root has no default
}
```

## Sources

- [AwsSageMakerNotebookInstanceDetails](https://docs.aws.amazon.com/es_es/securityhub/1.0/APIReference/API_AwsSageMakerNotebookInstanceDetails.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.sagemaker import NotebookInstance
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known

_RESTARTED: Final = "The notebook is stopped for this: save what runs in it first."
_VERSION: Final = Remedy(
    cfn={"InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": "2"}},
    tf={"instance_metadata_service_configuration": {"minimum_instance_metadata_service_version": "2"}},
    decision=_RESTARTED,
)


@rule(
    practices=["SEC03-BP02", "SEC06-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=Remedy(
        cfn={
            "RootAccess": "Disabled",
            "InstanceMetadataServiceConfiguration": {"MinimumInstanceMetadataServiceVersion": "2"},
        },
        tf={
            "root_access": "Disabled",
            "instance_metadata_service_configuration": {"minimum_instance_metadata_service_version": "2"},
        },
        decision=f"{_RESTARTED} Users can then install packages for themselves only: put what needs root into the lifecycle configuration. Programs that "
        "read the metadata without a token fail.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_307", "CKV_AWS_371"],
        "security_hub": ["SageMaker.3"],
        "config": ["SAGEMAKER_NOTEBOOK_INSTANCE_ROOT_ACCESS_CHECK"],
    },
)
def check(notebook: NotebookInstance) -> Flags:
    if settled(notebook.root_access) != Known("Disabled"):
        yield flag(
            notebook.root_access,
            "Everybody who may open this notebook is root on its instance: they, or code that they run, can turn off what watches or limits it.",
        )
        return
    if settled(notebook.metadata_version) == Known("1"):
        yield flag(
            notebook.metadata_version,
            "This notebook answers version 1 of the metadata service, which gives the role's credentials to any request sent from it.",
            severity=Severity.LOW,
            instead=_VERSION,
        )
