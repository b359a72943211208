"""# SageMaker monitoring job reaches the internet past the VPC

## Why

The container of this job reads what callers asked a model and what it answered. Without a VPC and without isolation, its code, or a package in it that
somebody took over, sends all of that anywhere, and no security group or flow log of yours sees it.

## What it checks

The rule looks at definitions of jobs for data quality, model quality, bias and explainability. It reports one whose container is neither isolated from
the network nor in subnets of a VPC.

## What is left out

A job in a VPC, whose security groups decide. The rule is in the profile `all`: AWS's own containers for these jobs send nothing elsewhere.

## Non-compliant

```yaml
Resources:
  Prices:
    Type: AWS::SageMaker::DataQualityJobDefinition
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/monitoring
      DataQualityAppSpecification:
        ImageUri: 468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer
      DataQualityJobInput:
        EndpointInput:
          EndpointName: prices
          LocalPath: /opt/ml/processing/input
      DataQualityJobOutputConfig:
        MonitoringOutputs:
          - S3Output:
              LocalPath: /opt/ml/processing/output
              S3Uri: s3://reports/prices
      JobResources:
        ClusterConfig:
          InstanceCount: 1
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableNetworkIsolation: false  # finding
```

```hcl
resource "aws_sagemaker_data_quality_job_definition" "prices" { # finding
  name     = "prices"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://reports/prices"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }
}
```

## Compliant

```yaml
Resources:
  Prices:
    Type: AWS::SageMaker::DataQualityJobDefinition
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/monitoring
      DataQualityAppSpecification:
        ImageUri: 468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer
      DataQualityJobInput:
        EndpointInput:
          EndpointName: prices
          LocalPath: /opt/ml/processing/input
      DataQualityJobOutputConfig:
        MonitoringOutputs:
          - S3Output:
              LocalPath: /opt/ml/processing/output
              S3Uri: s3://reports/prices
      JobResources:
        ClusterConfig:
          InstanceCount: 1
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableNetworkIsolation: true
```

```hcl
resource "aws_sagemaker_data_quality_job_definition" "prices" {
  name     = "prices"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://reports/prices"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }

  network_config {
    vpc_config {
      subnets            = ["subnet-0123456789abcdef0"]
      security_group_ids = ["sg-0123456789abcdef0"]
    }
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Isolated:
    Type: String
Resources:
  Prices:
    Type: AWS::SageMaker::DataQualityJobDefinition
    Properties:
      RoleArn: arn:aws:iam::111122223333:role/monitoring
      DataQualityAppSpecification:
        ImageUri: 468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer
      DataQualityJobInput:
        EndpointInput:
          EndpointName: prices
          LocalPath: /opt/ml/processing/input
      DataQualityJobOutputConfig:
        MonitoringOutputs:
          - S3Output:
              LocalPath: /opt/ml/processing/output
              S3Uri: s3://reports/prices
      JobResources:
        ClusterConfig:
          InstanceCount: 1
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableNetworkIsolation: !Ref Isolated  # undecided: parameter "Isolated" has no default
```

```hcl
variable "isolated" { # undecided: Fails when var.isolated is false
  type = bool
}

resource "aws_sagemaker_data_quality_job_definition" "prices" {
  name     = "prices"
  role_arn = "arn:aws:iam::111122223333:role/monitoring"

  data_quality_app_specification {
    image_uri = "468650794304.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-model-monitor-analyzer"
  }

  data_quality_job_input {
    endpoint_input {
      endpoint_name = "prices"
    }
  }

  data_quality_job_output_config {
    monitoring_outputs {
      s3_output {
        s3_uri = "s3://reports/prices"
      }
    }
  }

  job_resources {
    cluster_config {
      instance_count    = 1
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_network_isolation = var.isolated
  }
}
```

## Sources

- [AWS::SageMaker::DataQualityJobDefinition NetworkConfig](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-dataqualityjobdefinition-networkconfig.html), read on 2026-11-29
- [sagemaker-data-quality-job-isolation](https://docs.aws.amazon.com/config/latest/developerguide/sagemaker-data-quality-job-isolation.md), read on 2026-11-29
- [sagemaker-model-quality-job-definition-isolation - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/sagemaker-model-quality-job-definition-isolation.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import MonitoringJob
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP01", "SEC05-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    profile="all",
    remedy=Remedy(
        cfn={"NetworkConfig": {"EnableNetworkIsolation": True}},
        tf={"network_config": {"enable_network_isolation": True}},
        replaces=True,
        decision="The definition is replaced.",
    ),
    equivalents={
        "config": [
            "SAGEMAKER_DATA_QUALITY_JOB_ISOLATION",
            "SAGEMAKER_MODEL_BIAS_JOB_ISOLATION",
            "SAGEMAKER_MODEL_QUALITY_JOB_DEFINITION_ISOLATION",
        ],
        "security_hub": ["SageMaker.11", "SageMaker.12"],
    },
)
def check(job: MonitoringJob) -> Flags:
    accept(job.isolated == Known(True))
    accept(job.subnets.presence)
    yield from expect(
        job.isolated,
        True,
        "The container of this job reaches the internet past your VPC, which neither limits nor records what it sends.",
    )
