"""What guards a whole API, so that its methods need not ask for an identity: where it can be reached from, its resource policy, and
certificates that clients show.

API Gateway Developer Guide: "Control access to a REST API with API Gateway resource policies", "How to turn on mutual TLS authentication
for your HTTP APIs" (it holds for the custom domain; the default endpoint answers without one, unless it is disabled).
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.core.binding import member
from wa_iac.core.coerce import coercion
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.logic import first_unknown
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value
from wa_iac.knowledge.resource_policies import closes, opens

from .api_documents import ANY

_INVOKE = "execute-api:Invoke"
_EXTENSION = "x-amazon-apigateway-"


def guard(api: RestApi | Api, document: Tree, method: str, path: str) -> Value[str]:
    """What guards requests of a method (`ANY` for all) and a path (empty where it is not known): empty where nothing does."""
    unknown: Unknown | None = None
    answers = [_certificates(api, document)]
    if isinstance(api, RestApi):
        answers += [_private(api, document), _policy(api, document, method, path)]
    for answer in answers:
        match answer:
            case Known(reason) if reason:
                return answer
            case Unknown() as why:
                unknown = first_unknown(unknown, why)
            case _:
                pass
    return Known("") if unknown is None else unknown


def _private(api: RestApi, document: Tree) -> Value[str]:
    endpoints = member(member(document, f"{_EXTENSION}endpoint-configuration"), "vpcEndpointIds")
    if isinstance(endpoints, Known):
        return Known("its API is private")
    match api.endpoint_types:
        case Known(types) if any(each == Known("PRIVATE") for each in types):
            return Known("its API is private")
        case Known(types):
            return next((each for each in types if isinstance(each, Unknown)), Known(""))
        case Unknown() as why:
            return why
        case Absent():
            return Known("")


def _policy(api: RestApi, document: Tree, method: str, path: str) -> Value[str]:
    """A resource policy guards what it does not open to everybody: without an Allow, it denies."""
    policy: Tree = api.policy
    if isinstance(policy, Absent) or api.policy_text == Known(""):
        policy = member(document, f"{_EXTENSION}policy")
    listed = statements(policy)
    if not listed:
        return Known("")
    if any(_denies_most(each) for each in listed):
        return Known("a resource policy guards its API")
    unknown = next((each.conditions_unknown for each in listed if each.denies and each.conditions_unknown is not None), None)
    for statement in listed:
        answers = (opens(statement), statement.covers_action(_INVOKE), _reaches(statement, method, path))
        if any(isinstance(each, Known) and not each.value for each in answers):
            continue
        why = next((each for each in answers if isinstance(each, Unknown)), None)
        if why is None:
            return Known("")
        unknown = first_unknown(unknown, why)
    return Known("a resource policy guards its API") if unknown is None else unknown


def _denies_most(statement: Statement) -> bool:
    """Whether it denies calls to all but some: a denial of some leaves the others in."""
    if not closes(statement) or statement.covers_action(_INVOKE) != Known(True):
        return False
    return bool(statement.not_principals) or any(_excepts(operator) for operator, _, _ in statement.conditions)


def _excepts(operator: str) -> bool:
    """Whether a condition of a denial is met by all but those that it names."""
    plain = operator.lower().rpartition(":")[2].removesuffix("ifexists")
    return "not" in plain or plain in ("null", "bool")


def _reaches(statement: Statement, method: str, path: str) -> Value[bool]:
    """Whether a statement is about requests of a method and a path."""
    if statement.not_resources or not statement.resources:
        return Known(True, statement.origin)
    unknown: Unknown | None = None
    for resource in statement.resources:
        match resource:
            case Known(text):
                pattern = str(text)
            case Unknown(parts=parts) if parts:
                pattern = "".join(part if isinstance(part, str) else "*" for part in parts)
            case Unknown() as why:
                unknown = why
                continue
            case Absent():
                continue
        answer = _matches(pattern, method, path)
        if answer is None:
            unknown = Unknown(
                Said("the API's policy opens some paths, and it is not known here whether this is one"), ("path", pattern)
            )
        elif answer:
            return Known(True, statement.origin)
    return Known(False, statement.origin) if unknown is None else unknown


def _matches(pattern: str, method: str, path: str) -> bool | None:
    """Whether `execute-api:/stage/METHOD/path`, or an ARN that ends so, is about a request; None where that hangs on its path."""
    _, slash, requests = pattern.partition("/")
    if not slash:
        return pattern.endswith("*")
    stage, slash, rest = requests.partition("/")
    if not slash:
        return stage.endswith("*")
    wanted, slash, of_path = rest.partition("/")
    if stage != "*" and stage.startswith("*"):
        return None
    if method != ANY and not fnmatchcase(method, wanted if slash else f"{wanted}*" if wanted.endswith("*") else wanted):
        return False
    if not slash or of_path == "*":
        return True
    return fnmatchcase(path.removeprefix("/"), of_path) if path else None


def _certificates(api: RestApi | Api, document: Tree) -> Value[str]:
    """Mutual TLS guards an API where every way to it asks for a certificate: its domains do, and it has no endpoint of its own."""
    disabled = _disabled(api, document)
    if isinstance(disabled, Known) and not disabled.value:
        return Known("")
    asking = [given(domain.mutual_tls) for mapping in api.mappings for domain in mapping.domain]
    if any(isinstance(each, Known) and not each.value for each in asking):
        return Known("")
    doubts = (api.mappings.unknown, *(each.domain.unknown for each in api.mappings), *asking, disabled)
    unknown = next((each for each in doubts if isinstance(each, Unknown)), None)
    if not asking:
        return Known("") if api.mappings.unknown is None else api.mappings.unknown
    return Known("clients of its domain show a certificate") if unknown is None else unknown


def _disabled(api: RestApi | Api, document: Tree) -> Value[bool]:
    """Whether the API has no endpoint of its own, going by a property or by the document."""
    written = member(member(document, f"{_EXTENSION}endpoint-configuration"), "disableExecuteApiEndpoint")
    if api.default_endpoint_disabled == Known(False) and not isinstance(written, Absent):
        return coercion(bool)(written, lambda _: None)
    return api.default_endpoint_disabled
