"""Methods and routes of an API that anyone may call, as resources of their own."""

from collections.abc import Iterable

from wa_iac.aws.apigateway import Api, ApiRoute, Deployment, Method, RestApi, Stage
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.reasons import Said
from wa_iac.core.rule import (
    Confidence,
    Flag,
    Flags,
    Severity,
    all_known,
    exempt,
    exempt_for,
    flag,
    settled,
    undecided,
)
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Unknown
from wa_iac.knowledge.api_access import guard
from wa_iac.knowledge.api_documents import ANY, document
from wa_iac.knowledge.lambda_use import only_answers
from wa_iac.knowledge.webhooks import (
    answers_a_task,
    behind,
    checked_by,
    decides,
    gives_tokens,
    greets,
    is_health_check,
    is_public,
    is_webhook,
    request_of,
    signs_in,
    takes_reports,
)
from wa_iac.pillars.judgements.open_apis import (
    ANSWER,
    BEFORE_CODE,
    BY_CHOICE,
    CREDENTIALS,
    DECISION,
    OF_A_TOKEN,
    OPEN_ANSWERS,
    OPEN_BY_CHOICE,
    OPEN_DECISION,
    OPEN_GREETING,
    OPEN_HEALTH,
    OPEN_PAGES,
    OPEN_REPORTS,
    OPEN_SIGN_IN,
    OPEN_TASK,
    OPEN_TOKENS,
    OPEN_WEBHOOK,
    PUBLIC,
    REPORTS,
    SEVERAL,
    SHOWN,
    SIGNATURE,
    TRIES,
    authorized,
    needed,
    serves_pages,
    unseen,
)

_DEPLOY = frozenset((*Deployment.types(), *Stage.types(), "module", "AWS::CloudFormation::Stack"))
"""What deploys an API, or may hand it to what does."""
_OUTPUTS = frozenset({"output"})
_API_KEY = ("api_key_required", "ApiKeyRequired")


def judge_method(method: Method | ApiRoute, graph: Graph) -> Flags:
    """A method or a route that is a resource of its own."""
    asks = any_of((authorized(method.authorization), method.api_key_required))
    if asks == Known(True):
        return
    name = method.http_method if isinstance(method, Method) else method.route_key
    preflight = holds(name, lambda text: text.upper().startswith("OPTIONS"))
    exempt(preflight, "it answers preflight requests, which carry no identity")
    requested, path = request_of(method, graph)
    exempt(is_public(requested, path), "it gives out public keys, or what describes the site, to everybody")
    if isinstance(method, Method):
        exempt(method.integration == Known("MOCK"), "API Gateway generates the response itself")
    all_known(method.api.unknown)
    called = name.value.upper() if isinstance(method, Method) and isinstance(name, Known) else ANY
    for api in method.api.targets:
        exempt_for(guard(api, document(api), called, ""))
        if isinstance(api, Api):
            websocket = settled(api.protocol) == Known("WEBSOCKET")
            exempt(websocket and name != Known("$connect"), "a WebSocket is authorized when it connects")
    settled(asks)
    if not method.api.targets:
        why = "its API is not in this unit: a resource policy may protect it"
        yield undecided(Unknown(Said(why), ("api of", method.address), method.api.value.origin))
        return
    argument = "authorization" if isinstance(method, Method) else "authorization_type"
    if method.ignores(argument):
        why = f"Terraform ignores changes of {argument}, so something else may set it"
        yield undecided(
            Unknown(Said(why, "look at the deployed API"), ("ignored by", method.address), method.authorization.origin)
        )
    elif gives_tokens(path):
        yield needed(method.authorization, OPEN_TOKENS, CREDENTIALS)
    elif signs_in(path):
        yield needed(method.authorization, OPEN_SIGN_IN, TRIES)
    elif is_health_check(requested, path):
        yield needed(method.authorization, OPEN_HEALTH, ANSWER)
    elif greets(requested, path):
        yield needed(method.authorization, OPEN_GREETING, BY_CHOICE)
    elif is_webhook(method, graph):
        yield needed(method.authorization, OPEN_WEBHOOK, SIGNATURE)
    elif (is_task := _is_task(method)) or decides(method, requested, graph):
        yield needed(method.authorization, OPEN_TASK if is_task else OPEN_DECISION, DECISION)
    elif takes_reports(method, graph):
        yield needed(method.authorization, OPEN_REPORTS, REPORTS)
    elif variable := checked_by(behind(method, graph)):
        yield unseen(method.authorization, "this", variable)
    elif _is_web_server(method, path, graph):
        yield flag(
            method.authorization,
            "API Gateway lets anyone call this, and passes all paths on to a web server: only the application there can tell who calls.",
            severity=Severity.MEDIUM,
            confidence=Confidence.LOW,
            instead=BEFORE_CODE,
        )
    elif isinstance(method, Method) and _passes_tokens_on(method, graph):
        yield flag(
            method.authorization,
            "API Gateway lets anyone call this. Pages of other sites may send it the header Authorization, and the web server behind it gets that: only "
            "the application there can check the token.",
            severity=Severity.MEDIUM,
            confidence=Confidence.MEDIUM,
            instead=OF_A_TOKEN,
        )
    elif said := _left_open(method, path, graph):
        yield flag(method.authorization, said, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=BY_CHOICE)
    elif _word_of(method) in SHOWN and any(map(serves_pages, (method, *method.api))):
        yield flag(method.authorization, OPEN_PAGES, severity=Severity.MEDIUM, confidence=Confidence.LOW, instead=BY_CHOICE)
    else:
        yield _open(method, graph)


def _open(method: Method | ApiRoute, graph: Graph) -> Flag:
    """A method or a route that nothing says to be open on purpose."""
    waits = isinstance(method, Method) and _is_not_deployed(method, graph)
    first = "This has no integration, and nothing here deploys its API. Once that is done, anyone" if waits else "Anyone"
    return flag(
        method.authorization,
        f"{first} who finds the URL can call this: neither an identity nor an API key is required.",
        severity=Severity.MEDIUM if waits else None,
    )


def _is_not_deployed(method: Method, graph: Graph) -> bool:
    """Whether a method has no integration, without which API Gateway refuses to deploy it, no deployment and no stage of its API is here either, and
    nothing that is elsewhere or not known gets the API. A REST API has no URL before."""
    return isinstance(method.integration, Absent) and all(
        not api.declared.made_from
        and api.stages.unknown is None
        and not graph.referring(api, _DEPLOY)
        and all(each.calls for each in graph.referring(api, _OUTPUTS))
        for api in method.api
    )


def _is_task(method: Method | ApiRoute) -> bool:
    return isinstance(method, Method) and answers_a_task(method.integration_uri)


def _passes_tokens_on(method: Method, graph: Graph) -> bool:
    """Whether a web server gets all headers of its requests, among them the one for tokens, which the API lets pages send."""
    # Imported here, since few APIs pass requests on by HTTP.
    if method.integration != Known("HTTP_PROXY"):
        return False
    from wa_iac.knowledge.browser_headers import pages_may_send_a_token

    return any(pages_may_send_a_token(each, graph) for each in method.api)


def _left_open(method: Method | ApiRoute, path: str, graph: Graph) -> str:
    """Why a method may well be open; empty if nothing says so."""
    if _is_chosen(method) or _is_one_of_a_list(method) or _is_public_beside_others(method, path):
        return OPEN_BY_CHOICE
    return OPEN_ANSWERS if only_answers(behind(method, graph), graph) else ""


def _is_chosen(method: Method | ApiRoute) -> bool:
    """Whether it is written for each method of its API, whether that needs an API key, and this one needs none."""
    if method.api_key_required != Known(False) or all(
        isinstance(value_at(method.declared.body, each), Absent) for each in _API_KEY
    ):
        return False
    return any(each.api_key_required == Known(True) for api in method.api if isinstance(api, RestApi) for each in api.methods)


def _is_public_beside_others(method: Method | ApiRoute, path: str) -> bool:
    """Whether other methods of its API ask who calls, and this one has a path that is called public, or only reads, as several open ones do."""
    others: list[Method | ApiRoute] = [
        each for api in method.api for each in (api.methods if isinstance(api, RestApi) else api.routes)
    ]
    if not any(authorized(each.authorization) == Known(True) for each in others):
        return False
    if PUBLIC.search(path):
        return True
    reads = sum(_reads(each) for each in others if authorized(each.authorization) != Known(True))
    return _reads(method) and reads >= SEVERAL


def _reads(method: Method | ApiRoute) -> bool:
    """Whether a method or a route only reads."""
    return _word_of(method) in ("GET", "HEAD")


def _word_of(method: Method | ApiRoute) -> str:
    """The HTTP method of a method or a route, as far as it is known."""
    name = method.http_method if isinstance(method, Method) else method.route_key
    word = name.value.upper().split(" ")[0] if isinstance(name, Known) else ""
    return ANY if word == "$DEFAULT" else word


def _is_one_of_a_list(method: Method | ApiRoute) -> bool:
    """Whether one block of code makes it and others of its API, which ask who calls: the list behind the block says so for each."""
    own = method.declared
    for api in method.api if own.keys else ():
        others: Iterable[Method | ApiRoute] = api.methods if isinstance(api, RestApi) else api.routes
        for each in others:
            same = each.declared.span == own.span and _places(each.declared) == _places(own)
            if same and authorized(each.authorization) == Known(True):
                return True
    return False


def _places(declared: Declared) -> list[Span]:
    """The module calls through which it is made."""
    return [each.span for each in declared.calls]


def _is_web_server(method: Method | ApiRoute, path: str, graph: Graph) -> bool:
    """Whether all paths are passed on to a web server by HTTP."""
    if isinstance(method, Method):
        return method.integration in (Known("HTTP_PROXY"), Known("HTTP")) and path.endswith("+}")
    if not path.endswith("+}") and method.route_key != Known("$default"):
        return False
    integrations = list(graph.referred(method.target))
    kinds = (value_at(each.body, name) for each in integrations for name in ("IntegrationType", "integration_type"))
    return any(each == Known("HTTP_PROXY") for each in kinds)
