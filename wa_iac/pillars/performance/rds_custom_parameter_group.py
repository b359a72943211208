"""# Database uses the default parameter group

## Why

The parameters of a default group cannot be changed. On the day on which one has to be, for more connections or a log of slow queries, the
database needs another group first, and a restart to use it. With a group of its own from the start, most changes take effect at once.

## What it checks

The rule reads the parameter group of each database instance and of each cluster. It reports one without, or with a group whose name
begins with `default.`.

## What is left out

Members of clusters, replicas, and RDS Custom. Caches.

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

```hcl
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  parameter_group_name = "default.postgres17" # finding
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
      DBParameterGroupName: !Ref Parameters
  Parameters:
    Type: AWS::RDS::DBParameterGroup
    Properties:
      Description: Orders
      Family: postgres17
```

```hcl
resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  parameter_group_name = "orders"
}
```

## Not applicable

```yaml
Resources:
  Replica:  # not applicable: that of its cluster
    Type: AWS::RDS::DBInstance
    Properties:
      SourceDBInstanceIdentifier: orders
      DBInstanceClass: db.m7g.large
  Custom:  # not applicable: RDS Custom
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
```

## Undecided

The result is undecided if it is not known whether a group is given.

```yaml
Parameters:
  Group:
    Type: String
Conditions:
  HasGroup: !Not [!Equals [!Ref Group, ""]]
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      DBParameterGroupName: !If [HasGroup, !Ref Group, !Ref "AWS::NoValue"]  # undecided: Fails when Group
```

```hcl
variable "group" {
  type = string
}

resource "aws_db_instance" "orders" {
  engine               = "postgres"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  parameter_group_name = var.group == "" ? null : var.group # undecided: Fails when var.group == "" is true
}
```

## Sources

- [AWS::RDS::DBParameterGroup](https://docs.amazonaws.cn/en_us/AWSCloudFormation/latest/UserGuide/aws-properties-rds-dbparametergroup.html), read on 2026-11-29
- [Modifying parameters in a DB parameter group in Amazon Aurora - Amazon Aurora](https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithParamGroups.Modifying.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.rds import Cluster, Instance
from wa_iac.core.rule import Flags, Remedy, Severity, all_known, exempt, flag, rule
from wa_iac.core.value import Known

_DEFAULT: Final = "default."


@rule(
    practices=["PERF03-BP02"],
    severity=Severity.LOW,
    convention=True,
    profile="all",
    remedy=Remedy(
        cfn="DBParameterGroupName: !Ref <a parameter group>",
        tf="parameter_group_name = <a parameter group>.name",
        of={
            "AWS::RDS::DBCluster": "DBClusterParameterGroupName: !Ref <a cluster parameter group>",
            "aws_rds_cluster": "db_cluster_parameter_group_name = <a cluster parameter group>.name",
        },
        decision="The database uses the new group after its next restart.",
    ),
)
def check(database: Instance | Cluster) -> Flags:
    if isinstance(database, Instance):
        exempt(database.depends(), "its parameters are mostly that of its cluster, or of the instance that it copies")
        exempt(database.is_custom(), "RDS Custom has no parameter groups")
    group = database.parameter_group
    if group.presence == Known(True) and not any(str(each.value).startswith(_DEFAULT) for each in group.external):
        return
    all_known(group.presence)
    yield flag(
        group.value,
        "This database uses the default parameter group, which cannot be changed: the first change needs a restart.",
    )
