"""# Timestream database for InfluxDB has no standby

## Why

When the Availability Zone of this database fails, or its instance has to be replaced, nothing can be written or read until it is back, and the
measurements of that time are lost. With a standby in another zone, the service fails over by itself.

## What it checks

The rule reports an instance of Timestream for InfluxDB in a single zone, which is the default.

## What is left out

Clusters, which have several nodes. The rule is in the profile `all`: a standby costs as much as the database, which is not worth it for metrics
that nobody waits for.

## Non-compliant

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
      DeploymentType: SINGLE_AZ  # finding
```

```hcl
variable "password" {
  type      = string
  sensitive = true
}

resource "aws_timestreaminfluxdb_db_instance" "metrics" { # finding
  name                   = "metrics"
  db_instance_type       = "db.influx.large"
  allocated_storage      = 100
  bucket                 = "metrics"
  organization           = "shop"
  username               = "admin"
  password               = var.password
  vpc_subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  vpc_security_group_ids = ["sg-0123456789abcdef0"]
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
      DeploymentType: WITH_MULTIAZ_STANDBY
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
  deployment_type        = "WITH_MULTIAZ_STANDBY"
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Deployment:
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
      DeploymentType: !Ref Deployment  # undecided: parameter "Deployment" has no default
```

```hcl
variable "deployment" {
  type = string
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
  deployment_type        = var.deployment # undecided: var.deployment has no default
}
```

## Sources

- [Configuring and managing a multi-AZ deployment - Amazon Timestream](https://docs.aws.amazon.com/timestream/latest/developerguide/timestream-for-influx-managing-multi-az.html), read on 2026-11-29
- [aws_timestreaminfluxdb_db_instance - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/timestreaminfluxdb_db_instance), read on 2026-11-29
"""

from wa_iac.aws.timestream import InfluxInstance
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Confidence, Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn={"DeploymentType": "WITH_MULTIAZ_STANDBY"},
        tf={"deployment_type": "WITH_MULTIAZ_STANDBY"},
        decision="The database needs subnets in two zones. The standby costs as much as the database.",
    ),
)
def check(database: InfluxInstance) -> Flags:
    if settled(database.deployment) == Known("SINGLE_AZ"):
        yield flag(
            database.deployment,
            "This database has no standby in another Availability Zone: when its zone fails, nothing is written or read until it is back.",
        )
