"""# Neptune cluster exports no audit log

## Why

The audit log says which queries ran, from which host, and with which IAM identity. Without it, nobody can find out afterwards what an intruder read
or changed in the graph.

## What it checks

The rule reports a cluster that does not export the log `audit` to CloudWatch Logs.

## What is left out

The rule does not look at the parameter `neptune_enable_audit_log`, which has to be on too. It is in the profile `all`: a team decides once about such
logs.

## Non-compliant

```yaml
Resources:
  Friends:  # finding
    Type: AWS::Neptune::DBCluster
    Properties:
      StorageEncrypted: true
```

```hcl
resource "aws_neptune_cluster" "friends" {
  cluster_identifier             = "friends"
  enable_cloudwatch_logs_exports = ["slowquery"] # finding
}
```

## Compliant

```yaml
Resources:
  Friends:
    Type: AWS::Neptune::DBCluster
    Properties:
      EnableCloudwatchLogsExports:
        - audit
```

```hcl
resource "aws_neptune_cluster" "friends" {
  cluster_identifier             = "friends"
  enable_cloudwatch_logs_exports = ["audit", "slowquery"]
}
```

## Undecided

The result is undecided if the exports are not known before deployment.

```yaml
Parameters:
  Logs:
    Type: CommaDelimitedList
Resources:
  Friends:
    Type: AWS::Neptune::DBCluster
    Properties:
      EnableCloudwatchLogsExports: !Ref Logs  # undecided: parameter "Logs" has no default
```

```hcl
variable "logs" {
  type = list(string)
}

resource "aws_neptune_cluster" "friends" {
  cluster_identifier             = "friends"
  enable_cloudwatch_logs_exports = var.logs # undecided: var.logs has no default
}
```

## Sources

- [neptune-cluster-cloudwatch-log-export-enabled - AWS Config](https://docs.aws.amazon.com/config/latest/developerguide/neptune-cluster-cloudwatch-log-export-enabled.html), read on 2026-11-29
- [AWS-EnableNeptuneDbAuditLogsToCloudWatch - AWS Systems Manager Automation Runbook Reference](https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide/AWS-EnableNeptuneDbAuditLogsToCloudWatch.html), read on 2026-11-29
"""

from wa_iac.aws.neptune import Cluster
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
        tf={"enable_cloudwatch_logs_exports": ["audit"]},
        decision="Also set neptune_enable_audit_log to 1 in the cluster's parameter group and restart the instances, or the log stays empty.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_101"],
        "trivy": ["AVD-AWS-0075"],
        "config": ["NEPTUNE_CLUSTER_CLOUDWATCH_LOG_EXPORT_ENABLED"],
        "security_hub": ["Neptune.2"],
    },
)
def check(cluster: Cluster) -> Flags:
    yield from audit_log(
        cluster, "This cluster exports no audit log, which would tell who read the graph, and what they changed."
    )
