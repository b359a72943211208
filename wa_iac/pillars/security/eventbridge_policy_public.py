"""# EventBridge event bus accepts events from anyone

## Why

An event bus starts functions and workflows with the events that it receives. If its policy lets any AWS account put events on it, a
stranger can send made-up orders and alarms, start these functions as often as they like, and let you pay for it.

## What it checks

The rule reads the policy of each event bus. It reports an `Allow` for any principal, if no condition limits who the caller is. A
permission in EventBridge's own words is reported if its principal is `*` and it has no condition on the organization.

A statement that only lets others read what describes the bus, such as `events:DescribeEventBus`, is of low severity.

## What is left out

A statement with a condition on the caller counts as good: on the organization, on the account, or on where the events come from. A `Deny`
counts only where it names the bus, also in another `AWS::Events::EventBusPolicy` of the same bus.

## Non-compliant

```yaml
Resources:
  Anyone:
    Type: AWS::Events::EventBusPolicy
    Properties:
      StatementId: anyone
      Statement:  # finding
        Effect: Allow
        Principal: "*"
        Action: events:PutEvents
        Resource: !Sub arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default
```

```yaml
Resources:
  Anyone:
    Type: AWS::Events::EventBusPolicy
    Properties:
      StatementId: anyone
      Action: events:PutEvents
      Principal: "*"  # finding
```

```hcl
resource "aws_cloudwatch_event_permission" "anyone" {
  statement_id = "anyone"
  principal    = "*" # finding
}
```

```hcl
resource "aws_cloudwatch_event_bus" "orders" {
  name = "orders"
}

resource "aws_cloudwatch_event_bus_policy" "orders" {
  event_bus_name = aws_cloudwatch_event_bus.orders.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { # finding
        Effect    = "Allow"
        Principal = "*"
        Action    = "events:PutEvents"
        Resource  = aws_cloudwatch_event_bus.orders.arn
      }
    ]
  })
}
```

## Compliant

```yaml
Resources:
  Organization:
    Type: AWS::Events::EventBusPolicy
    Properties:
      StatementId: organization
      Statement:
        Effect: Allow
        Principal: "*"
        Action: events:PutEvents
        Resource: !Sub arn:aws:events:${AWS::Region}:${AWS::AccountId}:event-bus/default
        Condition:
          StringEquals:
            aws:PrincipalOrgID: o-a1b2c3d4e5
```

```hcl
resource "aws_cloudwatch_event_permission" "organization" {
  statement_id = "organization"
  principal    = "*"

  condition {
    key   = "aws:PrincipalOrgID"
    type  = "StringEquals"
    value = "o-a1b2c3d4e5"
  }
}
```

## Undecided

The result is undecided if the principal is not known before deployment.

```yaml
Parameters:
  Sender:
    Type: String
Resources:
  Bus:
    Type: AWS::Events::EventBus
    Properties:
      Name: orders
      Policy:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Principal:
              AWS: !Ref Sender  # undecided: parameter "Sender" has no default
            Action: events:PutEvents
            Resource: "*"
```

```hcl
variable "sender" {
  type = string
}

resource "aws_cloudwatch_event_permission" "sender" {
  statement_id = "sender"
  principal    = var.sender # undecided: var.sender has no default
}
```

## Sources

- [AWS::Events::EventBusPolicy - AWS CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbuspolicy.html), read on 2026-11-29
- [AWS JSON policy elements: Principal - AWS Identity and Access Management](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html), read on 2026-11-29
"""

from collections.abc import Hashable
from typing import Final

from wa_iac.aws.eventbridge import EventBus, EventBusPolicy
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.presence import given
from wa_iac.core.rule import Flags, Remedy, Severity, accept, flag, flags_of, rule, settled
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.policies.own_resources import EVENT_BUS, OfOwners, Owner, owner, owner_elsewhere, owners_of
from wa_iac.pillars.judgements.open_policy import judge

_OPEN: Final = "Any AWS account may put events on this bus, and so start what its rules start: no condition limits who."

_IN_OWN_WORDS: Final = Remedy(cfn="Condition:\n  Type: StringEquals\n  Key: aws:PrincipalOrgID\n  Value: <the organization>")


@rule(
    practices=["SEC03-BP07"],
    severity=Severity.HIGH,
    remedy=Remedy(
        cfn="Condition:\n  StringEquals:\n    aws:PrincipalOrgID: <the organization>",
        tf='Condition = { StringEquals = { "aws:PrincipalOrgID" = "<the organization>" } }',
        of={
            **dict.fromkeys(
                and_awscc("AWS::Events::EventBusPolicy"),
                "Statement:\n  Condition:\n    StringEquals:\n      aws:PrincipalOrgID: <the organization>",
            ),
            "aws_cloudwatch_event_permission": 'condition {\n  key   = "aws:PrincipalOrgID"\n  type  = "StringEquals"\n'
            '  value = "<the organization>"\n}',
        },
        decision="Name the accounts that send events, or limit the statement to the organization. Others can no longer send any.",
    ),
    equivalents={"cdk_nag": ["AwsSolutions-EVB1"]},
)
def check(bus: EventBus | EventBusPolicy, graph: Graph) -> Flags:
    if isinstance(bus, EventBus):
        # Terraform's policy is a resource of its own, and judged there.
        if bus.as_cloudformation:
            yield from judge(bus.policy, _OPEN, OfOwners(graph, [owner(bus, EVENT_BUS, bus.name)]))
        return
    scope = OfOwners(graph, _buses(bus))
    yield from judge(bus.document, _OPEN, scope)
    if not isinstance(bus.statement, Absent):
        yield from judge(_with_denials(bus, graph), _OPEN, scope)
    yield from flags_of(_judge_permission(bus))


def _with_denials(policy: EventBusPolicy, graph: Graph) -> Tree:
    """The statement of a resource that has one, with the denials that other such resources add to the policy of the same bus."""
    others = [each for each in graph.once(_denials).get(_key(policy), ()) if each is not policy.statement]
    statements = Known([policy.statement, *others], policy.statement.origin)
    return Known({"Version": Known("2012-10-17"), "Statement": statements}, policy.statement.origin)


def _denials(graph: Graph) -> dict[Hashable, list[Tree]]:
    """The statements that deny something, by their bus."""
    found: dict[Hashable, list[Tree]] = {}
    for each in graph.of(EventBusPolicy):
        if member(each.statement, "Effect") == Known("Deny"):
            found.setdefault(_key(each), []).append(each.statement)
    return found


def _key(policy: EventBusPolicy) -> Hashable:
    """What tells a bus from others: its address or its name."""
    if len(policy.bus.targets) == 1:
        return policy.bus.targets[0].address
    value = policy.bus.value
    return value.identity if isinstance(value, Unknown) else str(value.value) if isinstance(value, Known) else "default"


def _buses(policy: EventBusPolicy) -> list[Owner]:
    """The bus that has a policy: the default one of the account if it names none."""
    if isinstance(policy.bus.value, Absent):
        return [owner_elsewhere(Known("default"), EVENT_BUS)]
    return owners_of(policy.bus, [owner(each, EVENT_BUS, each.name) for each in policy.bus], EVENT_BUS, EventBus.types())


def _judge_permission(permission: EventBusPolicy) -> Flags:
    if settled(permission.principal) == Known("*"):
        accept(given(permission.condition))
        yield flag(permission.principal, _OPEN, instead=_IN_OWN_WORDS if permission.as_cloudformation else "")
