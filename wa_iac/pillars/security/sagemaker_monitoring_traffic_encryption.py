"""# SageMaker monitoring job sends data between its instances in plain text

## Why

The instances of this job send each other what callers asked a model and what it answered, in plain text. Someone who listens in that network reads
it.

## What it checks

The rule looks at definitions of jobs for data quality, model quality, bias and explainability with two instances or more. It reports one that does not
encrypt the traffic between its containers; by default it does not.

## What is left out

A job of one instance, which sends nothing between instances. The rule is in the profile `all`: encryption makes the job slower.

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
          InstanceCount: 2
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableInterContainerTrafficEncryption: false  # finding
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
      instance_count    = 2
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
          InstanceCount: 2
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableInterContainerTrafficEncryption: true
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
      instance_count    = 2
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = true
  }
}
```

## Not applicable

```yaml
Resources:
  Prices:  # not applicable: one instance
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
```

```hcl
resource "aws_sagemaker_data_quality_job_definition" "prices" { # not applicable: one instance
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

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Encrypted:
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
          InstanceCount: 2
          InstanceType: ml.m5.large
          VolumeSizeInGB: 20
      NetworkConfig:
        EnableInterContainerTrafficEncryption: !Ref Encrypted  # undecided: parameter "Encrypted" has no default
```

```hcl
variable "encrypted" { # undecided: Fails when var.encrypted is false
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
      instance_count    = 2
      instance_type     = "ml.m5.large"
      volume_size_in_gb = 20
    }
  }

  network_config {
    enable_inter_container_traffic_encryption = var.encrypted
  }
}
```

## Sources

- [AWS::SageMaker::DataQualityJobDefinition NetworkConfig](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-dataqualityjobdefinition-networkconfig.html), read on 2026-11-29
- [AWS::SageMaker::ModelQualityJobDefinition NetworkConfig](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-sagemaker-modelqualityjobdefinition-networkconfig.html), read on 2026-11-29
"""

from wa_iac.aws.sagemaker import MonitoringJob
from wa_iac.core.logic import holds
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, accept, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["SEC09-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"NetworkConfig": {"EnableInterContainerTrafficEncryption": True}},
        tf={"network_config": {"enable_inter_container_traffic_encryption": True}},
        replaces=True,
        decision="The definition is replaced, and its jobs take longer.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_369"],
        "config": [
            "SAGEMAKER_DATA_QUALITY_JOB_ENCRYPT_IN_TRANSIT",
            "SAGEMAKER_MODEL_BIAS_JOB_ENCRYPT_IN_TRANSIT",
            "SAGEMAKER_MODEL_EXPLAINABILITY_JOB_ENCRYPT_IN_TRANSIT",
            "SAGEMAKER_MODEL_QUALITY_JOB_ENCRYPT_IN_TRANSIT",
        ],
        "security_hub": ["SageMaker.9", "SageMaker.10", "SageMaker.13", "SageMaker.15"],
    },
)
def check(job: MonitoringJob) -> Flags:
    accept(job.encrypted == Known(True))
    exempt(holds(job.instances, lambda count: count < 2), "it has one instance, which sends nothing to others")
    yield from expect(
        job.encrypted, True, "The instances of this job send each other what a model was asked and answered, in plain text."
    )
