"""# SageMaker notebook has a way to the internet of its own

## Why

A notebook reads training data and has a role that may read more. SageMaker gives it a network interface with access to the internet,
outside of your VPC: no security group, no route table and no flow log sees what leaves on that way.

## What it checks

The rule looks at each notebook instance. It reports those with direct internet access, which is on by default. The finding is advice for a notebook
of a workshop or a demonstration, by the path of its file or the description of its template.

## What is left out

Notebooks in a subnet with direct internet access turned off, which reach the internet through the VPC's own NAT gateway or not at all.

## Non-compliant

```yaml
Resources:
  Notebook:  # finding
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
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
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
      DirectInternetAccess: Disabled
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" {
  name            = "notebook"
  instance_type   = "ml.t3.medium"
  role_arn        = "arn:aws:iam::111122223333:role/notebooks"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = ["sg-0123456789abcdef0"]

  direct_internet_access = "Disabled"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Internet:
    Type: String
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      SubnetId: subnet-0123456789abcdef0
      SecurityGroupIds: [sg-0123456789abcdef0]
      DirectInternetAccess: !Ref Internet  # undecided: parameter "Internet" has no default
```

```hcl
variable "internet" {
  type = string
}

resource "aws_sagemaker_notebook_instance" "notebook" {
  name            = "notebook"
  instance_type   = "ml.t3.medium"
  role_arn        = "arn:aws:iam::111122223333:role/notebooks"
  subnet_id       = "subnet-0123456789abcdef0"
  security_groups = ["sg-0123456789abcdef0"]

  direct_internet_access = var.internet # undecided: var.internet has no default
}
```

## Sources

- [Why is my SageMaker notebook instance stuck in Pending, and then fails?](https://aws.amazon.com/premiumsupport/knowledge-center/sagemaker-notebook-pending-fails/), read on 2026-11-29
- [AwsSageMakerNotebookInstanceDetails](https://docs.aws.amazon.com/es_es/securityhub/1.0/APIReference/API_AwsSageMakerNotebookInstanceDetails.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.sagemaker import NotebookInstance
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, milder, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.subnets import subnet_is_public
from wa_iac.knowledge.workshops import of_a_workshop

_DECISION: Final = (
    "The notebook is replaced: save its files first. It then reaches SageMaker, S3 and all else only through its subnet, which has to be a private "
    "one with a NAT gateway, or with endpoints for what it uses. In a public subnet it reaches nothing, since it has no public address."
)
_PUBLIC: Final = "Its subnet is public: move it to a private one."
_SCRIPTS: Final = "Its lifecycle configuration needs that way out too: if a download in it fails, the notebook does not start."
_CLONED: Final = (
    "So do its code repositories, outside of AWS through a NAT gateway: if one cannot be cloned, the notebook does not start."
)
_REPOSITORIES: Final = (
    *("DefaultCodeRepository", "AdditionalCodeRepositories"),
    *("default_code_repository", "additional_code_repositories"),
)


def _disabled(notebook: NotebookInstance, graph: Graph) -> Remedy | None:
    """Without a subnet, the notebook also needs one. In a public subnet, it needs another one."""
    del graph
    scripts = "" if isinstance(notebook.lifecycle_configuration, Absent) else _SCRIPTS
    cloned = _CLONED if any(not isinstance(value_at(notebook.declared.body, each), Absent) for each in _REPOSITORIES) else ""
    if cloned and not scripts:
        cloned = cloned.replace("So do its code repositories,", "Its code repositories need that way out too,")
    decision = " ".join(filter(None, (_DECISION, scripts, cloned)))
    if not isinstance(notebook.subnet.value, Absent):
        is_public = any(subnet_is_public(each) == Known(True) for each in notebook.subnet)
        return replace(_REMEDY, given=None, decision=f"{_PUBLIC} {decision}" if is_public else decision)
    return Remedy(
        cfn={
            "DirectInternetAccess": "Disabled",
            "SubnetId": "<a private subnet>",
            "SecurityGroupIds": ["<a security group>"],
        },
        tf={
            "direct_internet_access": "Disabled",
            "subnet_id": "<a private subnet>",
            "security_groups": ["<a security group>"],
        },
        replaces=True,
        decision=decision,
    )


_REMEDY: Final = Remedy(
    cfn={"DirectInternetAccess": "Disabled"},
    tf={"direct_internet_access": "Disabled"},
    replaces=True,
    decision=_DECISION,
    given=_disabled,
)


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    remedy=_REMEDY,
    equivalents={
        "checkov": ["CKV_AWS_122"],
        "cdk_nag": ["AwsSolutions-SM3", "SageMakerNotebookNoDirectInternetAccess"],
        "guard": ["SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS"],
        "config": ["SAGEMAKER_NOTEBOOK_NO_DIRECT_INTERNET_ACCESS", "SAGEMAKER_NOTEBOOK_INSTANCE_INSIDE_VPC"],
        "security_hub": ["SageMaker.1", "SageMaker.2"],
    },
)
def check(notebook: NotebookInstance, graph: Graph) -> Flags:
    if settled(notebook.direct_internet_access) == Known("Enabled"):
        why = of_a_workshop(notebook, graph)
        found = flag(
            notebook.direct_internet_access,
            "This notebook reaches the internet past your VPC, which neither limits nor records where its data goes.",
        )
        yield from milder([found], confidence=Confidence.LOW, more=why) if why else [found]
