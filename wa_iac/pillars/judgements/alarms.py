"""Resources that no alarm watches, and what an alarm needs to tell somebody."""

from collections.abc import Collection

from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Remedy, Severity, all_known, exempt, milder, refuse
from wa_iac.knowledge.alarms import any_watch, watched
from wa_iac.knowledge.other_monitors import of_application_insights, of_other_services
from wa_iac.knowledge.workshops import of_a_workshop

ELSEWHERE = "no alarm here watches the health of anything; alarms that are declared elsewhere may watch it"
_TELLS_NOBODY = (
    "no alarm here watches the health of anything and tells somebody; alarms that are declared elsewhere may watch it"
)


def judge(resource: Resource, graph: Graph, message: str, *, also: Collection[Resource] = (), namespace: str = "") -> Flags:
    """Flag a resource that no alarm watches, in a module that has alarms on others, itself or in its caller; see `watched`. It is advice for
    one of a workshop or a demonstration."""
    exempt(not any_watch(resource, graph, telling=True), _TELLS_NOBODY)
    faults = refuse(watched(resource, graph, also=also, namespace=namespace), False, message, at=resource)
    if why := of_a_workshop(resource, graph):
        faults = milder(faults, more=why, severity=Severity.MEDIUM, confidence=Confidence.LOW)
    for found in faults:
        all_known(of_other_services(resource), of_application_insights(resource, graph))
        yield found


def alarm(
    namespace: str,
    metric: str,
    cfn: str,
    tf: str,
    *,
    statistic: str = "Sum",
    above: int = 0,
    below: int = 0,
    decision: str = "",
) -> Remedy:
    """An alarm with everything that CloudWatch requires. `cfn` and `tf` are its dimensions, `Name: Value` and `Name = value`, one a
    line. What is counted, such as errors, has no data while there are none: that is good, and no reason to stay in alarm."""
    operator, threshold = ("LessThanThreshold", below) if below else ("GreaterThanThreshold", above)
    dimensions = [line.partition(": ") for line in cfn.splitlines()]
    written = "".join(f"      - Name: {name}\n        Value: {value}\n" for name, _, value in dimensions)
    arguments = "\n".join(f"    {line}" for line in tf.splitlines())
    quiet_cfn, quiet_tf = "", ""
    if statistic == "Sum" and not below:
        quiet_cfn, quiet_tf = "    TreatMissingData: notBreaching\n", '  treat_missing_data  = "notBreaching"\n'
    return Remedy(
        cfn=f"Alarm:\n  Type: AWS::CloudWatch::Alarm\n  Properties:\n    Namespace: {namespace}\n    MetricName: {metric}\n"
        f"    Dimensions:\n{written}    Statistic: {statistic}\n    Period: 300\n    EvaluationPeriods: 1\n"
        f"    Threshold: {threshold}\n    ComparisonOperator: {operator}\n{quiet_cfn}    AlarmActions:\n      - !Ref <an SNS topic>",
        tf=f'resource "aws_cloudwatch_metric_alarm" "this" {{\n  alarm_name          = "<a name>"\n'
        f'  namespace           = "{namespace}"\n  metric_name         = "{metric}"\n  statistic           = "{statistic}"\n'
        f"  period              = 300\n  evaluation_periods  = 1\n  threshold           = {threshold}\n"
        f'  comparison_operator = "{operator}"\n{quiet_tf}  alarm_actions       = [<an SNS topic>.arn]\n\n'
        f"  dimensions = {{\n{arguments}\n  }}\n}}",
        decision=decision,
    )
