"""# DocumentDB cluster exports no audit log

## Why

The audit log says who signed in to the database, and which collections and users were made or deleted. Without it, nobody can find out afterwards what an intruder
did.

## What it checks

The rule reports a cluster that does not export the log `audit` to CloudWatch Logs, and one that does, but has a parameter group here in which
`audit_logs` is off: it is `disabled` by default.

## What is left out

Parameter groups that are declared elsewhere, and the default ones. The rule is in the profile `all`: a team decides once about such logs.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DocDB::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier              = "orders"
  enabled_cloudwatch_logs_exports = ["profiler"] # finding
}
```

```hcl
resource "aws_docdb_cluster_parameter_group" "orders" {
  family = "docdb5.0"

  parameter {
    name  = "audit_logs"
    value = "disabled" # finding: the log stays empty
  }
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier              = "orders"
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.orders.name
  enabled_cloudwatch_logs_exports = ["audit"]
}
```

## Compliant

```yaml
Resources:
  Settings:
    Type: AWS::DocDB::DBClusterParameterGroup
    Properties:
      Description: orders
      Family: docdb5.0
      Parameters:
        audit_logs: enabled
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      DBClusterParameterGroupName: !Ref Settings
      EnableCloudwatchLogsExports:
        - audit
```

```hcl
resource "aws_docdb_cluster" "orders" {
  cluster_identifier              = "orders"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]
}
```

## Undecided

The result is undecided if the exports are not known before deployment.

```yaml
Parameters:
  Logs:
    Type: CommaDelimitedList
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
      EnableCloudwatchLogsExports: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "logs" {
  type = list(string)
}

resource "aws_docdb_cluster" "orders" {
  cluster_identifier              = "orders"
  enabled_cloudwatch_logs_exports = var.logs # undecided: var.logs has no default
}
```

## Sources

- [Amazon DocumentDB cluster parameters reference - Amazon DocumentDB](https://docs.aws.amazon.com/documentdb/latest/developerguide/cluster_parameter_groups-list_of_parameters.html), read on 2026-11-29
- [Auditing Amazon DocumentDB events](https://docs.aws.amazon.com/documentdb/latest/developerguide/event-auditing.html), read on 2026-11-29
- [aws_docdb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster), read on 2026-11-29
"""

from typing import Final

from wa_iac.aws.docdb import Cluster, ClusterParameterGroup
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, flag, rule, settled
from wa_iac.core.value import Absent, Known
from wa_iac.pillars.judgements.cluster_databases import audit_log

_OFF: Final = ("disabled", "none")
_IN_GROUP: Final = Remedy(
    of={
        "AWS::DocDB::DBClusterParameterGroup": {"Parameters": {"audit_logs": "enabled"}},
        "aws_docdb_cluster_parameter_group": {"parameter[]": {"value": "enabled"}},
    },
    decision="Set the parameter audit_logs to enabled in the parameter group of the cluster.",
)


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"EnableCloudwatchLogsExports": ["audit"]},
        tf={"enabled_cloudwatch_logs_exports": ["audit"]},
        decision="Also set the parameter audit_logs to enabled in the cluster's parameter group, or the log stays empty.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_85"],
        "trivy": ["AVD-AWS-0020"],
        "cdk_nag": ["AwsSolutions-DOC5"],
        "config": ["DOCDB_CLUSTER_AUDIT_LOGGING_ENABLED"],
        "security_hub": ["DocumentDB.4"],
    },
)
def check(cluster: Cluster) -> Flags:
    exports = cluster.log_exports.value if isinstance(cluster.log_exports, Known) else []
    if Known("audit") in exports:
        for group in cluster.parameter_group:
            yield from _judge(group, cluster)
        all_known(cluster.parameter_group.unknown)
        return
    yield from audit_log(cluster, "This cluster exports no audit log, which would tell who signed in, and what they changed.")


def _judge(group: ClusterParameterGroup, cluster: Cluster) -> Flags:
    setting = settled(group.setting("audit_logs"))
    if isinstance(setting, Absent) or setting.value in _OFF:
        yield flag(
            setting,
            "This cluster exports its audit log, but the parameter audit_logs is off in its parameter group: the log stays empty.",
            resource=cluster,
            instead=_IN_GROUP,
        )
