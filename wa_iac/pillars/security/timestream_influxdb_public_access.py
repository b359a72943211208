"""# Timestream database for InfluxDB is on the internet

## Why

This database has a public IP address. Its security groups and a token at most keep the internet out, and one more rule, or a token in a repository,
opens it to strangers.

## What it checks

The rule reports instances and clusters of Timestream for InfluxDB that are publicly accessible. By default they are not.

The finding is milder if no security group admits the internet, or the subnets have no way to it.

## What is left out

Databases that are reached through the VPC only. The rule does not look at tokens.

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
      PubliclyAccessible: true  # finding
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
  publicly_accessible    = true # finding
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
      PubliclyAccessible: false
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
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  Public:
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
      PubliclyAccessible: !Ref Public  # undecided: parameter "Public" has no default
```

```hcl
variable "public" { # undecided: Fails when var.public is true
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
  publicly_accessible    = var.public
}
```

## Sources

- [aws_timestreaminfluxdb_db_instance - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/timestreaminfluxdb_db_instance), read on 2026-11-29
"""

from wa_iac.aws.timestream import InfluxCluster, InfluxInstance
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, flag, rule, settled
from wa_iac.core.value import Known


@rule(
    practices=["SEC05-BP01", "SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn={"PubliclyAccessible": False},
        tf={"publicly_accessible": False},
        replaces=True,
        decision="The database is replaced by an empty one: copy its data first. Clients outside of the VPC can no longer connect.",
    ),
)
def check(database: InfluxInstance | InfluxCluster, graph: Graph) -> Flags:
    public = settled(database.publicly_accessible)
    if public != Known(True):
        return
    # Imported here, since few databases are public.
    from wa_iac.knowledge.admission import admits_internet
    from wa_iac.knowledge.reachability import way_closed_to

    closed = way_closed_to(database, graph)
    if isinstance(closed, Known):
        message = f"This database is publicly accessible. The internet cannot reach it today, because {closed.value}."
        yield flag(public, message, severity=Severity.MEDIUM)
    elif admits_internet([database.security_groups], graph) == Known(False):
        message = (
            "This database has a public IP address: only its security groups keep the internet out; one more rule opens it."
        )
        yield flag(public, message, severity=Severity.MEDIUM)
    else:
        yield flag(
            public, "This database has a public IP address: its security group and a token at most keep the internet out."
        )
