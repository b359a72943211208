"""# Policy for one kind of resource names them all

## Why

A program that writes to one table needs no right to write to all. With `*` as the resource, an error or an attacker in that program
reaches the data of every other program in the account. Actions on single resources can nearly always name them.

## What it checks

The rule reads statements that allow actions on `*`, without conditions. It reports those with an action of a short, dated list: reading,
writing and deleting in tables, queues, streams, buckets, functions, state machines, instances and databases.

## What is left out

Actions that are not on the list, of which some know no resources. Actions with a wildcard, which other rules judge. Statements that also
read all objects, secrets or parameters: they are reported by another rule. Roles with which CloudFormation makes stacks. Policies that
are only a permissions boundary, and identities with one.

## Non-compliant

```yaml
Resources:
  Orders:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: ["dynamodb:PutItem", "dynamodb:GetItem"]
            Resource: "*"  # finding: write to every table and read every table
```

```hcl
resource "aws_iam_policy" "orders" {
  name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:ListQueues"]
      Resource = "*" # finding: read every queue
    }]
  })
}
```

## Compliant

```yaml
Resources:
  Orders:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: ["dynamodb:PutItem", "dynamodb:GetItem"]
            Resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders
```

```hcl
resource "aws_iam_policy" "orders" {
  name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:ListQueues", Resource = "*" },
      { Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = "arn:aws:sqs:eu-west-1:111122223333:orders" },
    ]
  })
}
```

## Undecided

The result is undecided if a resource is a parameter or a variable as a whole, which may be `*`.

```yaml
Parameters:
  Table:
    Type: String
Resources:
  Orders:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: ["dynamodb:PutItem"]
            Resource: !Ref Table  # undecided: parameter "Table" has no default
```

```hcl
variable "queue" {
  type = string
}

resource "aws_iam_policy" "orders" {
  name = "orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:ReceiveMessage"
      Resource = var.queue # undecided: var.queue has no default
    }]
  })
}
```

## Sources

- [Actions, resources, and condition keys for Amazon DynamoDB - Service Authorization Reference](https://docs.aws.amazon.com/IAM/latest/UserGuide/list_amazondynamodb.html), read on 2026-11-29
"""

from collections.abc import Mapping
from typing import Final

from wa_iac.aws.iam import Group, ManagedPolicy, Policy, Role, User
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import Statement
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, accept, all_known, flag, rule, undecided
from wa_iac.core.value import Known, Unknown
from wa_iac.knowledge.dated import facts
from wa_iac.knowledge.iam_grants import for_stacks
from wa_iac.pillars.judgements.grants import judge, unset_resource
from wa_iac.pillars.judgements.wording import listed

_ACTIONS: Final[Mapping[str, str]] = {name.lower(): what for name, what in facts("actions_on_resources")["actions"].items()}
_SENSITIVE: Final = frozenset(
    {
        *("secretsmanager:getsecretvalue", "ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath"),
        *("s3:getobject", "sts:assumerole", "kms:decrypt"),
    }
)
"""Actions for which a statement on all resources is reported already: the remedy is the same."""


@rule(
    practices=["SEC03-BP02"],
    severity=Severity.LOW,
    confidence=Confidence.MEDIUM,
    profile="all",
    remedy=Remedy(
        cfn="Resource: <the ARNs of its own resources>",
        tf="resources = [<the ARNs of its own resources>]",
        decision="Name the resources that this program needs. Actions that know no resources go into a statement of their own.",
    ),
    equivalents={
        "checkov": ["CKV_AWS_355"],
        "cdk_nag": ["AwsSolutions-IAM5"],
        "guard": ["IAM_POLICYDOCUMENT_NO_WILDCARD_RESOURCE"],
    },
)
def check(holder: Role | User | Group | Policy | ManagedPolicy, graph: Graph) -> Flags:
    accept(for_stacks(holder))
    yield from judge(holder, graph, _judge_statement)


def _judge_statement(statement: Statement) -> Flags:
    if statement.conditional or statement.not_actions or statement.not_resources:
        return
    named = [each.value.lower() for each in statement.actions if isinstance(each, Known)]
    if not _SENSITIVE.isdisjoint(named) or "*" in named:
        return
    allowed = list(dict.fromkeys(_ACTIONS[each] for each in named if each in _ACTIONS))
    everything = next((each for each in statement.resources if each == Known("*")), None)
    if not allowed:
        all_known(
            *(each for each in statement.actions if isinstance(each, Unknown) and not each.parts and everything is not None)
        )
        return
    if everything is not None:
        yield flag(
            everything, f"This statement lets its holder {listed(allowed)} of the account: those of other programs as well."
        )
        return
    unset = unset_resource(statement)
    if unset is not None:
        yield undecided(unset)
