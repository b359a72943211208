"""# Redshift data warehouse keeps no audit logs

## Why

Audit logs say who signed in to the data warehouse, from where, and which users were changed. Redshift's own tables of these events are kept for a few
days only. Without the logs, nobody can find out afterwards who was connected at the time of an incident.

## What it checks

The rule reports a cluster without logging: `LoggingProperties` in CloudFormation, a resource `aws_redshift_logging` (or the older block `logging`) in
Terraform. It also reports a namespace of Redshift Serverless that exports no log, as a milder finding. The finding is
advice in a file of a workshop or a demonstration, by its path.

## What is left out

The rule accepts logs in S3 and in CloudWatch Logs. It does not ask for the log of all queries (`useractivitylog`), which says what people did: for
a cluster, the parameter `enable_user_activity_logging` turns it on. If its parameter group does so, the remedy exports this log too.

## Non-compliant

```yaml
Resources:
  Sales:  # finding
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
```

```hcl
resource "aws_redshift_cluster" "sales" { # finding
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
}
```

```hcl
resource "aws_redshiftserverless_namespace" "sales" { # finding
  namespace_name = "sales"
}
```

## Compliant

```yaml
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      LoggingProperties:
        LogDestinationType: cloudwatch
        LogExports:
          - connectionlog
          - userlog
```

```hcl
resource "aws_redshift_cluster" "sales" {
  cluster_identifier     = "sales"
  node_type              = "ra3.large"
  master_username        = "root_user"
  manage_master_password = true
}

resource "aws_redshift_logging" "sales" {
  cluster_identifier   = aws_redshift_cluster.sales.id
  log_destination_type = "cloudwatch"
  log_exports          = ["connectionlog", "userlog"]
}
```

## Undecided

The result is undecided if it is not known before deployment whether logs are kept.

```yaml
Parameters:
  Bucket:
    Type: String
Conditions:
  Logged: !Not [!Equals [!Ref Bucket, ""]]
Resources:
  Sales:
    Type: AWS::Redshift::Cluster
    Properties:
      ClusterType: single-node
      DBName: sales
      MasterUsername: root_user
      ManageMasterPassword: true
      NodeType: ra3.large
      LoggingProperties:
        Fn::If:
          - Logged
          - BucketName: !Ref Bucket
          - !Ref AWS::NoValue  # undecided: Fails when Bucket is
```

```hcl
variable "logs" {
  type = list(string)
}

resource "aws_redshiftserverless_namespace" "sales" {
  namespace_name = "sales"
  log_exports    = var.logs # undecided: var.logs has no default
}
```

## Sources

- [Database audit logging - Amazon Redshift](https://docs.aws.amazon.com/redshift//latest/mgmt/db-auditing.html), read on 2026-11-29
- [Security Hub CSPM controls for Amazon Redshift](https://docs.amazonaws.cn/en_us/securityhub/latest/userguide/redshift-controls.md), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.redshift import Cluster, Namespace
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.presence import given
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.provider_versions import newest_major
from wa_iac.pillars.judgements.workshops import where_it_lasts, where_operated

_WITH_RESOURCE: Final = 5
"""The major version of the provider that has a resource for the logs."""
_QUERIES: Final = "enable_user_activity_logging"
"""The parameter without which there is no log of queries to export ("Database audit logging", Amazon Redshift Management Guide)."""


_LOGS: Final = Remedy(
    cfn="LoggingProperties:\n  LogDestinationType: cloudwatch\n  LogExports:\n    - connectionlog\n    - userlog",
    of={
        "AWS::RedshiftServerless::Namespace": "LogExports:\n  - connectionlog\n  - userlog",
        "aws_redshiftserverless_namespace": 'log_exports = ["connectionlog", "userlog"]',
    },
    tf='resource "aws_redshift_logging" "audit" {\n  cluster_identifier   = <this cluster>.id\n  log_destination_type = "cloudwatch"\n'
    '  log_exports          = ["connectionlog", "userlog"]\n}',
    decision="The resource needs version 5.45 of the provider or a newer one.",
)
"""For clusters. The older block is for older versions of the provider."""


_INTO_BUCKET: Final = Remedy(
    tf="logging {\n  enable      = true\n  bucket_name = <a bucket>.id\n}",
    decision="The policy of the bucket has to let redshift.amazonaws.com write (s3:PutObject, s3:GetBucketAcl).",
)
"""For an older block that has a bucket if its module is given one ("Database audit logging", Amazon Redshift Management Guide)."""


def _for_the_provider(warehouse: Cluster | Namespace, graph: Graph) -> Remedy | None:
    if isinstance(warehouse, Namespace):
        return replace(_LOGS, decision="")
    logs = ["connectionlog", "userlog"]
    made = _LOGS
    if _records_queries(warehouse):
        logs.append("useractivitylog")
        made = replace(
            _LOGS,
            cfn=f"{_LOGS.cfn}\n    - useractivitylog",
            tf=str(_LOGS.tf).replace('"userlog"', '"userlog", "useractivitylog"'),
        )
    if warehouse.dialect == "cloudformation":
        return replace(made, decision="")
    if newest_major(graph) < _WITH_RESOURCE and _has_place_for_bucket(warehouse):
        return _INTO_BUCKET
    if newest_major(graph) < _WITH_RESOURCE:
        return Remedy(tf={"logging": {"enable": True, "log_destination_type": "cloudwatch", "log_exports": logs}})
    return replace(made, decision="") if newest_major(graph) > _WITH_RESOURCE else made


def _has_place_for_bucket(cluster: Cluster) -> bool:
    """Whether the older block of a cluster sends the logs to a bucket as soon as one is given."""
    match cluster.declared.body.value.get("logging"):
        case Known([Known(dict() as block)]):
            return isinstance(block.get("bucket_name"), Absent)
        case _:
            return False


def _records_queries(cluster: Cluster) -> bool:
    """Whether its parameter group certainly turns on the log of queries, which then only has to be exported."""
    return any(
        each.name == Known(_QUERIES) and holds(each.value, lambda value: value.lower() in ("true", "1", "on")) == Known(True)
        for group in cluster.parameter_group
        for each in group.parameters
    )


@rule(
    practices=["SEC04-BP01"],
    severity=Severity.MEDIUM,
    confidence=Confidence.MEDIUM,
    remedy=replace(_LOGS, given=_for_the_provider),
    equivalents={
        "checkov": ["CKV_AWS_71"],
        "cdk_nag": ["AwsSolutions-RS5", "RedshiftClusterConfiguration"],
        "guard": ["REDSHIFT_CLUSTER_CONFIGURATION_CHECK"],
        "config": [
            "REDSHIFT_CLUSTER_CONFIGURATION_CHECK",
            "REDSHIFT_AUDIT_LOGGING_ENABLED",
            "REDSHIFT_SERVERLESS_PUBLISH_LOGS_TO_CLOUDWATCH",
        ],
        "security_hub": ["Redshift.4", "RedshiftServerless.6"],
    },
)
def check(warehouse: Cluster | Namespace) -> Flags:
    yield from where_operated(warehouse, where_it_lasts(warehouse, _judge(warehouse)))


def _judge(warehouse: Cluster | Namespace) -> Flags:
    if isinstance(warehouse, Namespace):
        accept(holds(warehouse.log_exports, bool))
        yield flag(
            warehouse.log_exports,
            "This namespace exports no log, which would tell who signed in, and which users were changed.",
            severity=Severity.LOW,
        )
        return
    accept(any_of((given(warehouse.logging), warehouse.logging_block)))
    yield flag(
        warehouse.logging,
        "This cluster keeps no audit logs, which would tell who signed in, from where, and which users were changed.",
    )
