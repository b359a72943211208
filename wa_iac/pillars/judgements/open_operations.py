"""Operations that anyone may call, in the document of an API (OpenAPI or Swagger)."""

from dataclasses import replace
from typing import Final

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, is_set, negate
from wa_iac.core.rule import (
    Confidence,
    Flags,
    Remedy,
    Severity,
    flag,
    undecided,
)
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.api_access import guard
from wa_iac.knowledge.api_documents import Operation, document, is_made_up, operations, schemes
from wa_iac.knowledge.lambda_use import only_answers
from wa_iac.knowledge.webhooks import (
    answers_a_task,
    checked_by,
    gives_tokens,
    greets,
    is_decided_in_a_message,
    is_for_webhooks,
    is_health_check,
    is_public,
    names_a_webhook,
    signs_in,
)
from wa_iac.pillars.judgements.open_apis import (
    ANSWER,
    AUTHORIZER,
    BY_CHOICE,
    CREDENTIALS,
    DECISION,
    OF_SAM,
    OPEN_ANSWERS,
    OPEN_DECISION,
    OPEN_GREETING,
    OPEN_HEALTH,
    OPEN_PAGES,
    OPEN_SIGN_IN,
    OPEN_TASK,
    OPEN_TOKENS,
    OPEN_WEBHOOK,
    PUBLIC,
    SEVERAL,
    SHOWN,
    SIGNATURE,
    SIGNED,
    SIGV4,
    TRIES,
    TURNED_OFF,
    needed,
    serves_pages,
    unseen,
)
from wa_iac.pillars.judgements.redeployed import redeployed
from wa_iac.pillars.judgements.wording import listed

_MOST_NAMED = 3


_OF_OPENAPI: Final = f"# in the document, the security in each of these operations\nsecurity: [{{ sigv4: [] }}]\ncomponents:\n  securitySchemes:\n    {SIGV4}"
_OF_SWAGGER: Final = Remedy(
    cfn=f"# in the document, the security in each of these operations\nsecurity: [{{ sigv4: [] }}]\nsecurityDefinitions:\n  {SIGV4}",
    tf="# in the document, the security in each of these operations\nsecurity = [{ sigv4 = [] }]\nsecurityDefinitions = {\n"
    '  sigv4 = { type = "apiKey", name = "Authorization", in = "header", x-amazon-apigateway-authtype = "awsSigv4" }\n}',
    decision=SIGNED,
)


def judge_document(api: RestApi | Api, graph: Graph) -> Flags:
    """The operations of an API's document. Those that stand at one place are one fault: all of a text, for example."""
    whole = document(api)
    open_: dict[tuple[Span, bool], list[Operation]] = {}
    asking = 0
    for operation in operations(whole, of_rest=isinstance(api, RestApi)):
        asking += isinstance(operation, Operation) and operation.asks == Known(True)
        answer = operation if isinstance(operation, Unknown) else _is_open(operation, api, whole)
        if isinstance(answer, Unknown):
            yield undecided(answer, resource=api)
        elif isinstance(operation, Operation) and answer == Known(True):
            relies_on_root = not isinstance(operation.at_root, Absent)
            open_.setdefault((_place(operation).origin.span, relies_on_root), []).append(operation)
    reads = sum(_only_reads(each) for found in open_.values() for each in found) if asking else 0
    for found in open_.values():
        names = [each.name for each in found[:_MOST_NAMED]]
        more = [f"{len(found) - _MOST_NAMED} more"] if len(found) > _MOST_NAMED else []
        where = Absent(_place(found[0]).origin)
        called = listed([*names, *more])
        if is_for_webhooks(api) or all(names_a_webhook(each.name) for each in found):
            yield needed(where, f"{OPEN_WEBHOOK} It is {called}.", SIGNATURE)
        elif all(gives_tokens(each.path) for each in found):
            yield needed(where, f"{OPEN_TOKENS} It is {called}.", CREDENTIALS)
        elif all(signs_in(each.path) for each in found):
            yield needed(where, f"{OPEN_SIGN_IN} It is {called}.", TRIES)
        elif all(is_health_check(each.method, each.path) for each in found):
            yield needed(where, f"{OPEN_HEALTH} It is {called}.", ANSWER)
        elif all(greets(each.method, each.path) for each in found):
            yield needed(where, f"{OPEN_GREETING} It is {called}.", BY_CHOICE)
        elif all(is_decided_in_a_message(each.method, each.path) for each in found):
            yield needed(where, f"{OPEN_DECISION} It is {called}.", DECISION)
        elif all(answers_a_task(each.uri) for each in found):
            yield needed(where, f"{OPEN_TASK} It is {called}.", DECISION)
        elif variable := _checked(found, graph):
            yield unseen(where, called, variable)
        elif not isinstance(found[0].at_root, Absent):
            yield flag(
                where,
                f"Anyone who finds the URL can call {called}: only this security at the root of the document asks who calls, and API Gateway does "
                "not use it for the operations of a REST API.",
                confidence=Confidence.MEDIUM,
                instead=_at_each(api, whole, graph),
            )
        elif all(each.opened for each in found):
            yield flag(
                where,
                f"Anyone who finds the URL can call {called}: there, the API's default authorizer is turned off.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
                instead=TURNED_OFF,
            )
        elif all(each.unchecked for each in found):
            wanted = listed(list(dict.fromkeys(name for each in found for name in each.unchecked)))
            yield flag(
                where,
                f"The document asks for {wanted} at {called}, but API Gateway does not check that: requests without it reach the code "
                "behind the API.",
                severity=Severity.MEDIUM,
                instead=AUTHORIZER,
            )
        elif asking and all(PUBLIC.search(each.path) for each in found):
            yield flag(
                where,
                f"Anyone who finds the URL can call {called}. Other operations of the API ask who calls, and the path says that this is public.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
                instead=BY_CHOICE,
            )
        elif serves_pages(api) and all(each.method in SHOWN for each in found):
            yield flag(
                where,
                f"{OPEN_PAGES} It is {called}.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
                instead=BY_CHOICE,
            )
        elif reads >= SEVERAL and all(map(_only_reads, found)):
            yield flag(
                where,
                f"Anyone who finds the URL can call {called}. Other operations of the API ask who calls, and {reads} of those that only read "
                "do not, so its author may have left them open on purpose.",
                severity=Severity.MEDIUM,
                confidence=Confidence.LOW,
                instead=BY_CHOICE,
            )
        else:
            little = all(only_answers(graph.referred(each.tree), graph) for each in found)
            yield flag(
                where,
                f"{OPEN_ANSWERS} It is {called}."
                if little
                else f"Anyone who finds the URL can call {called}: neither an identity nor an API key is required.",
                severity=Severity.MEDIUM if little else None,
                confidence=Confidence.LOW if little else None,
                instead=_in_document(api, whole, where, graph, alone=len(open_) == 1),
            )


def _place(operation: Operation) -> Tree:
    """Where an open operation is at fault: all that rely on the root of the document are one fault."""
    return operation.tree if isinstance(operation.at_root, Absent) else operation.at_root


def _at_each(api: RestApi | Api, whole: Tree, graph: Graph) -> Remedy:
    """The security of the root, written where API Gateway uses it."""
    return Remedy(
        decision=" ".join(
            filter(
                None,
                (
                    "Write this security in each operation of the document instead. Callers that do not sign in yet, or send no key, are refused "
                    "then: change them first.",
                    preflights(whole),
                    redeployed(api, graph),
                ),
            )
        )
    )


def _only_reads(operation: Operation) -> bool:
    return operation.method in ("GET", "HEAD")


def _checked(found: list[Operation], graph: Graph) -> str:
    """The variable by which the functions behind operations seem to check tokens; empty if one of them has none."""
    variables = [checked_by(graph.referred(each.tree)) for each in found]
    return variables[0] if all(variables) else ""


_OF_A_FILE: Final = (
    "SAM's Auth does not reach a document in a file of its own. Write this into that file, the security in each operation:"
)
_PREFLIGHTS: Final = (
    "The document answers preflight requests of browsers (OPTIONS), which carry no identity: leave these operations without "
    "security."
)


def preflights(whole: Tree) -> str:
    """A sentence on the operations of a document for preflight requests, which have to stay open; empty if it has none."""
    paths = member(whole, "paths")
    each_path = paths.value.values() if isinstance(paths, Known) and isinstance(paths.value, dict) else ()
    has_some = any(not isinstance(member(each, method), Absent) for each in each_path for method in ("options", "OPTIONS"))
    return _PREFLIGHTS if has_some else ""


def _in_document(api: RestApi | Api, whole: Tree, where: Tree, graph: Graph, *, alone: bool) -> str | Remedy:
    """What to write into a document of Swagger 2.0, or into the file of a document that a template includes: SAM adds no authorizer to
    that. Empty if the rule's own remedy will do. `alone` says that nothing else of the API is open."""
    is_swagger = not isinstance(member(whole, "swagger"), Absent)
    inside = not api.declared.made_from or where.origin.span.path in ("", api.declared.extent.path)
    if defined := [each for each in schemes(whole) if each != "api_key"]:
        how = (
            "Authorizer in the Auth of the event, or security in the document"
            if api.declared.made_from and inside
            else "security in the document"
        )
        return Remedy(
            decision=f"The API has {listed(defined)}: let these operations use it ({how}). Their callers have to sign in first, or they are "
            f"refused. {redeployed(api, graph)}".rstrip()
        )
    if inside and api.declared.made_from in OF_SAM and not api.declared.extent.holds(where.origin.span):
        # The place shown is the event of a function, whose `Auth` knows no default for an API.
        return Remedy(
            of={api.declared.made_from: OF_SAM[api.declared.made_from]},
            decision=f"{SIGNED} Write this into the properties of {api.address}, not at the event: it holds for all operations of the API, unless their "
            "events say otherwise.",
        )
    if inside and not alone and api.declared.made_from in OF_SAM:
        # The document is written in the API itself: a default authorizer of its `Auth` would hold for the other open operations too.
        return Remedy(
            cfn=_OF_SWAGGER.cfn if is_swagger else _OF_OPENAPI,
            decision=" ".join(filter(None, (SIGNED, preflights(whole), redeployed(api, graph)))),
        )
    if inside:
        swagger = replace(_OF_SWAGGER, decision=" ".join(filter(None, (SIGNED, preflights(whole), redeployed(api, graph)))))
        return swagger if is_swagger and not api.declared.made_from else ""
    added = f"securityDefinitions:\n  {SIGV4}" if is_swagger else f"components:\n  securitySchemes:\n    {SIGV4}"
    return Remedy(
        cfn=f"security: [{{ sigv4: [] }}]\n{added}",
        decision=" ".join(filter(None, (SIGNED, preflights(whole), _OF_A_FILE))),
    )


def _is_open(operation: Operation, api: RestApi | Api, whole: Tree) -> Value[bool]:
    if operation.asks == Known(True) or operation.method == "OPTIONS" or is_made_up(operation, whole):
        return Known(False)
    if is_public(operation.method, operation.path):
        return Known(False)
    return negate(any_of((operation.asks, is_set(guard(api, whole, operation.method, operation.path)))))
