"""# Budget notifies nobody

## Why

A budget without a notification only shows a number in the console. If costs rise, nobody hears of it before the bill comes.

## What it checks

Budgets without a notification and without a budget action.

## What is left out

A budget action notifies its own subscribers. An account without a budget is not reported: the payer's account may have one.

## Non-compliant

```yaml
Resources:
  Monthly:  # finding
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetName: monthly
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit:
          Amount: 1000
          Unit: USD
```

```hcl
resource "aws_budgets_budget" "monthly" { # finding
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"
}
```

## Compliant

```yaml
Resources:
  Monthly:
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetName: monthly
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit:
          Amount: 1000
          Unit: USD
      NotificationsWithSubscribers:
        - Notification:
            NotificationType: FORECASTED
            ComparisonOperator: GREATER_THAN
            Threshold: 100
          Subscribers:
            - SubscriptionType: EMAIL
              Address: finance@example.com
```

```hcl
resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  notification {
    notification_type          = "FORECASTED"
    comparison_operator        = "GREATER_THAN"
    threshold                  = 100
    threshold_type             = "PERCENTAGE"
    subscriber_email_addresses = ["finance@example.com"]
  }
}
```

## Undecided

The result is undecided if the notifications are not known before deployment.

```yaml
Parameters:
  Address:
    Type: String
Conditions:
  Told: !Not [!Equals [!Ref Address, ""]]
Resources:
  Monthly:  # undecided: Fails when Address is
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetName: monthly
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit:
          Amount: 1000
          Unit: USD
      NotificationsWithSubscribers: !If
        - Told
        - - Notification:
              NotificationType: FORECASTED
              ComparisonOperator: GREATER_THAN
              Threshold: 100
            Subscribers:
              - SubscriptionType: EMAIL
                Address: !Ref Address
        - !Ref AWS::NoValue
```

```hcl
variable "addresses" {
  type = set(string)
}

resource "aws_budgets_budget" "monthly" {
  name         = "monthly"
  budget_type  = "COST"
  limit_amount = "1000"
  limit_unit   = "USD"
  time_unit    = "MONTHLY"

  dynamic "notification" { # undecided: var.addresses has no default
    for_each = var.addresses
    content {
      notification_type          = "FORECASTED"
      comparison_operator        = "GREATER_THAN"
      threshold                  = 100
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = [notification.value]
    }
  }
}
```

## Sources

- [aws resource budgets budget](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html), read on 2026-11-29
- [aws properties budgets budget notificationwithsubscribers](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notificationwithsubscribers.html), read on 2026-11-29
"""

from wa_iac.aws.budgets import Budget
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, Remedy, Severity, accept, all_known, flag, rule
from wa_iac.core.value import Absent


def _in_a_stack(budget: Budget, graph: Graph) -> Remedy | None:
    """CloudFormation replaces a budget whose notifications change ("AWS::Budgets::Budget", AWS CloudFormation Template Reference)."""
    del graph
    if budget.dialect != "cloudformation":
        return None
    return Remedy(cfn=_NOTIFIED, decision=f"CloudFormation replaces the budget for this{_NAMED if _has_name(budget) else ''}.")


def _has_name(budget: Budget) -> bool:
    return not isinstance(value_at(budget.declared.body, "Budget.BudgetName"), Absent)


_NAMED = ", so give it another BudgetName"
_NOTIFIED = (
    "NotificationsWithSubscribers:\n  - Notification:\n      NotificationType: FORECASTED\n      ComparisonOperator: GREATER_THAN\n"
    "      Threshold: 100\n    Subscribers:\n      - SubscriptionType: EMAIL\n        Address: <an address that somebody reads>"
)


@rule(
    practices=["COST01-BP03", "COST01-BP05", "COST03-BP05"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn=_NOTIFIED,
        tf='notification {\n  notification_type          = "FORECASTED"\n  comparison_operator        = "GREATER_THAN"\n'
        '  threshold                  = 100\n  threshold_type             = "PERCENTAGE"\n'
        '  subscriber_email_addresses = ["<an address that somebody reads>"]\n}',
        given=_in_a_stack,
    ),
)
def check(budget: Budget) -> Flags:
    accept(bool(budget.actions.targets))
    # An unknown number of blocks has one that stands for all, and an unknown.
    unknown = [each.unknown for each in budget.notifications if each.unknown is not None]
    accept(len(budget.notifications) > 2 * len(unknown))
    all_known(budget.actions.unknown, *unknown)
    yield flag(budget, "This budget notifies nobody: if it is exceeded, that may go unnoticed until the bill comes.")
