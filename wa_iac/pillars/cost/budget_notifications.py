"""# Nobody hears when a budget is exceeded

## Why

A budget stops nothing. Without a notification it is only a line in the console, and the bill is the first message.

## What it checks

The rule reports a budget without a notification and without an action.

## What is left out

The receivers of a notification, and its threshold. Budgets with an action, which tells its subscribers itself.

## Non-compliant

```yaml
Resources:
  Monthly:  # finding
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit: {Amount: 1000, Unit: USD}
```

```hcl
resource "aws_budgets_budget" "monthly" { # finding
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = "1000"
  limit_unit   = "USD"
}
```

## Compliant

```yaml
Resources:
  Monthly:
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit: {Amount: 1000, Unit: USD}
      NotificationsWithSubscribers:
        - Notification: {NotificationType: FORECASTED, ComparisonOperator: GREATER_THAN, Threshold: 100}
          Subscribers: [{SubscriptionType: EMAIL, Address: finance@example.com}]
```

```hcl
resource "aws_budgets_budget" "monthly" {
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = "1000"
  limit_unit   = "USD"

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

The result is undecided if it is not known whether there are notifications.

```yaml
Parameters:
  Mail:
    Type: String
Conditions:
  HasMail: !Not [!Equals [!Ref Mail, ""]]
Resources:
  Monthly:
    Type: AWS::Budgets::Budget
    Properties:
      Budget:
        BudgetType: COST
        TimeUnit: MONTHLY
        BudgetLimit: {Amount: 1000, Unit: USD}
      NotificationsWithSubscribers:
        Fn::If:
          - HasMail
          - - Notification: {NotificationType: FORECASTED, ComparisonOperator: GREATER_THAN, Threshold: 100}
              Subscribers: [{SubscriptionType: EMAIL, Address: !Ref Mail}]
          - !Ref AWS::NoValue  # undecided: Fails when
```

```hcl
variable "mail" {
  type = bool
}

resource "aws_budgets_budget" "monthly" {
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = "1000"
  limit_unit   = "USD"

  dynamic "notification" { # undecided: Fails when
    for_each = var.mail ? ["finance@example.com"] : []
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

- [AWS::Budgets::Budget Notification](https://docs.aws.amazon.com/ja_jp/AWSCloudFormation/latest/UserGuide/aws-properties-budgets-budget-notification.html), read on 2026-11-29
"""

from wa_iac.aws.costs import Budget
from wa_iac.core.presence import given
from wa_iac.core.remedy import Remedy
from wa_iac.core.rule import Flags, Severity, accept, flag, rule
from wa_iac.core.value import Absent


@rule(
    practices=["COST01-BP03", "COST01-BP05", "COST03-BP05"],
    severity=Severity.LOW,
    remedy=Remedy(
        cfn="NotificationsWithSubscribers:\n  - Notification: {NotificationType: FORECASTED, ComparisonOperator: GREATER_THAN, Threshold: 100}\n"
        "    Subscribers: [{SubscriptionType: EMAIL, Address: <an address>}]",
        tf='notification {\n  notification_type          = "FORECASTED"\n  comparison_operator        = "GREATER_THAN"\n  threshold                  = 100\n'
        '  threshold_type             = "PERCENTAGE"\n  subscriber_email_addresses = ["<an address>"]\n}',
    ),
)
def check(budget: Budget) -> Flags:
    accept(bool(budget.actions.targets))
    accept(given(budget.notifications))
    yield flag(
        Absent(budget.notifications.origin),
        "This budget tells nobody when the costs pass it: it limits nothing by itself, and the bill is the first to say so.",
    )
