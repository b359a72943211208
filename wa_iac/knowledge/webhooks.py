"""Methods and routes whose callers cannot have an identity in AWS: other services, which sign what they send, clients that ask for a token,
and everybody who reads what is public by its purpose.

"Tutorial: Creating a webhook endpoint using a Lambda function URL" (AWS Lambda Developer Guide) leaves the endpoint open, and checks the
signature in the function. RFC 8615 gives `/.well-known/` to what describes a site, RFC 7517 is about sets of public keys (JWKS), and RFC 6749
about token endpoints, at which a client shows its own credentials.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from wa_iac.aws.apigateway import Api, ApiRoute, Method, RestApi
from wa_iac.aws.lambda_function import Url
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import pieces_of
from wa_iac.core.value import Absent, Known, Tree

_OF_TASKS: Final = late(r":states:action/SendTask(?:Success|Failure|Heartbeat)$")
_NAMED: Final = late(r"webhook|callback|(?<![a-z])hooks?(?![a-z])|(?<![a-z])pub[-_]?sub(?![a-z])", re.IGNORECASE)
_SERVICES: Final = "discord|kakao|slack|telegram|twilio"
_OF_MESSENGERS: Final = late(
    rf"(?:^|\s)(?:/(?:api|bots?|v\d{{1,3}})){{0,3}}/(?:alexa|messenger|whatsapp|{_SERVICES})"
    r"(?:/(?:actions?|bot|callback|commands?|events?|install|interact(?:ions?|ive|ivity)|messages?|oauth[-_]?redirect|options|sms|voice))?/?$",
    re.IGNORECASE,
)
"""A path that a service for messages calls: for example "Request URLs" and "Verifying requests from Slack" (Slack API)."""
_CHATS: Final = late(rf"{_SERVICES}|whats_?app", re.IGNORECASE)
"""Services for messages that call the URL of a bot, by which they do not sign as AWS asks."""
_REPORTS: Final = late(r"(?<![a-z])csp(?![a-z])|content[ _-]?security[ _-]?policy", re.IGNORECASE)
"""What takes reports of browsers on violations of a content security policy ("Content Security Policy Level 3", W3C)."""
_SECRET: Final = late(r"hook_?(?:secret|token)|signing_?secret", re.IGNORECASE)
"""A variable that holds what a sender signs with."""
_OF_FRONT: Final = late(
    r"cloudfront_?(?:custom_?)?(?:header|secret|token)|origin_?(?:verify|secret|custom_?header)", re.IGNORECASE
)
"""How the value of a header is called that CloudFront adds to requests for its origins."""
_HOLDERS: Final = frozenset(
    and_awscc(
        *(
            "AWS::SSM::Parameter",
            "AWS::SecretsManager::Secret",
            "aws_ssm_parameter",
            "aws_secretsmanager_secret",
            "random_password",
        )
    )
)
_ENVIRONMENTS: Final = ("environment.variables", "Environment.Variables")
_PUBLIC: Final = late(r"/\.well-known/|/jwks(?:\.json)?$", re.IGNORECASE)
_TOKENS: Final = late(r"(?:/v\d+)?(?:/(?:oauth2?|oidc|openid|connect|auth))?(?:/v\d+)?/token", re.IGNORECASE)
_SIGN_IN: Final = late(
    r"(?:/[\w.{}-]{1,60}){0,4}/(?:(?:log|sign)[-_]?(?:in|out|up)|(?:forgot|reset)[-_]?password)(?:/\{[\w+-]{1,60}\}){0,3}"
    r"(?:/(?:amazon|apple|facebook|github|google|line|linkedin|microsoft|oauth2?|oidc|saml|sso|twitter|yahoo))?"
    r"(?:/(?:authorization[-_]?url|callback))?"
    r"|(?:/[\w.{}-]{1,60}){0,3}/oauth2?/(?:authorize|revoke|introspect|register)"
    r"|(?:/(?:api|v\d+|auth|users?|accounts?|identity|public)){0,3}"
    r"/(?:authenticate|authentication|register|registration|refresh[-_]?token"
    r"|(?:confirm|verify)[-_]?(?:account|e-?mail|registration|sign[-_]?up))(?:/\{[\w+-]{1,60}\})?"
    r"|(?:/[\w.{}-]{1,60}){0,3}/(?:auth|identity|password)/(?:forgot|leave|refresh|reset)"
    r"|(?:/v\d+)?/(?:authorize|authorization)"
    r"|(?:/[\w.{}-]{1,60}){0,3}/(?:activate|confirm|reset|verify)/\{\w{0,30}(?:code|token)\w{0,30}\}",
    re.IGNORECASE,
)
"""Where somebody signs in, up or out, and where a client of OAuth begins or ends (RFC 6749, RFC 7009, RFC 7591, RFC 7662)."""
_HEALTH: Final = late(
    r"(?:/[\w.{}-]{1,60}){0,4}/(?:_status|health[-_]?(?:check|z)?|heartbeat|live(?:ness|z)|ping|ready|readiness|readyz)",
    re.IGNORECASE,
)
"""Where something asks whether an API works."""
_APPROVAL: Final = late(r"approv(?:e|al)(?!s)|(?<![a-z])(?:reject|unsubscribe)(?!ed|s)", re.IGNORECASE)
"""How a link is called that people open from a message to decide something: for example "Deploying a workflow that waits for human approval in Step
Functions" (AWS Step Functions Developer Guide), whose links have the token of the task."""
_GREETING: Final = late(r"(?:/(?:api|v\d{1,3}))?/hello(?:[-_]?world)?\d?", re.IGNORECASE)
"""The path of a first application that greets, as the templates of SAM begin with."""
_CHECKS_TOKENS: Final = late(r"jwt|jwks|oidc|verify_?token|token_?verif", re.IGNORECASE)
"""A variable by which a function checks the token of a caller."""
_READING: Final = frozenset({"GET", "HEAD"})
_DEEPEST: Final = 20
_PATHS: Final = ("path_part", "PathPart")
_DESCRIPTIONS: Final = ("description", "Description")
_PARENTS: Final = ("parent_id", "ParentId")
_RESOURCES: Final = frozenset({"AWS::ApiGateway::Resource", "aws_api_gateway_resource", "awscc_apigateway_resource"})
_TARGETS: Final = ("integration_uri", "IntegrationUri")


def header_of_front(graph: Graph) -> str:
    """The parameter or secret that holds, by its name, the header by which a function knows the requests of CloudFront; empty if there is none
    ("Restrict access to Application Load Balancers", Amazon CloudFront Developer Guide, which has the same way for a load balancer)."""
    found = (each for each in graph.declared if each.type in _HOLDERS and _OF_FRONT.search(each.name))
    return next((each.address for each in found), "")


def names_a_webhook(text: str) -> bool:
    """Whether the name of a route, a path or a function says that other services call it."""
    return _NAMED.search(text) is not None or _OF_MESSENGERS.search(text) is not None


def is_public(method: str, path: str) -> bool:
    """Whether requests of a method and a path read what is public by its purpose: keys to check signatures, or what describes a site."""
    return method in _READING and _PUBLIC.search(path) is not None


def gives_tokens(path: str) -> bool:
    """Whether a path is that of an OAuth token endpoint."""
    return _TOKENS.fullmatch(path) is not None


def signs_in(path: str) -> bool:
    """Whether callers of a path have no identity yet: they sign in or up there, or begin with OAuth."""
    return _SIGN_IN.fullmatch(path.rstrip("/")) is not None


def is_health_check(method: str, path: str) -> bool:
    """Whether requests of a method and a path ask whether an API works."""
    return method in _READING and _HEALTH.fullmatch(path.rstrip("/")) is not None


def greets(method: str, path: str) -> bool:
    """Whether requests of a method and a path get a greeting, and nothing else."""
    return method in _READING and _GREETING.fullmatch(path.rstrip("/")) is not None


def is_decided_in_a_message(method: str, *names: str) -> bool:
    """Whether people open a link of a method from a message to decide something, by one of the names of what it calls."""
    return method in _READING and any(_APPROVAL.search(each) is not None for each in names)


def answers_a_task(uri: Tree) -> bool:
    """Whether API Gateway passes a request on as the answer of a task of Step Functions: all that needs is the token of the task ("SendTaskSuccess",
    Step Functions API Reference)."""
    return any(_OF_TASKS.search(each) is not None for each in pieces_of(uri))


def checked_by(behind: Iterable[Declared]) -> str:
    """The variable by which a function behind a method seems to check tokens itself. Empty if there is none."""
    return next((name for each in behind for name in _variables(each) if _CHECKS_TOKENS.search(name) is not None), "")


def request_of(method: Method | ApiRoute, graph: Graph) -> tuple[str, str]:
    """The method and the path of a method or a route: empty where they are not known as a whole."""
    if isinstance(method, ApiRoute):
        name, _, path = method.route_key.value.partition(" ") if isinstance(method.route_key, Known) else ("", "", "")
        return name.upper(), path
    name = method.http_method.value.upper() if isinstance(method.http_method, Known) else ""
    return name, _path(method.resource, graph)


def _path(resource: Tree, graph: Graph) -> str:
    """The path of a resource of a REST API: its own part below that of its parent."""
    found = ""
    for _ in range(_DEEPEST):
        made = next((each for each in graph.referred(resource) if each.type in _RESOURCES), None)
        if made is None:
            break
        part = _written(made, _PATHS)
        if not isinstance(part, Known):
            return ""
        found = f"/{part.value}{found}"
        resource = _written(made, _PARENTS)
    return found


def _written(declared: Declared, names: tuple[str, ...]) -> Tree:
    """The argument of a resource that has one of several names."""
    found = (value_at(declared.body, each) for each in names)
    return next((each for each in found if not isinstance(each, Absent)), Absent())


def is_for_webhooks(api: RestApi | Api) -> bool:
    """Whether other services call a whole API, by its name or its description."""
    return any(map(names_a_webhook, _words(api)))


def _words(api: RestApi | Api) -> Iterator[str]:
    yield api.declared.name
    yield from pieces_of(api.name)
    yield from pieces_of(_written(api.declared, _DESCRIPTIONS))


def takes_reports(method: Method | ApiRoute, graph: Graph) -> bool:
    """Whether browsers send reports to a method or a route, by its own name, its API's or its path."""
    names = (*_names(method, graph), *(word for api in method.api.targets for word in _words(api)))
    return any(_REPORTS.search(each) is not None for each in names)


def takes_reports_by_url(url: Url) -> bool:
    """Whether browsers send reports to the URL of a function, by its own name or the function's."""
    names = (url.declared.name, *(each.declared.name for each in url.function.targets), *pieces_of(url.function.value))
    return any(_REPORTS.search(each) is not None for each in names)


def decides(method: Method | ApiRoute, requested: str, graph: Graph) -> bool:
    """Whether people decide something by a link that calls a method or a route, by its own name or its path."""
    return is_decided_in_a_message(requested, *_names(method, graph))


def is_webhook(method: Method | ApiRoute, graph: Graph) -> bool:
    """Whether other services call a method or a route, by its own name, its API's, its path, or the function behind it."""
    if any(map(is_for_webhooks, method.api.targets)) or any(map(names_a_webhook, _names(method, graph))):
        return True
    return any(_SECRET.search(name) for function in behind(method, graph) for name in _variables(function))


def is_webhook_url(url: Url) -> bool:
    """Whether other services call the URL of a function, by its own name or the function's, or by a secret of signatures."""
    functions = [each.declared for each in url.function.targets]
    names = [url.declared.name, *(each.name for each in functions), *pieces_of(url.function.value)]
    if any(map(_CHATS.search, names)):
        return True
    return any(map(names_a_webhook, names)) or any(_SECRET.search(name) for each in functions for name in _variables(each))


def _names(method: Method | ApiRoute, graph: Graph) -> Iterator[str]:
    yield method.declared.name
    if isinstance(method, Method):
        yield _path(method.resource, graph)
        for resource in graph.referred(method.resource):
            for path in _PATHS:
                yield from pieces_of(value_at(resource.body, path))
        return
    yield from pieces_of(method.route_key)
    yield from (each.name for each in graph.referred(method.target))
    yield from (each.name for each in behind(method, graph))


def behind(method: Method | ApiRoute, graph: Graph) -> Iterator[Declared]:
    """What the integration of a method or a route calls."""
    if isinstance(method, Method):
        yield from graph.referred(method.integration_uri)
    else:
        for integration in graph.referred(method.target):
            for target in _TARGETS:
                yield from graph.referred(value_at(integration.body, target))


def _variables(function: Declared) -> Iterator[str]:
    """The names of a function's environment variables."""
    for path in _ENVIRONMENTS:
        match value_at(function.body, path):
            case Known(dict() as variables):
                yield from variables
            case _:
                continue
