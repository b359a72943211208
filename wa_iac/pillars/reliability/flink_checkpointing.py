"""# Application of Apache Flink saves no checkpoints

## Why

Managed Service for Apache Flink restarts an application after a failure, for maintenance and to scale it, from its last checkpoint. Without
checkpoints, it begins with nothing: counters, windows and positions in the streams are lost, so that records are missing or counted twice.

## What it checks

The rule reports applications with a checkpoint configuration of the type `CUSTOM` in which checkpointing is false.

## What is left out

Applications without such a configuration, or with the type `DEFAULT`: they save a checkpoint each minute.

## Non-compliant

```yaml
Resources:
  Totals:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties:
      RuntimeEnvironment: FLINK-1_20
      ServiceExecutionRole: arn:aws:iam::111122223333:role/totals
      ApplicationConfiguration:
        FlinkApplicationConfiguration:
          CheckpointConfiguration:
            ConfigurationType: CUSTOM
            CheckpointingEnabled: false  # finding
```

```hcl
resource "aws_kinesisanalyticsv2_application" "totals" {
  name                   = "totals"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = "arn:aws:iam::111122223333:role/totals"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "CUSTOM"
        checkpointing_enabled = false # finding
      }
    }
  }
}
```

## Compliant

```yaml
Resources:
  Totals:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties:
      RuntimeEnvironment: FLINK-1_20
      ServiceExecutionRole: arn:aws:iam::111122223333:role/totals
      ApplicationConfiguration:
        FlinkApplicationConfiguration:
          CheckpointConfiguration:
            ConfigurationType: CUSTOM
            CheckpointingEnabled: true
            CheckpointInterval: 30000
```

```hcl
resource "aws_kinesisanalyticsv2_application" "totals" {
  name                   = "totals"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = "arn:aws:iam::111122223333:role/totals"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type = "DEFAULT"
      }
    }
  }
}
```

## Undecided

The result is undecided if it is not known whether checkpoints are saved.

```yaml
Parameters:
  Checkpoints:
    Type: String
Resources:
  Totals:
    Type: AWS::KinesisAnalyticsV2::Application
    Properties:
      RuntimeEnvironment: FLINK-1_20
      ServiceExecutionRole: arn:aws:iam::111122223333:role/totals
      ApplicationConfiguration:
        FlinkApplicationConfiguration:
          CheckpointConfiguration:
            ConfigurationType: CUSTOM
            CheckpointingEnabled: !Ref Checkpoints  # undecided: parameter "Checkpoints" has no default
```

```hcl
variable "checkpoints" { # undecided: Fails when var.checkpoints is false
  type = bool
}

resource "aws_kinesisanalyticsv2_application" "totals" {
  name                   = "totals"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = "arn:aws:iam::111122223333:role/totals"

  application_configuration {
    flink_application_configuration {
      checkpoint_configuration {
        configuration_type    = "CUSTOM"
        checkpointing_enabled = var.checkpoints
      }
    }
  }
}
```

## Sources

- [CheckpointConfiguration](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/kinesisanalyticsv2/aws.sdk.kotlin.services.kinesisanalyticsv2.model/-checkpoint-configuration/index.html), read on 2026-11-29
- [Implement fault tolerance in Managed Service for Apache Flink](https://docs.amazonaws.cn/en_us/managed-flink/latest/java/how-fault.md), read on 2026-11-29
"""

from wa_iac.aws.flink import Application
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, accept, refuse, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL11-BP03"],
    severity=Severity.MEDIUM,
    equivalents={"cdk_nag": ["AwsSolutions-KDA3"]},
    fix=Recipe(
        cfn={
            "ApplicationConfiguration": {
                "FlinkApplicationConfiguration": {"CheckpointConfiguration": {"CheckpointingEnabled": True}}
            }
        },
        tf={
            "application_configuration": {
                "flink_application_configuration": {"checkpoint_configuration": {"checkpointing_enabled": True}}
            }
        },
        unsafe_because="the application starts again",
    ),
)
def check(application: Application) -> Flags:
    accept(application.checkpoint_type == Known("DEFAULT"))
    yield from refuse(
        application.checkpointing,
        False,
        "This application saves no checkpoints: after a failure, it begins with nothing, and records may be lost or counted twice.",
    )
