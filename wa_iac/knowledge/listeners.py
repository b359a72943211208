"""Listeners of load balancers: whether their requests reach targets as they come, and from where."""

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Action, Listener, LoadBalancer
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds, negate
from wa_iac.core.value import Known, Origin, Unknown, Value

_CLOUDFRONT = frozenset(
    and_awscc(
        *("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        *("AWS::CloudFront::VpcOrigin", "aws_cloudfront_vpc_origin"),
    )
)
_WATCHING = frozenset(and_awscc("AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm"))


def serves(listener: Listener) -> Value[bool]:
    """Whether some request is answered by a target, and not by a redirect to HTTPS or a fixed response."""
    of_rules = [action for rule_ in listener.rules for action in rule_.actions]
    for action in of_rules:
        if action.kind == Known("redirect") and (
            action.redirect_protocol == Known("HTTPS") or isinstance(action.redirect_protocol, Unknown)
        ):
            # Rules are judged in an order and by conditions of their own: some requests at least are redirected.
            return Known(False)
    answers = [_forwards(action) for action in listener.actions]
    answers += [holds(action.kind, lambda kind: kind == "forward") for action in of_rules]
    return any_of(answers, Origin(listener.span))


def _forwards(action: Action) -> Value[bool]:
    """Whether it sends requests on over HTTP. A fixed response sends nothing to a target; a login happens over HTTPS only, AWS sees to
    that."""
    if action.unknown is not None:
        return action.unknown
    if action.kind == Known("redirect"):
        return negate(holds(action.redirect_protocol, lambda protocol: protocol == "HTTPS"))
    return holds(action.kind, lambda kind: kind == "forward")


def is_without_listeners(balancer: LoadBalancer, graph: Graph) -> bool:
    """Whether nothing listens for a load balancer: it has no listener here, nothing gets its ARN or its name by a reference, and no
    listener here is for one that is not known."""
    return not graph.referring(balancer, graph.types - _WATCHING) and not graph.once(_has_loose_listeners)


def _has_loose_listeners(graph: Graph) -> bool:
    return any(not each.load_balancer.targets for each in graph.of(Listener))


def faces_internet(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether anyone on the internet may reach it directly."""
    if graph.referring(balancer, _CLOUDFRONT):
        return Known(False)
    return holds(balancer.scheme, lambda scheme: scheme != "internal")
