"""AWS Budgets."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value


class Budget(Resource, cfn="AWS::Budgets::Budget", tf="aws_budgets_budget", tf_key="name"):
    """A limit on costs or usage."""

    name: Annotated[Value[str], Cfn("Budget.BudgetName"), Tf("name")]
    notifications: Annotated[list["Notification"], Cfn("NotificationsWithSubscribers[]"), Tf("notification[]")]
    actions: Annotated[Link["BudgetAction"], Back("budget")]


class Notification(Block):
    """What is told to whom."""

    threshold: Annotated[Value[float], Cfn("Notification.Threshold"), Tf("threshold")]


class BudgetAction(Resource, cfn="AWS::Budgets::BudgetsAction", tf="aws_budgets_budget_action"):
    """What happens if a budget is exceeded; it also notifies its subscribers."""

    budget: Annotated[Link[Budget], Cfn("BudgetName"), Tf("budget_name")]
