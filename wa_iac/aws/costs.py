"""AWS Budgets and AWS Cost Anomaly Detection."""

from typing import Annotated, Any

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class Budget(Resource, cfn="AWS::Budgets::Budget", tf="aws_budgets_budget", tf_key="name"):
    """A limit of costs or usage, or a goal for the coverage or use of commitments."""

    notifications: Annotated[Value[Any], Cfn("NotificationsWithSubscribers"), Tf("notification")]
    actions: Annotated[Link["BudgetAction"], Back("budget")]


class BudgetAction(Resource, cfn="AWS::Budgets::BudgetsAction", tf="aws_budgets_budget_action"):
    """What AWS Budgets does when a threshold is passed."""

    budget: Annotated[Link[Budget], Cfn("BudgetName"), Tf("budget_name")]


class AnomalyMonitor(Resource, cfn="AWS::CE::AnomalyMonitor", tf="aws_ce_anomaly_monitor"):
    """The services, accounts or tags whose costs are watched."""

    subscriptions: Annotated[Link["AnomalySubscription"], Back("monitors")]


class AnomalySubscription(Resource, cfn="AWS::CE::AnomalySubscription", tf="aws_ce_anomaly_subscription"):
    """Who hears of unusual costs."""

    monitors: Annotated[Link[AnomalyMonitor], Cfn("MonitorArnList[]"), Tf("monitor_arn_list[]")]
