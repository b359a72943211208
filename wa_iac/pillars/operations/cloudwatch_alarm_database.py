"""# RDS database or DynamoDB table has no alarm

## Why

A full disk, exhausted connections and throttled requests appear in CloudWatch long before the database stops. An alarm notifies you of
them.

## What it checks

The rule checks only templates and modules that have health alarms, themselves or in the module that calls them, because a resource
without one was probably forgotten there. Alarms of tests do not count.

There, it reports a database instance, a cluster or a table without an alarm. Any alarm with dimensions that name the database counts. For
an instance of a cluster, an alarm on the cluster also counts; for a table, an alarm on all of `AWS/DynamoDB`.

## What is left out

If there is no alarm with an action, other than to scale something, another template or tool may monitor the resource. The result is undecided if a file of the repository makes
monitors of another service (Datadog, New Relic, Grafana, SignalFx, Dynatrace), which also reads AWS's metrics.
It is also undecided where an application of CloudWatch Application Insights configures what it finds: it makes alarms of its own. An instance that names a cluster is not checked, because
its cluster is checked instead.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: postgres
      DBInstanceClass: db.m7g.large
  Failed:
    Type: AWS::SQS::Queue
  FailedAlarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/SQS
      MetricName: ApproximateNumberOfMessagesVisible
      Dimensions: [{ Name: QueueName, Value: !GetAtt Failed.QueueName }]
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: 0
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_dynamodb_table" "carts" { # finding
  name         = "carts"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/RDS"
  metric_name         = "FreeStorageSpace"
  dimensions          = { DBInstanceIdentifier = aws_db_instance.orders.identifier }
  statistic           = "Minimum"
  period              = 300
  evaluation_periods  = 3
  threshold           = 10737418240
  comparison_operator = "LessThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
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
  OrdersStorage:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/RDS
      MetricName: FreeStorageSpace
      Dimensions: [{ Name: DBInstanceIdentifier, Value: !Ref Orders }]
      Statistic: Minimum
      Period: 300
      EvaluationPeriods: 3
      Threshold: 10737418240
      ComparisonOperator: LessThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = "orders" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Not applicable

```yaml
Resources:
  Orders:  # not applicable: alarms that are declared elsewhere
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  Ledger:  # not applicable: alarms that are declared elsewhere
    Type: AWS::RDS::DBCluster
    Properties:
      Engine: aurora-mysql
  First:  # not applicable: its cluster is checked instead
    Type: AWS::RDS::DBInstance
    Properties:
      Engine: aurora-mysql
      DBInstanceClass: db.r7g.large
      DBClusterIdentifier: !Ref Ledger
```

```hcl
resource "aws_dynamodb_table" "orders" { # not applicable: alarms that are declared elsewhere
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Undecided

The result is undecided if `DBInstanceIdentifier` or `identifier` is not known before deployment.

```yaml
Parameters:
  Database:
    Type: String
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties:
      DBInstanceIdentifier: !Ref Database  # undecided: parameter "Database" has no default
      Engine: postgres
      DBInstanceClass: db.m7g.large
  OrdersStorage:
    Type: AWS::CloudWatch::Alarm
    Properties:
      Namespace: AWS/RDS
      MetricName: FreeStorageSpace
      Dimensions: [{ Name: DBInstanceIdentifier, Value: orders }]
      Statistic: Sum
      Period: 60
      EvaluationPeriods: 5
      Threshold: 1
      ComparisonOperator: GreaterThanThreshold
      AlarmActions: [arn:aws:sns:eu-west-1:111122223333:alarms]
```

```hcl
variable "identifier" {
  type = string
}

resource "aws_db_instance" "orders" {
  identifier     = var.identifier # undecided: var.identifier has no default
  engine         = "postgres"
  instance_class = "db.m7g.large"
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders"
  namespace           = "AWS/RDS"
  metric_name         = "CPUUtilization"
  dimensions          = { DBInstanceIdentifier = "orders" }
  statistic           = "Average"
  period              = 300
  evaluation_periods  = 3
  threshold           = 90
  comparison_operator = "GreaterThanThreshold"
  alarm_actions       = ["arn:aws:sns:eu-west-1:111122223333:alarms"]
}
```

## Sources

- [Best practice alarm recommendations for AWS services - Amazon CloudWatch](https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Best-Practice-Alarms.html), read on 2026-11-29
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from wa_iac.aws.dynamodb import Table
from wa_iac.aws.rds import Cluster, ClusterInstance, Instance
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, exempt, rule
from wa_iac.pillars.judgements.alarms import alarm, judge

_OF_INSTANCE = alarm(
    "AWS/RDS",
    "FreeStorageSpace",
    "DBInstanceIdentifier: !Ref <this database>",
    "DBInstanceIdentifier = <this database>.identifier",
    statistic="Minimum",
    below=10_737_418_240,
)


def _alarm(database: Instance | Cluster | Table, graph: Graph) -> Remedy | None:
    """An alarm on what runs out first in this kind of database."""
    del graph
    match database:
        case Instance():
            return None
        case Cluster():
            cfn, tf = "DBClusterIdentifier: !Ref <this cluster>", "DBClusterIdentifier = <this cluster>.cluster_identifier"
            return alarm("AWS/RDS", "CPUUtilization", cfn, tf, statistic="Average", above=80)
        case Table():
            return alarm("AWS/DynamoDB", "ReadThrottleEvents", "TableName: !Ref <this table>", "TableName = <this table>.name")


@rule(
    practices=["OPS08-BP04", "REL11-BP01", "PERF03-BP03"],
    severity=Severity.MEDIUM,
    confidence=Confidence.LOW,
    remedy=replace(_OF_INSTANCE, given=_alarm),
    equivalents={"config": ["CLOUDWATCH_ALARM_RESOURCE_CHECK"]},
)
def check(database: Instance | Cluster | Table, graph: Graph) -> Flags:
    match database:
        case Table():
            message = (
                "No alarm here watches this table, though other resources have alarms: nothing here reports that its requests are "
                "throttled or fail."
            )
            yield from judge(database, graph, message, namespace="AWS/DynamoDB")
            return
        case Instance():
            referred = graph.referred(database.declared.body)
            exempt(any(each.type in Cluster.types() for each in referred), "its cluster is checked instead")
            members: Sequence[Resource] = ()
        case Cluster():
            members = graph.once(_members).get(id(database.declared), ())
    message = (
        "No alarm here watches this database, though other resources have alarms: nothing here reports that its storage or "
        "connections run out."
    )
    yield from judge(database, graph, message, also=members)


def _members(graph: Graph) -> dict[int, list[Resource]]:
    """The instances that name a cluster, or anything else, by the `id` of its declaration."""
    found: dict[int, list[Resource]] = defaultdict(list)
    for cls in (Instance, ClusterInstance):
        for each in graph.of(cls):
            for declared in graph.referred(each.declared.body):
                found[id(declared)].append(each)
    return found
