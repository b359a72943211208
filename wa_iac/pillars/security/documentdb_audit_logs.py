"""# DocumentDB cluster exports no audit log

## Why

The audit log says who signed in to the database, and which collections and users were made or deleted. Without it, nobody can find out afterwards what an intruder
did.

## What it checks

The rule reports a cluster that does not export the log `audit` to CloudWatch Logs.

## What is left out

The rule does not look at the parameter `audit_logs`, which has to be on too. It is in the profile `all`: a team decides once about such logs.

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

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DocDB::DBCluster
    Properties:
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
- [aws_docdb_cluster - Terraform AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/docdb_cluster), read on 2026-11-29
"""

from wa_iac.aws.docdb import Cluster
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, rule
from wa_iac.pillars.judgements.cluster_databases import audit_log


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
    yield from audit_log(
        cluster, "This cluster exports no audit log: who signed in, and what they changed, cannot be found out afterwards."
    )
