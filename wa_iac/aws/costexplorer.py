"""AWS Cost Anomaly Detection."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Link, Resource


class AnomalyMonitor(Resource, cfn="AWS::CE::AnomalyMonitor", tf="aws_ce_anomaly_monitor"):
    """The services, accounts or tags whose costs are watched."""

    subscriptions: Annotated[Link["AnomalySubscription"], Back("monitors")]


class AnomalySubscription(Resource, cfn="AWS::CE::AnomalySubscription", tf="aws_ce_anomaly_subscription"):
    """Who hears of unusual costs."""

    monitors: Annotated[Link[AnomalyMonitor], Cfn("MonitorArnList[]"), Tf("monitor_arn_list[]")]
