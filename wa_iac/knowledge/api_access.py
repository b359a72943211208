"""What guards a whole API, so that its methods need not ask for an identity: where it can be reached from, its resource policy, and
certificates that clients show.

API Gateway Developer Guide: "Control access to a REST API with API Gateway resource policies", "How to turn on mutual TLS authentication
for your HTTP APIs" (it holds for the custom domain; the default endpoint answers without one, unless it is disabled).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final, NamedTuple, cast

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.core.binding import member
from wa_iac.core.coerce import coercion
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of, because, first_known, first_unknown, holds, negate
from wa_iac.core.presence import given
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

from .api_documents import ANY
from .policies.access import opened
from .policies.condition_keys import STRANGER
from .policies.scopes import Request

_INVOKE = "execute-api:Invoke"
_EXTENSION = "x-amazon-apigateway-"
_NAMES_AN_API: Final = late(r"(?:^|\.)(?:aws|awscc)_api_?gateway_rest_api\.")
_OF_AN_API: Final = Said(
    "whether the Deny is for this API depends on its ID, which is known only after deployment",
    "compare the ID in the Deny with that of the deployed API, or write execute-api:/ instead of the beginning of the ARN",
)


def guard(api: RestApi | Api, document: Tree, method: str, path: str) -> Value[str]:
    """What guards requests of a method (`ANY` for all) and a path (empty where it is not known); absent where nothing does."""
    answers = [_certificates(api, document)]
    if isinstance(api, RestApi):
        answers += [_private(api, document), _policy(api, document, method, path)]
    return first_known(answers)


def _private(api: RestApi, document: Tree) -> Value[str]:
    reason = "its API is private"
    if isinstance(member(member(document, f"{_EXTENSION}endpoint-configuration"), "vpcEndpointIds"), Known):
        return Known(reason)
    if isinstance(api.endpoint_types, Unknown):
        return api.endpoint_types
    types = api.endpoint_types.value if isinstance(api.endpoint_types, Known) else []
    return because(any_of(holds(each, lambda kind: kind == "PRIVATE") for each in types), reason)


def resource_policy(api: RestApi, document: Tree) -> Tree:
    """The resource policy of an API: its own, or the one in its document."""
    if isinstance(api.policy, Absent) or api.policy_text == Known(""):
        return member(document, f"{_EXTENSION}policy")
    return api.policy


def _policy(api: RestApi, document: Tree, method: str, path: str) -> Value[str]:
    """A resource policy guards what it does not open to everybody: without an Allow, it denies."""
    listed = statements(resource_policy(api, document))
    guards = Known("a resource policy protects its API")
    if not listed:
        return Absent()
    answer = any_of(
        all_of((each.covers_action(_INVOKE), _reaches(each, call), opened(each, listed, _Calls(api, call))))
        for call in _calls(api, method, path)
        for each in listed
    )
    if answer == Known(True):
        return Absent()
    return answer if isinstance(answer, Unknown) else guards


class _Call(NamedTuple):
    """Requests of a method (`ANY` for all) and a path (empty if it is not known) at a stage (empty for any)."""

    stage: str
    method: str
    path: str


def _calls(api: RestApi, method: str, path: str) -> list[_Call]:
    """Requests at each stage of an API; at any stage if its stages are not known."""
    names = [stage.name.value if isinstance(stage.name, Known) else "" for stage in api.stages]
    return [_Call(stage, method, path) for stage in (names if names and api.stages.unknown is None else [""])]


class _Calls:
    """The statements of an API's policy about one kind of request."""

    always: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    def __init__(self, api: RestApi, call: _Call) -> None:
        self._api = api
        self._call = call

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        yield self._request(statement, self._call)

    def _request(self, statement: Statement, call: _Call) -> Request:
        named = [entry for entry in statement.resources if _id_of(entry)]
        return Request(Known(_INVOKE), Known("/".join(call), statement.origin), (call, named))

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        call, named = cast("tuple[_Call, list[Value[str]]]", request.owner)
        entries = statement.not_resources or statement.resources
        if not entries:
            return Known(True, statement.origin)
        about = [_is_about(each, call, whole=not statement.not_resources) for each in entries]
        if statement.denies:
            about = [all_of((_is_own(each, self._api, named), answer)) for each, answer in zip(entries, about, strict=True)]
        return negate(any_of(about)) if statement.not_resources else any_of(about)


class PrivateCalls(_Calls):
    """The statements of a private API's policy, each about the requests that it allows itself. They all come by a VPC endpoint ("Private REST APIs in API
    Gateway", API Gateway Developer Guide), and such requests have no aws:SourceIp ("AWS global condition context keys", IAM User Guide)."""

    always = frozenset({"aws:sourcevpc", "aws:sourcevpce"})
    never = frozenset({"aws:sourceip"})

    def __init__(self, api: RestApi) -> None:
        super().__init__(api, _Call("", ANY, STRANGER))

    def requests(self, statement: Statement, others: Sequence[Statement]) -> Iterator[Request]:
        for entry in statement.resources or [Known("*")]:
            text = _text_of(entry)
            stage, method, *rest = (*(text or "").partition("/")[2].split("/", 2), "", "")
            # The root's own path is empty: `execute-api:/stage/GET/`.
            path = f"/{rest[0]}".replace("*", STRANGER) if len(rest) > 2 else STRANGER
            known = _Call("", method if method.isalpha() else ANY, path)
            stages = [stage] if stage.strip("*") == stage != "" else [each.stage for each in _calls(self._api, ANY, "")]
            for each in stages:
                yield self._request(statement, known._replace(stage=each))

    def includes(self, statement: Statement, request: Request) -> Value[bool]:
        return super().includes(statement, request) if statement.denies else Known(True, statement.origin)


def _id_of(entry: Value[str]) -> tuple[str | Unknown, ...]:
    """The ID of an API in an ARN, or what it is made of; empty if it is for any API, or that of the policy."""
    parts = (entry.parts or (entry,)) if isinstance(entry, Unknown) else (_text_of(entry) or "",)
    found: list[str | Unknown] = []
    for part in parts:
        if isinstance(part, Unknown):
            found.append(part)
            continue
        text, slash, _ = part.partition("/")
        _, colon, text = text.rpartition(":")
        found = [*([] if colon else found), *([text] if text else [])]
        if slash:
            break
    return () if all(isinstance(each, str) and not each.strip("*") for each in found) else tuple(found)


def _is_own(entry: Value[str], api: RestApi, named: Sequence[Value[str]]) -> Value[bool]:
    """Whether an ARN in a denial is of the API that has the policy: by its short form or for every API, by a reference, or by an ID that the allowing
    statement names too."""
    wanted = _id_of(entry)
    if not wanted or wanted in [_id_of(each) for each in named]:
        return Known(True, entry.origin)
    for each in wanted if len(wanted) == 1 else ():
        if isinstance(each, Unknown) and each.origin.references:
            addresses = {reference.address.partition("[")[0] for reference in each.origin.references}
            if addresses == {api.address.partition("[")[0]}:
                return Known(True, entry.origin)
            if all(_NAMES_AN_API.search(address) for address in addresses) or api.dialect == "cloudformation":
                return Known(False, entry.origin)
    return entry if isinstance(entry, Unknown) else Unknown(_OF_AN_API, ("own API", api.address, entry), entry.origin)


def _reaches(statement: Statement, call: _Call) -> Value[bool]:
    """Whether a statement is about some requests."""
    if statement.not_resources or not statement.resources:
        return Known(True, statement.origin)
    return any_of((_is_about(resource, call) for resource in statement.resources), statement.origin)


def _is_about(resource: Value[str], call: _Call, *, whole: bool = False) -> Value[bool]:
    """Whether an ARN in a statement is about requests, or about all of them (`whole`). A text with unknown pieces keeps the known
    ones."""
    pattern = _text_of(resource)
    if pattern is None:
        return holds(resource, bool)
    answer = _matches(pattern, call, whole=whole)
    if answer is None:
        return Unknown(
            Said("the API's policy is about some stages or paths, and whether this is one of them is not known here"),
            ("path", pattern),
        )
    return Known(answer, resource.origin)


def _text_of(resource: Value[str]) -> str | None:
    """The text of an ARN, with stars for its unknown pieces; None if none of it is known."""
    match resource:
        case Known(text):
            return str(text)
        case Unknown(parts=parts) if parts:
            return "".join(part if isinstance(part, str) else "*" for part in parts)
        case _:
            return None


def _matches(pattern: str, call: _Call, *, whole: bool) -> bool | None:
    """Whether `execute-api:/stage/METHOD/path`, or an ARN that ends so, is about some requests, or about all of them (`whole`); None
    if that depends on their stage or path."""
    _, slash, requests = pattern.partition("/")
    if not slash:
        return pattern.endswith("*")
    stage, slash, rest = requests.partition("/")
    if not slash:
        return stage.endswith("*") and not (whole and stage.strip("*"))
    if call.stage and not fnmatchcase(call.stage, stage):
        return False
    wanted, slash, of_path = rest.partition("/")
    if call.method == ANY and whole and wanted.strip("*"):
        return False
    if call.method != ANY and not fnmatchcase(
        call.method, wanted if slash else f"{wanted}*" if wanted.endswith("*") else wanted
    ):
        return False
    if not call.stage and (stage.strip("*") if whole else stage != "*" and stage.startswith("*")):
        return None
    if not slash or of_path == "*":
        return True
    return fnmatchcase(call.path.removeprefix("/"), of_path) if call.path else None


def _certificates(api: RestApi | Api, document: Tree) -> Value[str]:
    """Mutual TLS guards an API where every way to it asks for a certificate: its domains do, and it has no endpoint of its own."""
    domains = [mapping.domain for mapping in api.mappings]
    asking = [given(domain.mutual_tls) for link in domains for domain in link]
    every_way = all_of((_disabled(api, document), *asking))
    if every_way == Known(False):
        return Absent()
    if not asking:
        return Absent() if api.mappings.unknown is None else api.mappings.unknown
    unknown = first_unknown(api.mappings.unknown, *(link.unknown for link in domains), every_way)
    return Known("clients of its domain have to show a certificate") if unknown is None else unknown


def _disabled(api: RestApi | Api, document: Tree) -> Value[bool]:
    """Whether the API has no endpoint of its own, going by a property or by the document."""
    written = member(member(document, f"{_EXTENSION}endpoint-configuration"), "disableExecuteApiEndpoint")
    if api.default_endpoint_disabled == Known(False) and not isinstance(written, Absent):
        return coercion(bool)(written, lambda _: None)
    return api.default_endpoint_disabled
