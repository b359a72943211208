"""Listeners of load balancers: whether their requests reach targets as they come, and from where."""

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Action, Listener, ListenerRule, LoadBalancer, TargetGroup
from wa_iac.core.algebra import references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of, holds, negate
from wa_iac.core.value import Known, Origin, Unknown, Value

_CLOUDFRONT = frozenset(
    and_awscc(
        *("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        *("AWS::CloudFront::VpcOrigin", "aws_cloudfront_vpc_origin"),
    )
)
_NAMES = frozenset(
    {
        *("dns_name", "zone_id", "arn_suffix", "name", "DNSName", "CanonicalHostedZoneID", "CanonicalHostedZoneId"),
        *("LoadBalancerFullName", "LoadBalancerName"),
    }
)
"""Attributes of a load balancer with which nobody can add a listener to it."""
_PASSED_ON = frozenset({"output", "module"})
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
    # A condition may attach a rule to this listener or to another one.
    answers += [
        all_of((listener.rules.doubt(rule_), holds(action.kind, lambda kind: kind == "forward")))
        for rule_ in listener.rules
        for action in rule_.actions
    ]
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
    """Whether nothing listens for a load balancer: it has no listener here, nothing gets its ARN by a reference, and no listener here is for one
    that is not known. What gets the output of a module that is called here is here, and a record gets its name only."""
    return not any(
        not (each.type == "output" and each.dialect == "terraform" and each.calls) and _passes_on(each, balancer)
        for each in graph.referring(balancer, graph.types - _WATCHING)
    ) and not graph.once(_has_loose_listeners)


def answers_alone(balancer: LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether no request reaches a target: all of its listeners answer or redirect. Without a listener here, it is not. Other code
    may add rules to a listener that it gets, and listeners to a load balancer."""
    listeners = balancer.listeners
    others = graph.types - _WATCHING - frozenset(ListenerRule.types())
    passed_on = any(_passes_on(each, balancer) for each in graph.referring(balancer, _PASSED_ON)) or any(
        any(graph.referring(each, others)) for each in listeners
    )
    if passed_on:
        return Known(False)
    if not listeners.targets:
        loose = graph.once(_loose_listeners)
        unclear = listeners.unknown is not None and all(_serves_nothing(each) != Known(False) for each in loose)
        return listeners.unknown if listeners.unknown is not None and loose and unclear else Known(False)
    doubt = [] if listeners.unknown is None else [listeners.unknown]
    return all_of((*map(_serves_nothing, listeners), *doubt))


def _serves_nothing(listener: Listener) -> Value[bool]:
    """Whether a listener and its rules answer everything themselves."""
    if not listener.actions:
        return Known(False)
    answers = [_answers(each) for source in (listener, *listener.rules) for each in source.actions]
    return all_of((*answers, *([] if listener.rules.unknown is None else [listener.rules.unknown])))


def forwards_to_functions_alone(balancer: LoadBalancer) -> Value[bool]:
    """Whether only Lambda functions get what its listeners forward: they get an event of JSON, and parse no HTTP. A target group that is not here
    is of another type, as nearly all are."""
    actions = [each for listener in balancer.listeners for source in (listener, *listener.rules) for each in source.actions]
    groups = [group for action in actions for group in action.target_groups]
    doubts = (
        balancer.listeners.unknown,
        *(each.rules.unknown for each in balancer.listeners),
        *(each.unknown for each in actions),
    )
    if not groups or any(each is not None for each in doubts) or any(each.target_groups.elsewhere for each in actions):
        return Known(False)
    return all_of(holds(each.target_type, lambda kind: kind == "lambda") for each in groups)


def _passes_on(declared: Declared, balancer: LoadBalancer) -> bool:
    """Whether a module or an output gets a load balancer, and not only its name for records and metrics."""
    whole = (balancer.address, INDEX.sub("", balancer.address))
    own = [each.attribute for each in references(declared.body) if each.address in whole]
    return not own or not _NAMES.issuperset(own)


def _answers(action: Action) -> Value[bool]:
    return (
        action.unknown
        if action.unknown is not None
        else holds(action.kind, lambda kind: kind in ("fixed-response", "redirect"))
    )


def _has_loose_listeners(graph: Graph) -> bool:
    return bool(graph.once(_loose_listeners))


def _loose_listeners(graph: Graph) -> list[Listener]:
    return [each for each in graph.of(Listener) if not each.load_balancer.targets]


def groups_of(listener: Listener) -> set[TargetGroup]:
    """The target groups that a listener, or a rule of it, forwards to."""
    actions = (action for source in (listener, *listener.rules) for action in source.actions)
    return {group for action in actions for group in action.target_groups}


def knows_groups(listener: Listener) -> bool:
    """Whether these are all target groups that it forwards to, as far as the code says."""
    actions = [action for source in (listener, *listener.rules) for action in source.actions]
    return listener.rules.unknown is None and not any(
        each.unknown is not None or each.target_groups.unknown is not None or each.target_groups.elsewhere for each in actions
    )


def faces_internet(balancer: LoadBalancer | elb.LoadBalancer, graph: Graph) -> Value[bool]:
    """Whether anyone on the internet may reach it directly."""
    if graph.referring(balancer, _CLOUDFRONT):
        return Known(False)
    return holds(balancer.scheme, lambda scheme: scheme != "internal")
