"""AWS Cost Explorer: cost anomaly detection."""

from typing import Annotated

from wa_iac.core.binding import Back, Cfn, Tf
from wa_iac.core.resource import Link, Resource
from wa_iac.core.value import Value


class AnomalyMonitor(
    Resource, cfn="AWS::CE::AnomalyMonitor", tf="aws_ce_anomaly_monitor", cfn_key="MonitorName", tf_key="name"
):
    """Looks for unusual costs."""

    name: Annotated[Value[str], Cfn("MonitorName"), Tf("name")]
    subscriptions: Annotated[Link["AnomalySubscription"], Back("monitors")]


class AnomalySubscription(Resource, cfn="AWS::CE::AnomalySubscription", tf="aws_ce_anomaly_subscription"):
    """Tells people what monitors find."""

    monitors: Annotated[Link[AnomalyMonitor], Cfn("MonitorArnList[]"), Tf("monitor_arn_list[]")]
