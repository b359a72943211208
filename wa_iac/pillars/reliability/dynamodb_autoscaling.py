"""# DynamoDB table has provisioned capacity without auto scaling

## Why

A table with provisioned capacity rejects every request beyond it. Without auto scaling, peaks in traffic are throttled, and quiet nights
are paid in full.

On-demand capacity needs no planning; auto scaling follows a target utilization.

With on-demand capacity, DynamoDB refuses a capacity, also that of an index: remove both.

## What it checks

The rule checks tables with provisioned capacity. It reports a table whose reads or writes nothing scales. Reads and writes scale
separately. Each needs a scalable target with a policy or a schedule: a target alone only sets limits ("Register a scalable target",
Application Auto Scaling User Guide). A target with equal limits or with suspended scaling does not scale either.

The finding is advice, of low severity, for a table that locks Terraform's state (partition key `LockID`, or its name), and for a table with at most 10 read
and 10 write units and no global secondary index: it costs some dollars a month, or nothing.
The finding is advice in a file of a workshop, a demonstration, or an environment for development or tests, by its path, and for anything that is
not for production, by its names or tags.

## What is left out

A table with on-demand capacity is accepted. A table whose capacity Terraform ignores (`ignore_changes`) is not checked: something else sets it. The rule does not look at the capacity of global secondary indexes, or at how high the limits
are. The result is undecided if a module that is not installed gets the table, and scales something by its name, source or arguments.

## Non-compliant

```yaml
Resources:
  Orders:  # finding
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput:
        ReadCapacityUnits: 5
        WriteCapacityUnits: 5
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  billing_mode   = "PROVISIONED" # finding
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  billing_mode   = "PROVISIONED" # finding
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "writes" { # limits, but nothing scales
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```yaml
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      ProvisionedThroughput:
        ReadCapacityUnits: 5
        WriteCapacityUnits: 5
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
  Reads:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties: &limits
      ServiceNamespace: dynamodb
      ResourceId: !Sub table/${Orders}
      ScalableDimension: dynamodb:table:ReadCapacityUnits
      MinCapacity: 5
      MaxCapacity: 100
  ReadsFollow:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: reads
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Reads
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 70
        PredefinedMetricSpecification: { PredefinedMetricType: DynamoDBReadCapacityUtilization }
  Writes:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      <<: *limits
      ScalableDimension: dynamodb:table:WriteCapacityUnits
  WritesFollow:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: writes
      PolicyType: TargetTrackingScaling
      ScalingTargetId: !Ref Writes
      TargetTrackingScalingPolicyConfiguration:
        TargetValue: 70
        PredefinedMetricSpecification: { PredefinedMetricType: DynamoDBWriteCapacityUtilization }
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_appautoscaling_target" "orders" {
  for_each           = toset(["Read", "Write"])
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:${each.key}CapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "orders" {
  for_each           = aws_appautoscaling_target.orders
  name               = each.key
  policy_type        = "TargetTrackingScaling"
  service_namespace  = each.value.service_namespace
  resource_id        = each.value.resource_id
  scalable_dimension = each.value.scalable_dimension
  target_tracking_scaling_policy_configuration {
    target_value = 70
    predefined_metric_specification {
      predefined_metric_type = "DynamoDB${each.key}CapacityUtilization"
    }
  }
}
```

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Not applicable

```hcl
resource "aws_dynamodb_table" "orders" { # not applicable: something else sets its capacity
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 50
  write_capacity = 50
  hash_key       = "id"
  attribute {
    name = "id"
    type = "S"
  }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}
```

## Undecided

The result is undecided if `BillingMode` or `billing_mode` is not known before deployment.

```yaml
Parameters:
  BillingMode:
    Type: String
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: !Ref BillingMode  # undecided: parameter "BillingMode" has no default
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```hcl
variable "billing_mode" {
  type = string
}

resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  hash_key       = "id"
  billing_mode   = var.billing_mode # undecided: var.billing_mode has no default
  read_capacity  = 5
  write_capacity = 5

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Sources

- [Managing throughput capacity automatically with DynamoDB auto scaling - Amazon DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling), read on 2026-11-29
- [2- Provisioned throughput exceeded](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/throttling-provisioned-capacity-exceeded-mitigation.html), read on 2026-11-29
"""

from dataclasses import replace
from typing import Final

from wa_iac.aws.applicationautoscaling import ScalableTarget, targets_of
from wa_iac.aws.dynamodb import Table
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, exempt, flag, rule, settled
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.called import called
from wa_iac.knowledge.unread_modules import made_by_module
from wa_iac.pillars.judgements.workshops import where_needed

_SCALES: Final = late(r"scal(?:e|ing)")
"""How a module is called that scales something."""

_LOCKS: Final = late(r"\b(?:state|terraform|tf|tfstate) locks?\b|\block (?:state|terraform|tf)\b|\bvault\b")
"""How a table is called that locks Terraform's state, where its key is given from outside, or that holds what Vault stores: little, and read from
its own cache."""
_EVEN: Final = "If the load is even and high, auto scaling of the capacity costs less than this."
_REMEDY: Final = Remedy(
    cfn={"BillingMode": "PAY_PER_REQUEST"},
    tf={"billing_mode": "PAY_PER_REQUEST"},
    of={"AWS::Serverless::SimpleTable": ""},
    removes=("ProvisionedThroughput", "read_capacity", "write_capacity"),
    decision=_EVEN,
)


_BESIDE_TARGETS: Final = Remedy(
    decision="It has scalable targets already. Give each of its reads and its writes a scalable target with different limits and a policy that "
    "follows the use. Or let the table have on-demand capacity (PAY_PER_REQUEST), without the targets, their policies and all numbers of units."
)


def _with_indexes(table: Table, graph: Graph) -> Remedy | None:
    """The remedy for a table whose indexes have a capacity of their own. DynamoDB refuses it together with on-demand capacity
    ("CreateTable", Amazon DynamoDB API Reference)."""
    if any(True for _ in targets_of(table, graph)):
        return _BESIDE_TARGETS
    written = [
        each for index in table.indexes for each in (index.read_capacity, index.write_capacity) if not isinstance(each, Absent)
    ]
    if not written:
        return None
    names = "ProvisionedThroughput" if table.as_cloudformation else "read_capacity and write_capacity"
    given = table.dialect == "terraform" and any(each.origin.chain for each in written)
    return replace(
        _REMEDY,
        decision=f"Its global secondary indexes have a capacity of their own: also remove {names} there"
        f"{', unless an expression gives null then' if given else ''}, since on-demand capacity includes the indexes. {_EVEN}",
    )


DIMENSIONS = {"reads": "dynamodb:table:ReadCapacityUnits", "writes": "dynamodb:table:WriteCapacityUnits"}


@rule(
    practices=["REL07-BP01", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    remedy=replace(_REMEDY, given=_with_indexes),
    equivalents={
        "checkov": ["CKV2_AWS_16"],
        "cdk_nag": ["DynamoDBAutoScalingEnabled"],
        "guard": ["DYNAMODB_AUTOSCALING_ENABLED"],
        "config": ["DYNAMODB_AUTOSCALING_ENABLED"],
        "security_hub": ["DynamoDB.1"],
    },
)
def check(table: Table, graph: Graph) -> Flags:
    yield from where_needed(table, _judge(table, graph), table.tags, graph)


def _judge(table: Table, graph: Graph) -> Flags:
    mode = table.billing_mode
    accept(settled(mode) != Known("PROVISIONED"))
    exempt(table.ignores("read_capacity") and table.ignores("write_capacity"), "something else sets its capacity")
    moves = {kind: any_of(_moves(table, target, kind, graph) for target in targets_of(table, graph)) for kind in DIMENSIONS}
    fixed = [kind for kind, answer in moves.items() if not isinstance(answer, Unknown) and answer != Known(True)]
    if not fixed:
        all_known(*moves.values())
        return
    all_known(made_by_module(table, graph, _SCALES, "a policy that scales it"))
    what = "capacity" if len(fixed) == len(DIMENSIONS) else f"capacity for {fixed[0]}"
    small = table.is_small() or any(_LOCKS.search(name) is not None for name in called(table, table.tags))
    yield flag(
        mode,
        f"The {what} of this table is fixed: requests beyond it are throttled, and unused capacity is paid for.",
        severity=Severity.LOW if small else None,
        confidence=Confidence.MEDIUM if small else None,
    )


def _moves(table: Table, target: ScalableTarget, kind: str, graph: Graph) -> Value[bool]:
    """Whether a target changes the table's capacity of a kind."""
    about = holds(target.dimension, lambda dimension: dimension == DIMENSIONS[kind])
    return all_of((Known(True) if isinstance(target.dimension, Absent) else about, target.moves_with(table, graph)))
