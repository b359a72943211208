"""# SageMaker notebook or endpoint is not encrypted with a key of your own

## Why

SageMaker encrypts the storage of notebooks and endpoints with a key of its own, which you cannot see, limit or revoke. With a KMS key of
yours, the key policy decides who may read training data and models, and CloudTrail records each use.

## What it checks

The rule looks at notebook instances, and at endpoint configurations with instances of which at least one has a disk on EBS.

## What is left out

Endpoint configurations whose instances all have local NVMe disks (such as `ml.g5` or `ml.m5d`), for which SageMaker accepts no key, and
serverless endpoints.

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

```yaml
Resources:
  Live:  # finding
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.m5.large
          InitialInstanceCount: 2
          InitialVariantWeight: 1
```

## Compliant

```yaml
Resources:
  Notebook:
    Type: AWS::SageMaker::NotebookInstance
    Properties:
      InstanceType: ml.t3.medium
      RoleArn: arn:aws:iam::111122223333:role/notebooks
      KmsKeyId: arn:aws:kms:eu-west-1:111122223333:key/1234
```

```hcl
resource "aws_sagemaker_notebook_instance" "notebook" {
  name          = "notebook"
  instance_type = "ml.t3.medium"
  role_arn      = "arn:aws:iam::111122223333:role/notebooks"
  kms_key_id    = "arn:aws:kms:eu-west-1:111122223333:key/1234"
}
```

## Not applicable

```yaml
Resources:
  Live:  # not applicable: local disks
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: ml.g5.xlarge
          InitialInstanceCount: 2
          InitialVariantWeight: 1
```

```yaml
Resources:
  Quiet:  # not applicable: it is serverless
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InitialVariantWeight: 1
          ServerlessConfig:
            MaxConcurrency: 5
            MemorySizeInMB: 2048
```

## Undecided

The result is undecided if the type of the instances is not known before deployment.

```yaml
Parameters:
  Size:
    Type: String
Resources:
  Live:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - ModelName: prices
          VariantName: all
          InstanceType: !Ref Size  # undecided: parameter "Size" has no default
          InitialInstanceCount: 2
          InitialVariantWeight: 1
```

```hcl
variable "size" {
  type = string
}

resource "aws_sagemaker_endpoint_configuration" "live" {
  name = "live"
  production_variants {
    model_name             = "prices"
    variant_name           = "all"
    instance_type          = var.size # undecided: var.size has no default
    initial_instance_count = 2
  }
}
```

## Sources

- [AwsSageMakerNotebookInstanceDetails](https://docs.aws.amazon.com/es_es/securityhub/1.0/APIReference/API_AwsSageMakerNotebookInstanceDetails.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.sagemaker import EndpointConfig, NotebookInstance
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, flag, not_applicable, rule, settled
from wa_iac.core.value import Known

_LOCAL: Final = late(r"ml\.(?:[a-z]+[0-9]+[a-z]*d[a-z]*|g4dn|g5|g6e?|p4de?|p5e?n?|i[0-9].*|trn1n?|inf[0-9])\.")
"""Instance types with local NVMe disks, whose hardware encrypts them: "CreateEndpointConfig" (Amazon SageMaker API Reference)."""


@rule(
    practices=["SEC08-BP01", "SEC08-BP02"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"KmsKeyId": "<the key's ARN>"},
        tf={"kms_key_id": "<the key's ARN>"},
        of={"aws_sagemaker_endpoint_configuration": 'kms_key_arn = "<the key\'s ARN>"'},
        replaces=True,
        decision="The resource is replaced: save the files of a notebook first.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_22", "CKV_AWS_98", "CKV_AWS_187"],
        "cdk_nag": [
            "AwsSolutions-SM2",
            "SageMakerEndpointConfigurationKMSKeyConfigured",
            "SageMakerNotebookInstanceKMSKeyConfigured",
        ],
        "guard": ["SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED", "SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED"],
        "config": ["SAGEMAKER_NOTEBOOK_INSTANCE_KMS_KEY_CONFIGURED", "SAGEMAKER_ENDPOINT_CONFIGURATION_KMS_KEY_CONFIGURED"],
    },
)
def check(resource: NotebookInstance | EndpointConfig) -> Flags:
    if resource.key.presence == Known(True):
        return
    if isinstance(resource, EndpointConfig):
        all_known(*(each.unknown for each in resource.variants))
        sizes = [settled(each.instance_type) for each in resource.variants]
        if not any(isinstance(each, Known) for each in sizes):
            yield not_applicable("it is serverless")
            return
        exempt(
            all(_LOCAL.match(each.value) for each in sizes if isinstance(each, Known)),
            "its instances have local disks, which do not accept a key",
        )
    all_known(resource.key.unknown)
    yield flag(
        resource.key.value if resource.key.value.origin.span.path else resource,
        "This storage is encrypted with a key of SageMaker, which you can neither limit nor revoke.",
    )
