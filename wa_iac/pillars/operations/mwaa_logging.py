"""# Airflow environment does not write all of its logs

## Why

Airflow fails in its scheduler, its workers and in reading the DAGs, not only in tasks. Only the logs of tasks go to CloudWatch by
default. Without the others, nobody sees why a DAG is missing or a task never starts: nobody can sign in to the machines.

## What it checks

The rule looks at the logs of the scheduler, the workers, the web server and of DAG processing of each MWAA environment.

## What is left out

The logs of tasks, which are on by default, and the levels of the logs.

## Non-compliant

```yaml
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      LoggingConfiguration:  # finding: scheduler, worker and web server
        DagProcessingLogs:
          Enabled: true
          LogLevel: INFO
```

```hcl
resource "aws_mwaa_environment" "flows" { # finding: DAG processing, scheduler, worker and web server
  name               = "flows"
  dag_s3_path        = "dags"
  source_bucket_arn  = "arn:aws:s3:::example-flows"
  execution_role_arn = "arn:aws:iam::111122223333:role/flows"

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Compliant

```yaml
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      LoggingConfiguration:
        DagProcessingLogs:
          Enabled: true
          LogLevel: INFO
        SchedulerLogs:
          Enabled: true
          LogLevel: INFO
        WebserverLogs:
          Enabled: true
          LogLevel: INFO
        WorkerLogs:
          Enabled: true
          LogLevel: INFO
```

```hcl
resource "aws_mwaa_environment" "flows" {
  name               = "flows"
  dag_s3_path        = "dags"
  source_bucket_arn  = "arn:aws:s3:::example-flows"
  execution_role_arn = "arn:aws:iam::111122223333:role/flows"

  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "INFO"
    }

    scheduler_logs {
      enabled   = true
      log_level = "INFO"
    }

    webserver_logs {
      enabled   = true
      log_level = "INFO"
    }

    worker_logs {
      enabled   = true
      log_level = "INFO"
    }
  }

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Logs:
    Type: String
Resources:
  Flows:
    Type: AWS::MWAA::Environment
    Properties:
      Name: flows
      DagS3Path: dags
      SourceBucketArn: arn:aws:s3:::example-flows
      ExecutionRoleArn: arn:aws:iam::111122223333:role/flows
      NetworkConfiguration:
        SubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
        SecurityGroupIds: [sg-0123456789abcdef0]
      LoggingConfiguration:
        DagProcessingLogs:
          Enabled: !Ref Logs  # undecided: parameter "Logs" has no default
          LogLevel: INFO
        SchedulerLogs:
          Enabled: true
          LogLevel: INFO
        WebserverLogs:
          Enabled: true
          LogLevel: INFO
        WorkerLogs:
          Enabled: true
          LogLevel: INFO
```

```hcl
variable "logs" { # undecided: Fails when var.logs is false
  type = bool
}

resource "aws_mwaa_environment" "flows" {
  name               = "flows"
  dag_s3_path        = "dags"
  source_bucket_arn  = "arn:aws:s3:::example-flows"
  execution_role_arn = "arn:aws:iam::111122223333:role/flows"

  logging_configuration {
    dag_processing_logs {
      enabled   = var.logs
      log_level = "INFO"
    }

    scheduler_logs {
      enabled   = true
      log_level = "INFO"
    }

    webserver_logs {
      enabled   = true
      log_level = "INFO"
    }

    worker_logs {
      enabled   = true
      log_level = "INFO"
    }
  }

  network_configuration {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
```

## Sources

- [aws properties mwaa environment loggingconfiguration](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-mwaa-environment-loggingconfiguration.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.mwaa import Environment
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, flag, rule
from wa_iac.core.value import Known
from wa_iac.pillars.judgements.wording import listed

_CFN: Final = ("DagProcessingLogs", "SchedulerLogs", "WorkerLogs", "WebserverLogs")
_TF: Final = ("dag_processing_logs", "scheduler_logs", "worker_logs", "webserver_logs")


@rule(
    practices=["OPS08-BP02", "SEC04-BP01"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"LoggingConfiguration": {name: {"Enabled": True, "LogLevel": "INFO"} for name in _CFN}},
        tf={"logging_configuration": {name: {"enabled": True, "log_level": "INFO"} for name in _TF}},
        decision="The environment is updated for some minutes, and the logs cost.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_242", "CKV_AWS_243", "CKV_AWS_244"],
        "cdk_nag": ["MWAAAllLoggingInfo"],
    },
)
def check(environment: Environment) -> Flags:
    logs = {
        "DAG processing": environment.dag_logs,
        "scheduler": environment.scheduler_logs,
        "worker": environment.worker_logs,
        "web server": environment.web_server_logs,
    }
    off = [name for name, on in logs.items() if on == Known(False)]
    if off:
        where = environment.logging if len(off) > 1 else logs[off[0]]
        yield flag(
            where,
            f"This environment does not send the logs of {listed(off)} to CloudWatch: when something fails there, CloudWatch does not show why.",
        )
        return
    all_known(*logs.values())
