"""# Table has a fixed capacity that nothing adjusts

A table with provisioned capacity refuses every request beyond it. Without autoscaling, a peak in traffic is throttled, and a
quiet night is paid for in full.

On-demand capacity needs no planning; autoscaling follows a target of utilisation. Both tables and their secondary indexes
count: the rule is satisfied where Application Auto Scaling knows the table.

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
  Writes:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: dynamodb
      ResourceId: !Sub table/${Orders}
      ScalableDimension: dynamodb:table:WriteCapacityUnits
      MinCapacity: 5
      MaxCapacity: 100
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

resource "aws_appautoscaling_target" "writes" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
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
"""

from collections.abc import Iterator

from wa_iac.aws.applicationautoscaling import ScalableTarget
from wa_iac.aws.dynamodb import Table
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule, undecided
from wa_iac.core.value import Absent, Known, Unknown


@rule(
    practices=["REL07-BP01", "REL10-BP01", "PERF02-BP05", "COST09-BP03", "SUS02-BP01"],
    severity=Severity.MEDIUM,
    remedy=Remedy(
        cfn="BillingMode: PAY_PER_REQUEST",
        tf='billing_mode = "PAY_PER_REQUEST"',
        of={"AWS::Serverless::SimpleTable": "# no ProvisionedThroughput: a SimpleTable is then billed by request"},
    ),
    equivalents={
        "checkov": ["CKV2_AWS_16"],
        "cdk_nag": ["DynamoDBAutoScalingEnabled"],
        "guard": ["DYNAMODB_AUTOSCALING_ENABLED"],
        "config": ["DYNAMODB_AUTOSCALING_ENABLED"],
    },
)
def check(table: Table, graph: Graph) -> Iterator[Flag]:
    match table.billing_mode:
        case Known("PROVISIONED") as value:
            pass
        case Unknown() as value:
            yield undecided(value)
            return
        case Known() | Absent():
            return
    doubt: Unknown | None = None
    for target in graph.of(ScalableTarget):
        match _scales(table, target, graph):
            case Known(True):
                return
            case Unknown() as why:
                doubt = why
            case Known() | Absent():
                pass
    if doubt is not None:
        yield undecided(doubt)
        return
    yield flag(
        value, "The capacity of this table is fixed: a peak beyond it is throttled, and a quiet night is paid for in full."
    )


def _scales(table: Table, target: ScalableTarget, graph: Graph) -> Known[bool] | Unknown:
    """Whether a target adjusts the table or one of its indexes."""
    wanted = target.resource_id
    if any(table.declared in graph.at(reference.address) for reference in references(wanted)):
        return Known(True)
    match wanted, table.name:
        case Known(text), Known(name):
            return Known(text == f"table/{name}" or text.startswith(f"table/{name}/"))
        case (Unknown() as why, _) | (Known(), Unknown() as why) if target.namespace in (Known("dynamodb"), Absent()):
            return Known(False) if why is wanted and why.origin.references else why
        case _:
            return Known(False)
