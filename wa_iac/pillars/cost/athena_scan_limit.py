"""# Athena workgroup has no limit on the data that one query reads

## Why

Athena bills the bytes that a query reads. One query without a condition on the partitions can read a whole data lake, and nobody notices
before the bill comes. A limit cancels such a query.

## What it checks

The rule reports a workgroup for SQL without `BytesScannedCutoffPerQuery`, if no alarm here watches a metric of Athena.

## What is left out

Workgroups that are disabled or that run Apache Spark, which bills time instead. A unit with an alarm on a metric of `AWS/Athena`, which
is the other way to notice large queries.

## Non-compliant

```yaml
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      WorkGroupConfiguration:  # finding
        PublishCloudWatchMetricsEnabled: true
```

```hcl
resource "aws_athena_workgroup" "reports" { # finding
  name = "reports"
}
```

## Compliant

```yaml
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      WorkGroupConfiguration:
        BytesScannedCutoffPerQuery: 1000000000000
```

```hcl
resource "aws_athena_workgroup" "reports" {
  name = "reports"
}

resource "aws_cloudwatch_metric_alarm" "scanned" {
  alarm_name          = "athena-scanned"
  namespace           = "AWS/Athena"
  metric_name         = "ProcessedBytes"
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = 1000000000000
  comparison_operator = "GreaterThanThreshold"

  dimensions = {
    WorkGroup = aws_athena_workgroup.reports.name
  }
}
```

## Not applicable

```yaml
Resources:
  Old:  # not applicable: it is disabled
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: old
      State: DISABLED
```

```hcl
resource "aws_athena_workgroup" "notebooks" { # not applicable: Apache Spark
  name = "notebooks"

  configuration {
    execution_role = "arn:aws:iam::111122223333:role/notebooks"

    engine_version {
      selected_engine_version = "PySpark engine version 3"
    }
  }
}
```

## Undecided

The result is undecided if the setting is not known before deployment.

```yaml
Parameters:
  State:
    Type: String
Resources:
  Reports:
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: reports
      State: !Ref State  # undecided: parameter "State" has no default
```

```hcl
variable "state" {
  type = string
}

resource "aws_athena_workgroup" "reports" {
  name  = "reports"
  state = var.state # undecided: var.state has no default
}
```

## Sources

- [Configure per-query and per-workgroup data usage controls](https://docs.aws.amazon.com/athena/latest/ug/workgroups-setting-control-limits-cloudwatch.html), read on 2026-11-29
"""

from wa_iac.aws.athena import WorkGroup
from wa_iac.aws.cloudwatch import Alarm
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, exempt, require, rule
from wa_iac.core.value import Value


@rule(
    practices=["COST02-BP05"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    convention=True,
    remedy=Remedy(
        cfn={"WorkGroupConfiguration": {"BytesScannedCutoffPerQuery": 1_000_000_000_000}},
        tf={"configuration": {"bytes_scanned_cutoff_per_query": 1_000_000_000_000}},
        decision="Choose a limit above what the largest query reads that should succeed. The code says a terabyte.",
    ),
)
def check(group: WorkGroup, graph: Graph) -> Flags:
    exempt(group.is_disabled(), "it is disabled")
    exempt(group.runs_spark(), "it runs Apache Spark, which is billed by time")
    accept(graph.once(_has_alarm))
    yield from require(
        group.scan_limit,
        "Nothing limits how much one query of this workgroup reads, and Athena bills every byte.",
    )


def _has_alarm(graph: Graph) -> Value[bool]:
    """Whether an alarm watches a metric of Athena."""
    return any_of(holds(each.namespace, lambda namespace: namespace == "AWS/Athena") for each in graph.of(Alarm))
