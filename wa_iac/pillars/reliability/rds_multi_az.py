"""# RDS database uses only one Availability Zone

## Why

When the instance or its Availability Zone fails, this database is down until someone restores it. A Multi-AZ deployment keeps a
standby in another zone, which takes over within a minute or two, also during maintenance.

## What it checks

The rule reads the Multi-AZ setting of each database instance. It reports an instance for which it is not turned on; it is off by default.

## What is left out

The rule does not check read replicas, engines without Multi-AZ, or Aurora instances, which `rds-cluster-multi-az` checks. If a
test environment needs no standby, suppress the finding there, or let `MultiAZ` depend on the environment.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
```

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MultiAZ: false  # finding
```

```hcl
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
}
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = false # finding
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MultiAZ: true
```

```hcl
resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = true
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: a read replica
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
  Express:  # not applicable: does not support Multi-AZ
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: sqlserver-ex
      DBInstanceClass: db.t3.medium
      AllocatedStorage: "20"
```

```hcl
resource "aws_db_instance" "replica" { # not applicable: a read replica
  replicate_source_db = "orders"
  instance_class      = "db.m7g.large"
}

resource "aws_db_instance" "express" { # not applicable: does not support Multi-AZ
  engine            = "sqlserver-ex"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}
```

## Undecided

The result is undecided if `MultiAZ` or `multi_az` is not known before deployment.

```yaml
Parameters:
  MultiAZ:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MultiAZ: !Ref MultiAZ  # undecided: parameter "MultiAZ" has no default
```

```hcl
variable "multi_az" { # undecided: Fails when var.multi_az is false
  type = bool
}

resource "aws_db_instance" "orders" {
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = var.multi_az
}
```

## Sources

- [Configuring and managing a Multi-AZ deployment for Amazon RDS - Amazon Relational Database Service](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.MultiAZ), read on 2026-11-29
- [Failing over a Multi-AZ DB instance for Amazon RDS](https://docs.amazonaws.cn/en_us/AmazonRDS/latest/UserGuide/Concepts.MultiAZ.Failover.md), read on 2026-11-29
"""

from wa_iac.aws.rds import Instance
from wa_iac.core.fix import Recipe
from wa_iac.core.rule import Flags, Severity, exempt, expect, rule
from wa_iac.core.value import Known


@rule(
    practices=["REL10-BP01", "REL11-BP02"],
    severity=Severity.HIGH,
    equivalents={
        "checkov": ["CKV_AWS_157"],
        "cdk_nag": ["AwsSolutions-RDS3"],
        "guard": ["RDS_MULTI_AZ_SUPPORT"],
        "config": ["RDS_MULTI_AZ_SUPPORT"],
        "security_hub": ["RDS.5"],
    },
    fix=Recipe(cfn={"MultiAZ": True}, tf={"multi_az": True}, unsafe_because="the standby costs as much as the database"),
)
def check(instance: Instance) -> Flags:
    if instance.multi_az == Known(True):
        return
    exempt(instance.depends(), "it is a member of a cluster or a read replica")
    if isinstance(instance.engine, Known):
        engine = instance.engine.value
        exempt(engine.lower().startswith(("custom-oracle", "sqlserver-ex")), f"{engine} does not support Multi-AZ")
    message = "This database has no standby in another Availability Zone: when its zone fails, it is down until it is restored."
    yield from expect(instance.multi_az, True, message)
