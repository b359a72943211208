"""# SageMaker notebook or endpoint has accelerators of an earlier generation

## Why

Each generation of accelerators does several times the work of the one before for the same energy, and most of it also for less money. The
oldest ones (K80, M60) no longer run current versions of CUDA.

## What it checks

The rule reports notebook instances and endpoints with types of the families P2, P3, G3, G4dn and Inf1.

## What is left out

G4dn is reported as advice only: its smallest sizes cost less per hour than any newer ones.

## Non-compliant

```yaml
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: ml.p3.2xlarge  # finding: ml.p5
```

```hcl
resource "aws_sagemaker_endpoint_configuration" "model" {
  name = "model"

  production_variants {
    variant_name           = "all"
    model_name             = "model"
    initial_instance_count = 2
    instance_type          = "ml.inf1.xlarge" # finding: ml.inf2
  }
}
```

## Compliant

```yaml
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: ml.g6.xlarge
```

```hcl
resource "aws_sagemaker_endpoint_configuration" "model" {
  name = "model"

  production_variants {
    variant_name           = "all"
    model_name             = "model"
    initial_instance_count = 2
    instance_type          = "ml.inf2.xlarge"
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      InstanceType: !Ref Size  # undecided: parameter "Size" has no default
```

```hcl
variable "size" {
  type = string
}

resource "aws_sagemaker_endpoint_configuration" "model" {
  name = "model"

  production_variants {
    variant_name           = "all"
    model_name             = "model"
    initial_instance_count = 2
    instance_type          = var.size # undecided: var.size has no default
  }
}
```

## Sources

- [AcceleratorName](https://docs.aws.amazon.com/cdk/api/v2/python/aws_cdk.aws_ec2/AcceleratorName.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import EndpointConfig, NotebookInstance, Variant
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, each_of, rule
from wa_iac.pillars.judgements.accelerators import judge


@rule(
    practices=["SUS05-BP04", "PERF02-BP06"],
    severity=Severity.LOW,
    profile="all",
    remedy=Remedy(cfn={"InstanceType": "ml.g6.xlarge"}, tf={"instance_type": "ml.g6.xlarge"}),
)
def check(resource: NotebookInstance | EndpointConfig) -> Flags:
    if isinstance(resource, NotebookInstance):
        yield from judge(resource.instance_type)
        return
    yield from each_of(resource.variants, _judge)


def _judge(variant: Variant) -> Flags:
    all_known(variant.unknown)
    yield from judge(variant.instance_type)
