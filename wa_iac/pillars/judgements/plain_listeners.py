"""What to do about a listener that serves plain HTTP to the internet."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from wa_iac.aws import elb
from wa_iac.aws.elbv2 import Listener, ListenerRule, LoadBalancer, TargetGroup
from wa_iac.core.algebra import references
from wa_iac.core.awscc import and_awscc
from wa_iac.core.declared import INDEX
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.rule import Remedy
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.knowledge.listeners import groups_of
from wa_iac.knowledge.other_case import choice_of, in_the_other_case, switched_off
from wa_iac.knowledge.security_group_rules import everything, port, together
from wa_iac.knowledge.waiting import waits_for
from wa_iac.pillars.judgements.wording import listed

_CLOSED = " The load balancer's security group has to let in port 443 also: it does not so far."


CLASSIC_CFN = 'Protocol: HTTPS\nLoadBalancerPort: "443"\nSSLCertificateId: <the ARN of a certificate>'
CLASSIC_TF = 'lb_protocol        = "HTTPS"\nlb_port            = 443\nssl_certificate_id = <the ARN of a certificate>'


_NO_REDIRECT = (
    "A Classic Load Balancer cannot redirect: clients have to use HTTPS from then on. Keep a listener for HTTP beside it only if the instances redirect "
    "what comes by it (X-Forwarded-Proto). Its security group has to let in port 443:"
)
REDIRECT_CFN = 'DefaultActions:\n  - Type: redirect\n    RedirectConfig:\n      Protocol: HTTPS\n      Port: "443"\n      StatusCode: HTTP_301'
REDIRECT_TF = (
    'default_action {\n  type = "redirect"\n  redirect {\n    protocol    = "HTTPS"\n    port        = "443"\n'
    '    status_code = "HTTP_301"\n  }\n}'
)
_HTTPS_CFN = (
    "Https:\n  Type: AWS::ElasticLoadBalancingV2::Listener\n  Properties:\n    LoadBalancerArn: !Ref <the load balancer>\n"
    "    Port: 443\n    Protocol: HTTPS\n    SslPolicy: ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09\n"
    "    Certificates:\n      - CertificateArn: <the ARN of a certificate>\n    DefaultActions:\n"
)
_FORWARD_CFN = "      - Type: forward\n        TargetGroupArn: !Ref <the target group>"
_NOTHING_CFN = '      - Type: fixed-response\n        FixedResponseConfig:\n          StatusCode: "404"'
_HTTPS_TF = (
    'resource "aws_lb_listener" "https" {\n  load_balancer_arn = <the load balancer>.arn\n  port              = 443\n'
    '  protocol          = "HTTPS"\n  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09"\n'
    "  certificate_arn   = <the ARN of a certificate>\n"
)
_FORWARD_TF = '  default_action {\n    type             = "forward"\n    target_group_arn = <the target group>.arn\n  }\n'
_NOTHING_TF = (
    '  default_action {\n    type = "fixed-response"\n    fixed_response {\n      content_type = "text/plain"\n'
    '      status_code  = "404"\n    }\n  }\n'
)
_OWN = " Each listener that this code makes for the load balancer needs an HTTPS port of its own, given in the same way as its port for HTTP."
_DOMAIN = (
    " The certificate takes a domain name of your own, whose record leads to the load balancer: AWS's name for that gets none."
)
_PROGRAMS = " If programs send data to it, first give them the HTTPS address: many ask with GET, and without the data, where they are redirected."
"""RFC 9110, section 15.4.2."""
_OUTPUTS = frozenset({"output"})
_DEPLOYMENT_GROUPS = frozenset(and_awscc("AWS::CodeDeploy::DeploymentGroup", "aws_codedeploy_deployment_group"))
_SERVICES = frozenset(and_awscc("AWS::ECS::Service", "aws_ecs_service"))
_CALLERS = frozenset(
    and_awscc(
        *("AWS::Lambda::Function", "aws_lambda_function", "AWS::ECS::TaskDefinition", "aws_ecs_task_definition"),
        *("AWS::Events::Connection", "AWS::Events::ApiDestination", "aws_cloudwatch_event_api_destination"),
        *("AWS::StepFunctions::StateMachine", "aws_sfn_state_machine", "AWS::AppSync::DataSource", "aws_appsync_datasource"),
        *("AWS::ApiGateway::Method", "aws_api_gateway_integration", "AWS::ApiGatewayV2::Integration"),
        *("aws_apigatewayv2_integration",),
    )
)
"""What calls a load balancer by a name that is written in it."""
_OWN_NAMES = frozenset({"DNSName", "dns_name"})
MOST = 3
"""The rules and outputs that a sentence names."""


def over_https(listener: Listener | elb.LoadBalancer, graph: Graph) -> Remedy | None:
    """What to do, with what calls the load balancer by its own name."""
    found = _served_by_https(listener, graph)
    if found is None or not (called := _called_by_name(listener, graph)):
        return found
    return replace(found, decision=f"{found.decision} {called}".strip())


def _called_by_name(listener: Listener | elb.LoadBalancer, graph: Graph) -> str:
    """What to do about callers that use the load balancer's own name; empty if there are none."""
    balancers = [listener] if isinstance(listener, elb.LoadBalancer) else listener.load_balancer.targets
    found = [
        each.address
        for balancer in balancers
        for each in graph.referring(balancer, _CALLERS)
        if any(name.attribute in _OWN_NAMES and name.address == balancer.address for name in references(each.body))
    ]
    if not found:
        return ""
    named = listed([*found[:MOST], f"{len(found) - MOST} more"] if len(found) > MOST else found)
    call, them = ("calls", "it") if len(found) == 1 else ("call", "them")
    return (
        f"{named} {call} the load balancer by its own name, for which no certificate is valid, and a redirected POST may arrive as a GET: first give "
        f"{them} https and a name in the certificate's domain."
    )


def _served_by_https(listener: Listener | elb.LoadBalancer, graph: Graph) -> Remedy | None:
    """A redirect needs an HTTPS listener, which a load balancer without one has to get first. Rules come before the default action,
    so they have to move there: a redirect alone leaves them on this listener."""
    if isinstance(listener, elb.LoadBalancer):
        decision = f"{_for_domain([listener], graph)} {_NO_REDIRECT}".strip()
        return Remedy(cfn=f"{CLASSIC_CFN}{_instance_protocol(listener)}", tf=CLASSIC_TF, decision=decision)
    if switch := _switch(listener):
        return Remedy(
            decision=f"A condition chooses the protocol: pass a value of {switch} with which it is HTTPS, with a certificate for the domain. "
            f"Clients then have to use HTTPS, since nothing redirects them.{_follows(listener, graph)}"
        )
    if source := _passed(listener):
        return Remedy(
            decision=f"The protocol comes from {source}, and the listener has a place for a certificate: pass HTTPS, with a certificate and the port. The security "
            f"group has to let in that port. Clients then have to use HTTPS, since nothing redirects them.{_follows(listener, graph)}"
        )
    if (other := _secure_otherwise(listener, graph)) is not None:
        return Remedy(
            decision=f"A condition makes {other.declared.name}, with HTTPS, instead of this listener: set {choice_of(listener)} for that, and give clients "
            "the address with https."
        )
    balancers = set(listener.load_balancer.targets)
    for switch, off in graph.once(_listeners_off):
        if off.protocol == Known("HTTPS") and not balancers.isdisjoint(off.load_balancer.targets):
            kept_out = isinstance(off.port, Known) and any(_keeps_out(each, off.port.value) for each in balancers)
            return Remedy(
                decision=f"The default of {switch} leaves out {INDEX.sub('', off.address)}, which serves HTTPS: set it, with what that takes, such as a certificate "
                "for the domain. If this listener exists then too, let it redirect to that one (an action of the type redirect)."
                f"{_CLOSED.replace('443', str(off.port.value)) if kept_out and isinstance(off.port, Known) else ''}"
            )
    beside = [each for each in graph.of(Listener) if not balancers.isdisjoint(each.load_balancer.targets)]
    changes = (_rules_to_move(listener), _given_away(listener, graph), _switched(listener, graph), _waited_for(listener, graph))
    moved = " ".join(filter(None, changes))
    secure = [each for each in beside if each.protocol == Known("HTTPS")]
    if secure:
        if moved and _only_redirects(listener):
            return Remedy(decision=moved)
        moved = " ".join(filter(None, (_only_sometimes(listener, secure), moved, _left_behind(listener, secure, graph))))
        ports = [each.port for each in secure]
        port_of = "443" if Known(443) in ports else str(ports[0].value) if isinstance(ports[0], Known) else "<its HTTPS port>"
        if port_of.isdigit() and any(_keeps_out(each, int(port_of)) for each in listener.load_balancer):
            moved = f"{moved}{_CLOSED.replace('443', port_of)}".strip()
        moved = f"{moved}{_PROGRAMS}".strip()
        return Remedy(cfn=REDIRECT_CFN.replace("443", port_of), tf=REDIRECT_TF.replace("443", port_of), decision=moved)
    closed = any(_keeps_out(each, 443) for each in listener.load_balancer)
    own_port = _is_one_of_several(listener, beside) or _gets_port(listener)
    other = None if own_port else _serves_others(listener, beside)
    own_port = own_port or other is not None
    to = "that port" if own_port else "port 443"
    then = "" if _only_redirects(listener) else f" and then let this listener redirect to {to} (an action of the type redirect)"
    what = "with a certificate and the actions of this one," if then else "with a certificate"
    forwards = any(each.unknown is not None or each.kind == Known("forward") for each in listener.actions)
    cfn = f"{_HTTPS_CFN}{_FORWARD_CFN if forwards else _NOTHING_CFN}"
    tf = f"{_HTTPS_TF}{_FORWARD_TF if forwards else _NOTHING_TF}}}"
    own = _OWN if own_port else ""
    if not own_port and listener.declared.calls and (source := _given(listener, listener.port)):
        own = f" Its port comes from {source}: if another value of that makes a listener for HTTPS already, pass it instead."
    if other is not None:
        own = f" {other.address} of the same load balancer serves other targets, and each of the two needs an HTTPS port of its own."
    if own_port:
        cfn, tf = (each.replace("443", "<an HTTPS port of its own>", 1) for each in (cfn, tf))
    return Remedy(
        cfn=cfn,
        tf=tf,
        decision=f"Add an HTTPS listener {what}{then}.{_for_domain(listener.load_balancer, graph)}{own}{_PROGRAMS if then else ''}{f' {moved}' if moved else ''}"
        f"{_CLOSED.replace('port 443', to) if closed else ''}",
    )


def _instance_protocol(balancer: elb.LoadBalancer) -> str:
    """The protocol to the instances where a listener leaves it out: without it, that of the listener counts, so that TLS would meet HTTP."""
    plain = (each for each in balancer.listeners if isinstance(each.protocol, Known) and each.protocol.value.upper() == "HTTP")
    return "\nInstanceProtocol: HTTP" if any(isinstance(each.instance_protocol, Absent) for each in plain) else ""


def _for_domain(balancers: Iterable[LoadBalancer | elb.LoadBalancer], graph: Graph) -> str:
    """What a certificate takes where no record of a domain leads to the load balancer here."""
    records = graph.once(_record_types)
    return "" if any(graph.referring(each, records) for each in balancers) else _DOMAIN


def _record_types(graph: Graph) -> frozenset[str]:
    """The types of DNS records, of whichever provider."""
    return frozenset(each for each in graph.types if "record" in each.lower())


def _only_sometimes(listener: Listener, secure: Sequence[Listener]) -> str:
    """What to do where its load balancer has a listener for HTTPS under a condition only; empty if it always has one with this listener."""
    own = listener.declared.condition
    choices = [each.declared.condition for each in secure]
    if any(each is None or (own is not None and each.choice == own.choice) for each in choices):
        return ""
    other = secure[0]
    return (
        f"{other.address} exists only under a condition, on {choice_of(other)}: let this listener redirect under the same condition, and forward "
        "otherwise. Without that, the redirect leads nowhere where there is no certificate."
    )


def _secure_otherwise(listener: Listener, graph: Graph) -> Listener | None:
    """The HTTPS listener of its load balancer that a condition makes instead of it."""
    balancers = set(listener.load_balancer.targets)
    others = in_the_other_case(listener, graph)
    return next(
        (each for each in others if each.protocol == Known("HTTPS") and not balancers.isdisjoint(each.load_balancer.targets)),
        None,
    )


def _listeners_off(graph: Graph) -> list[tuple[str, Listener]]:
    return switched_off(graph, Listener)


def _switch(listener: Listener) -> str:
    """The parameter or variable by whose default a condition chooses HTTP; empty if none does."""
    if listener.protocol.origin.switch is not None:
        return listener.protocol.origin.switch.default_of
    chain = listener.protocol.origin.chain
    return next((each.default_of for each in reversed(chain) if each.default_of), "") if any(s.chooses for s in chain) else ""


def _given(listener: Listener, value: Value[int] | Value[str]) -> str:
    """The parameter, argument or variable by which code elsewhere gives a value; empty if none does."""
    kind = "parameter" if listener.as_cloudformation else "argument"
    steps = (each for each in value.origin.chain if each.argument or each.default_of)
    return next((f'{kind} "{each.argument}"' if each.argument else each.default_of for each in steps), "")


def _passed(listener: Listener) -> str:
    """What gives a listener that takes a certificate the protocol HTTP, where the code does not write it there itself; empty if it does."""
    certificate = listener.certificate
    if isinstance(certificate, Absent) and not certificate.origin.chain:
        return ""
    computed = listener.protocol.origin.how == "computed" and certificate == Known("")
    return _given(listener, listener.protocol) or ("an expression" if computed else "")


def _follows(listener: Listener, graph: Graph) -> str:
    """What to do about target groups that get their protocol from the same place; empty if none does."""
    groups = [each.address for step in _setter(listener.protocol) for each in graph.index(TargetGroup, _setters).get(step, ())]
    if not groups:
        return ""
    take, their, one = ("takes", "its", "it") if len(groups) == 1 else ("take", "their", "each of them")
    return (
        f" {listed(groups[:MOST])} {take} {their} protocol from there too: HTTPS replaces {one}, and the servers have to answer HTTPS. If they do not, "
        f"give {'it' if one == 'it' else 'them'} HTTP in another way first."
    )


def _setters(group: TargetGroup) -> Iterator[Span]:
    yield from _setter(group.protocol)


def _setter(value: Value[str]) -> tuple[Span, ...]:
    """The place outside of the code of a resource that sets its value."""
    chain = value.origin.chain
    given = any(each.argument or each.default_of for each in chain)
    return (chain[-1].span,) if given else ()


def _is_one_of_several(listener: Listener, beside: Sequence[Listener]) -> bool:
    """Whether the same block or template makes another listener of its load balancer, or may."""
    if any(each is not listener and each.declared.span == listener.declared.span for each in beside):
        return True
    return listener.representative is not None and all(each.representative is None for each in listener.load_balancer)


def _serves_others(listener: Listener, beside: Sequence[Listener]) -> Listener | None:
    """Another listener of its load balancer for HTTP and other targets. Port 443 is for the one on port 80."""
    groups = groups_of(listener)
    others = (each for each in beside if each is not listener and each.speaks_http() == Known(True))
    found = next((each for each in others if groups_of(each) and groups.isdisjoint(groups_of(each))), None)
    return None if found is None or listener.port == Known(80) else found


def _left_behind(listener: Listener, secure: Sequence[Listener], graph: Graph) -> str:
    """What to do about the targets of the default action that no listener for HTTPS forwards to; empty if there are none. ECS refuses to change a
    service whose target group no listener has."""
    served: set[TargetGroup] = set().union(*map(groups_of, secure))
    here = {group for action in listener.actions for group in action.target_groups}
    if not here or any(each.unknown is not None for other in secure for each in other.actions) or not here.isdisjoint(served):
        return ""
    groups = sorted(here, key=lambda each: each.address)
    services = [INDEX.sub("", each.address) for group in groups for each in graph.referring(group, _SERVICES)]
    named = listed([each.address for each in groups[:MOST]])
    without = (
        f", and {listed(list(dict.fromkeys(services))[:MOST])}, since ECS changes no service without a listener"
        if services
        else ""
    )
    return (
        f"{listed([each.address for each in secure[:MOST]])} does not forward to {named}. If clients need that, let a rule for HTTPS forward to it first; if "
        f"it only redirects, remove it{without}."
    )


def _gets_port(listener: Listener) -> bool:
    """Whether its port is given to a template or module that also gets the load balancer."""
    given = any(step.argument or step.default_of for step in listener.port.origin.chain) or isinstance(listener.port, Unknown)
    return given and all(each.declared.calls != listener.declared.calls for each in listener.load_balancer)


def _only_redirects(listener: Listener) -> bool:
    """Whether its default action sends everything to HTTPS already."""
    return bool(listener.actions) and all(
        each.kind == Known("redirect") and each.redirect_protocol == Known("HTTPS") for each in listener.actions
    )


def forwarding_rules(listener: Listener) -> list[ListenerRule]:
    return [each for each in listener.rules if any(action.kind == Known("forward") for action in each.actions)]


def _rules_to_move(listener: Listener) -> str:
    """What to do with the rules of the listener that serve requests; empty if there are none."""
    rules = [each.address for each in forwarding_rules(listener)]
    if not rules:
        return ""
    named = listed([*rules[:MOST], f"{len(rules) - MOST} more"] if len(rules) > MOST else rules)
    argument = "ListenerArn" if listener.as_cloudformation else "listener_arn"
    moved = f"Rules come before the default action, so also move those that forward requests to the HTTPS listener (`{argument}`): {named}."
    answering = [
        each.address for each in listener.rules if any(action.kind == Known("fixed-response") for action in each.actions)
    ]
    if not answering:
        return moved
    return f"{moved} Move {listed(answering[:MOST])} too: what {'it matches' if len(answering) == 1 else 'they match'} is not redirected otherwise."


def _given_away(listener: Listener, graph: Graph) -> str:
    """What to do about rules that others attach; empty if the listener is in no output."""
    outputs = list(dict.fromkeys(f'output "{each.name}"' for each in graph.referring(listener, _OUTPUTS)))
    if not outputs:
        return ""
    return (
        f"Others get this listener from {listed(outputs[:MOST])}: give them the HTTPS listener there, so that the rules which they attach "
        "also move."
    )


def _switched(listener: Listener, graph: Graph) -> str:
    """What to do about deployments that switch the traffic of a listener from one target group to another; empty if none does."""
    groups = list(dict.fromkeys(INDEX.sub("", each.address) for each in graph.referring(listener, _DEPLOYMENT_GROUPS)))
    if not groups:
        return ""
    switch, their = ("switches", "its route") if len(groups) == 1 else ("switch", "their routes")
    return f"{listed(groups[:MOST])} {switch} the traffic of this listener: name the HTTPS listener there, as {their} for production."


def _waited_for(listener: Listener, graph: Graph) -> str:
    """What to do about services that are made after this listener: ECS refuses one whose target group no listener has yet
    (github.com/aws/aws-cdk/issues/1160)."""
    if not any(each.unknown is not None or each.kind == Known("forward") for each in listener.actions):
        return ""
    services = list(dict.fromkeys(graph.once(_services_after).get(id(listener.declared), ())))
    if not services:
        return ""
    argument = "DependsOn" if listener.as_cloudformation else "depends_on"
    wait = "waits" if len(services) == 1 else "wait"
    return f"{listed(services[:MOST])} {wait} for this listener (`{argument}`): name the HTTPS listener there, which then has the target group."


def _services_after(graph: Graph) -> dict[int, list[str]]:
    """The services that are made after something, by the `id` of its declaration."""
    found: dict[int, list[str]] = {}
    for service in graph.declared:
        if service.type in _SERVICES:
            for each in waits_for(service, graph):
                found.setdefault(id(each), []).append(INDEX.sub("", service.address))
    return found


def _keeps_out(balancer: LoadBalancer, number: int) -> bool:
    """Whether its security groups, which have rules here, certainly let nobody in to a port."""
    groups = balancer.security_groups
    rules = [rule for group in groups for rule in together(group)]
    others = any(group.standalone.unknown is not None for group in groups)
    if not rules or groups.elsewhere or others:
        return False
    return all(any_of((everything(each), port(each, number))) == Known(False) for each in rules)
