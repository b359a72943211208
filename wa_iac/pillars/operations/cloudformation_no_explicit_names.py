"""# Resource has a fixed name that prevents a second copy or a replacement

## Why

A name must be unique in an account and Region, in an account or, for a bucket, in the world. With a fixed name, you cannot
deploy the template a second time beside the first, to try something out or to test a change. An update that has to replace the
resource fails, because the old resource still has the name.

## What it checks

In CloudFormation, the rule reports a fixed name only if the same template builds other names from its parameters or from the
stack name, which shows that a second copy is wanted. In Terraform, it reports a fixed name together with
`create_before_destroy`: the replacement cannot be created while the old resource has the name.

## What is left out

A fixed name alone is not a fault. Names of functions that begin with `CodeDeployHook_` are accepted, because CodeDeploy's managed role may
invoke only these.

## Non-compliant

```yaml
Parameters:
  Stage:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub orders-${Stage}
  Customers:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: customers  # finding
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions:
        - AttributeName: id
          AttributeType: S
      KeySchema:
        - AttributeName: id
          KeyType: HASH
```

```hcl
resource "aws_iam_role" "orders" {
  name               = "orders" # finding
  assume_role_policy = "{}"

  lifecycle {
    create_before_destroy = true
  }
}
```

## Compliant

```yaml
Parameters:
  Stage:
    Type: String
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: !Sub orders-${Stage}
  Customers:
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

```hcl
resource "aws_iam_role" "orders" {
  name_prefix        = "orders-"
  assume_role_policy = "{}"

  lifecycle {
    create_before_destroy = true
  }
}
```

## Sources

- [CloudFormation resource custom naming - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html), read on 2026-11-29
- [Name type - AWS CloudFormation](https://docs.aws.amazon.com/en_us/AWSCloudFormation/latest/UserGuide/aws-properties-name.html), read on 2026-11-29
"""

from typing import Final

from wa_iac.core.binding import root, value_at
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, flag, rule
from wa_iac.core.value import Absent, Known
from wa_iac.knowledge.explicit_names import is_literal, names

_HOOK: Final = "CodeDeployHook_"
"""What the names of functions must begin with that CodeDeploy's managed role may invoke."""


@rule(
    practices=["REL08-BP04"],
    severity=Severity.LOW,
    convention=True,
    confidence=Confidence.MEDIUM,
    remedy=Remedy(
        cfn="!Sub ${AWS::StackName}-<its name>",
        tf='name_prefix = "orders-"',
        of={"aws_db_instance": 'identifier_prefix = "orders-"'},
    ),
    equivalents={"guard": ["CFN_NO_EXPLICIT_RESOURCE_NAMES"], "cfn_nag": ["W28"]},
)
def check(graph: Graph) -> Flags:
    named = list(names(graph))
    several = any(not is_literal(name) and not isinstance(name, Absent) for _, name in named)
    for holder, name in named:
        if not is_literal(name):
            continue
        if holder.dialect == "terraform":
            if value_at(root(holder.declared), "@lifecycle.create_before_destroy") == Known(True):
                yield flag(
                    name,
                    "Terraform creates the replacement while the old resource still has this name: that fails.",
                    resource=holder,
                )
        elif several and not (isinstance(name, Known) and str(name.value).startswith(_HOOK)):
            yield flag(
                name,
                "Other names here are built from parameters, but this one is fixed: a second copy of the stack cannot be "
                "deployed next to the first.",
                resource=holder,
            )
