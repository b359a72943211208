"""# RDS database has no Enhanced Monitoring

## Why

CloudWatch's metrics of a database come from the hypervisor, once a minute. When the database is slow or runs out of memory, they do not
show which process of the operating system takes the processor, the memory or the disk. Enhanced Monitoring records that every few
seconds, and keeps it in CloudWatch Logs.

## What it checks

The rule looks at the interval of Enhanced Monitoring of each instance, and of each member of a cluster. It reports an interval of 0,
which is also AWS's default.

## What is left out

RDS Custom has no Enhanced Monitoring. A member's monitoring may also be set at its cluster, which counts.

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
resource "aws_db_instance" "orders" { # finding
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
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
      MonitoringInterval: 60
      MonitoringRoleArn: arn:aws:iam::111122223333:role/rds-monitoring
```

```hcl
resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  monitoring_interval = 60
  monitoring_role_arn = "arn:aws:iam::111122223333:role/rds-monitoring"
}
```

## Not applicable

```yaml
Resources:
  Custom:  # not applicable: RDS Custom
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: custom-oracle-ee
      DBInstanceClass: db.m5.large
      AllocatedStorage: "100"
```

## Undecided

The result is undecided if the interval is not known before deployment.

```yaml
Parameters:
  Interval:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
      AllocatedStorage: "100"
      MonitoringInterval: !Ref Interval  # undecided: parameter "Interval" has no default
```

```hcl
variable "interval" {
  type = number
}

resource "aws_db_instance" "orders" {
  engine              = "postgres"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  monitoring_interval = var.interval # undecided: var.interval has no default
}
```

## Sources

- [monitoringInterval, CreateDBInstanceRequest](https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/rds/aws.sdk.kotlin.services.rds.model/-create-db-instance-request/monitoring-interval.html), read on 2026-11-29
- [rds-enhanced-monitoring-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/rds-enhanced-monitoring-enabled.md), read on 2026-11-29
"""

from wa_iac.aws.rds import ClusterInstance, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known


@rule(
    practices=["REL06-BP01", "PERF03-BP03"],
    severity=Severity.LOW,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"MonitoringInterval": 60, "MonitoringRoleArn": "<the role's ARN>"},
        tf={"monitoring_interval": 60, "monitoring_role_arn": "<the role's ARN>"},
        decision="The role is for monitoring.rds.amazonaws.com, with the managed policy AmazonRDSEnhancedMonitoringRole.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_118"],
        "cdk_nag": ["RDSEnhancedMonitoringEnabled"],
        "guard": ["RDS_ENHANCED_MONITORING_ENABLED"],
        "config": ["RDS_ENHANCED_MONITORING_ENABLED"],
        "security_hub": ["RDS.6"],
    },
)
def check(database: Instance | ClusterInstance, graph: Graph) -> Flags:
    del graph
    if isinstance(database, Instance):
        exempt(database.is_custom(), "RDS Custom has no Enhanced Monitoring")
    interval = settled(database.monitoring_interval)
    if interval not in (Known(0), Absent()):
        return
    for cluster in database.cluster:
        if settled(cluster.monitoring_interval) not in (Known(0), Absent()):
            return
    all_known(database.cluster.unknown)
    yield flag(
        interval,
        "This database has no Enhanced Monitoring, which would show which process takes the processor, the memory or the disk.",
    )
