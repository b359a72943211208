"""# Timestream database for InfluxDB keeps no logs

## Why

The log of the engine says which queries failed, which writes were refused and why the database restarted. Without a copy in a bucket, nobody
sees it, and an incident cannot be explained afterwards.

## What it checks

The rule reports instances and clusters of Timestream for InfluxDB that deliver no logs to a bucket.

## What is left out

The rule does not look at the bucket. It is in the profile `all`: a team decides once about such logs.

## Non-compliant

```yaml
Resources:
  Metrics:  # finding
    Type: AWS::Timestream::InfluxDBInstance
    Properties:
      Name: metrics
      DbInstanceType: db.influx.large
      AllocatedStorage: 100
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      VpcSecurityGroupIds: [sg-0123456789abcdef0]
```

```hcl
variable "password" {
  type      = string
  sensitive = true
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  name                   = "metrics"
  db_instance_type       = "db.influx.large"
  allocated_storage      = 100
  bucket                 = "metrics"
  organization           = "shop"
  username               = "admin"
  password               = var.password
  vpc_subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  log_delivery_configuration {
    s3_configuration {
      bucket_name = "metrics-logs"
      enabled     = false # finding
    }
  }
}
```

## Compliant

```yaml
Resources:
  Metrics:
    Type: AWS::Timestream::InfluxDBInstance
    Properties:
      Name: metrics
      DbInstanceType: db.influx.large
      AllocatedStorage: 100
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      VpcSecurityGroupIds: [sg-0123456789abcdef0]
      LogDeliveryConfiguration:
        S3Configuration:
          BucketName: metrics-logs
          Enabled: true
```

```hcl
variable "password" {
  type      = string
  sensitive = true
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  name                   = "metrics"
  db_instance_type       = "db.influx.large"
  allocated_storage      = 100
  bucket                 = "metrics"
  organization           = "shop"
  username               = "admin"
  password               = var.password
  vpc_subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  log_delivery_configuration {
    s3_configuration {
      bucket_name = "metrics-logs"
      enabled     = true
    }
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
  Metrics:
    Type: AWS::Timestream::InfluxDBInstance
    Properties:
      Name: metrics
      DbInstanceType: db.influx.large
      AllocatedStorage: 100
      VpcSubnetIds: [subnet-0123456789abcdef0, subnet-0123456789abcdef1]
      VpcSecurityGroupIds: [sg-0123456789abcdef0]
      LogDeliveryConfiguration:
        S3Configuration:
          BucketName: metrics-logs
          Enabled: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "logs" { # undecided: Fails when var.logs is false
  type = bool
}

variable "password" {
  type      = string
  sensitive = true
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" {
  name                   = "metrics"
  db_instance_type       = "db.influx.large"
  allocated_storage      = 100
  bucket                 = "metrics"
  organization           = "shop"
  username               = "admin"
  password               = var.password
  vpc_subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_security_group_ids = ["sg-0123456789abcdef0"]

  log_delivery_configuration {
    s3_configuration {
      bucket_name = "metrics-logs"
      enabled     = var.logs
    }
  }
}
```

## Sources

- [aws_timestreaminfluxdb_db_instance - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/timestreaminfluxdb_db_instance), read on 2026-11-29
"""

from wa_iac.aws.timestream import InfluxCluster, InfluxInstance
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, expect, rule


@rule(
    practices=["REL06-BP01", "OPS04-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn="LogDeliveryConfiguration:\n  S3Configuration:\n    BucketName: !Ref <the bucket>\n    Enabled: true",
        tf="log_delivery_configuration {\n  s3_configuration {\n    bucket_name = <the bucket>.bucket\n    enabled     = true\n  }\n}",
        decision="The policy of the bucket has to let timestream-influxdb.amazonaws.com put objects.",
    ),
)
def check(database: InfluxInstance | InfluxCluster) -> Flags:
    yield from expect(
        database.logs,
        True,
        "This database keeps no log, which would explain failed queries, refused writes and restarts.",
    )
