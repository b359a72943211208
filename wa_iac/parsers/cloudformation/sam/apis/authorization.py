"""Authorization of an API: authorizers, the routes' requirements, and resource policies, as in an OpenAPI document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, is_true, listed, ref, sub, text
from wa_iac.parsers.cloudformation.sam.permissions.roles import allow
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode

from .api_events import execute_arn, function_uri
from .routes import ANY, SamRoute

_KEY: Final[Made] = {"type": "apiKey", "name": "x-api-key", "in": "header"}
_IAM: Final[dict[str, Made]] = {
    "type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4",
}  # fmt: skip


class Auth:
    """The property `Auth` of an API, REST or HTTP.

    Attributes:
        default: the authorizer of routes that name none; empty if there is none.
        authorizers: by name.
    """

    def __init__(self, source: SamResource) -> None:
        self.source: Final = source
        self.entry: Final = source.get("Auth")
        self.given: Final = entries(self.entry)
        self.default: Final = source.expansion.text(self.given.get("DefaultAuthorizer"))
        self.authorizers: Final = entries(self.given.get("Authorizers"))
        self._used: set[str] = set()
        if self.default and self.default not in ("AWS_IAM", "NONE") and self.default not in self.authorizers:
            source.error(f'"{source.name}" has no authorizer "{self.default}"', self.given["DefaultAuthorizer"].key)

    def of(self, route: SamRoute) -> tuple[Made, str]:
        """A route's `security`, and the name of its authorizer; None and empty if it requires nothing."""
        own = entries(route.event.get("Auth"))
        written = route.event.source.expansion.text(own.get("Authorizer"))
        if written and written not in ("AWS_IAM", "NONE") and written not in self.authorizers:
            route.event.error(f'"{self.source.name}" has no authorizer "{written}"', own["Authorizer"].key)
            return None, ""
        name = written or self.default
        needs_key = is_true(text(own.get("ApiKeyRequired"))) if "ApiKeyRequired" in own else self.needs_key
        if self.needs_key and not needs_key and name in ("", "NONE"):
            return [], ""  # it explicitly requires nothing
        asked: list[Made] = []
        if name and not (name == "NONE" and not self.default):
            asked.append({name: self._scopes(name, own)})
            self._used.add(name)
        if needs_key:
            asked.append({"api_key": []})
            self._used.add("api_key")
        return asked or None, "" if name == "NONE" else name

    def _scopes(self, name: str, own: dict[str, Entry]) -> Made:
        scopes = own.get("AuthorizationScopes") or entries(self.authorizers.get(name)).get("AuthorizationScopes")
        return [] if scopes is None else scopes.value

    @property
    def needs_key(self) -> bool:
        """Whether callers need one of the API's keys, unless a route says otherwise."""
        return is_true(text(self.given.get("ApiKeyRequired")))

    def of_preflight(self) -> Made:
        """The requirements of answers to preflight requests."""
        asked: list[Made] = []
        if text(self.given.get("AddDefaultAuthorizerToCorsPreflight")).lower() != "false":
            asked += listed_made(self.by_default())
        if self.needs_key and text(self.given.get("AddApiKeyRequiredToCorsPreflight")).lower() != "false":
            self._used.add("api_key")
            asked.append({"api_key": []})
        return asked or None

    def by_default(self) -> Made:
        """The requirements of an operation that comes from no event."""
        if not self.default or self.default == "NONE":
            return None
        self._used.add(self.default)
        return [{self.default: self._scopes(self.default, {})}]

    def schemes(self, *, http: bool) -> dict[str, Made]:
        """The security schemes of the document."""
        made: dict[str, Made] = {}
        for name, entry in self.authorizers.items():
            scheme = _http_scheme(self.source, entry) if http else _rest_scheme(entry)
            if scheme is None:
                self.source.expansion.scope.doubtful(
                    f'the authorizer "{name}" of "{self.source.name}" names neither a function nor a pool', entry.key
                )
            else:
                made[name] = Entry(entry.key, build(scheme, entry.key))
        if "AWS_IAM" in self._used or (http and is_true(text(self.given.get("EnableIamAuthorizer")))):
            made["AWS_IAM"] = _IAM
        if "api_key" in self._used:
            made["api_key"] = _KEY
        return made

    def put_permissions(self, *, http: bool) -> None:
        """Allows the API to invoke the functions that authorize."""
        for name, entry in self.authorizers.items():
            given = entries(entry)
            if "FunctionArn" not in given:
                continue
            flag = given.get("EnableFunctionDefaultPermissions") or self.given.get("EnableFunctionDefaultPermissions")
            if http and not is_true(text(flag)):
                continue
            if not http and is_true(text(given.get("DisableFunctionDefaultPermissions"))):
                continue
            self.source.put(
                f"{self.source.name}{name}AuthorizerPermission",
                "AWS::Lambda::Permission",
                {
                    "Action": "lambda:InvokeFunction",
                    "FunctionName": given["FunctionArn"].value,
                    "Principal": "apigateway.amazonaws.com",
                    "SourceArn": execute_arn(ref(self.source.name), "authorizers/*"),
                },
                at=entry.key,
            )


def listed_made(asked: Made) -> list[Made]:
    """The requirements, as a list."""
    return asked if isinstance(asked, list) else []


def _authorizer_uri(function: Entry) -> Made:
    return sub(function_uri("${__FunctionArn__}"), __FunctionArn__=function.value)


def _rest_scheme(entry: Entry) -> Made:
    given = entries(entry)
    identity = entries(given.get("Identity"))
    lifetime = identity.get("ReauthorizeEvery")
    header: Made = identity.get("Header") or "Authorization"
    if (pools := given.get("UserPoolArn")) is not None:
        authorizer: dict[str, Made] = {
            "type": "cognito_user_pools",
            "providerARNs": pools if isinstance(pools.value, ListNode) else Entry(pools.key, build([pools], pools.value.span)),
            "identityValidationExpression": identity.get("ValidationExpression"),
        }
        kind = "cognito_user_pools"
    elif (function := given.get("FunctionArn")) is not None:
        kind = "custom"
        authorizer = {"authorizerUri": _authorizer_uri(function), "authorizerCredentials": given.get("FunctionInvokeRole")}
        if text(given.get("FunctionPayloadType")).upper() == "REQUEST":
            header = "Unused"
            authorizer |= {"type": "request", "identitySource": ", ".join(_sources(identity, http=False)) or None}
        else:
            authorizer |= {"type": "token", "identityValidationExpression": identity.get("ValidationExpression")}
    else:
        return None
    authorizer["authorizerResultTtlInSeconds"] = lifetime
    return {
        "type": "apiKey", "name": header, "in": "header",
        "x-amazon-apigateway-authtype": kind, "x-amazon-apigateway-authorizer": authorizer,
    }  # fmt: skip


_IDENTITY: Final = (
    ("Headers", "method.request.header.", "$request.header."),
    ("QueryStrings", "method.request.querystring.", "$request.querystring."),
    ("StageVariables", "stageVariables.", "$stageVariables."),
    ("Context", "context.", "$context."),
)
"""The identity sources of callers, and their names in REST and HTTP APIs."""


def _sources(identity: dict[str, Entry], *, http: bool) -> Iterator[str]:
    for key, of_rest, of_http in _IDENTITY:
        yield from (f"{of_http if http else of_rest}{text(item)}" for item in listed(identity.get(key)))


def _http_scheme(source: SamResource, entry: Entry) -> Made:
    given = entries(entry)
    if (token := given.get("JwtConfiguration")) is not None:
        lower = {key[:1].lower() + key[1:]: each for key, each in entries(token).items()}
        authorizer: dict[str, Made] = {
            "type": "jwt",
            "jwtConfiguration": Entry(token.key, build(lower, token.key)) if lower else token,
            "identitySource": given.get("IdentitySource"),
        }
        return {"type": "oauth2", "x-amazon-apigateway-authorizer": authorizer}
    if (function := given.get("FunctionArn")) is None:
        return None
    identity = entries(given.get("Identity"))
    if "AuthorizerPayloadFormatVersion" not in given:
        source.error("an authorizer of an HTTP API that names a function needs an AuthorizerPayloadFormatVersion", entry.key)
    authorizer = {
        "type": "request",
        "authorizerUri": _authorizer_uri(function),
        "authorizerCredentials": given.get("FunctionInvokeRole"),
        "authorizerResultTtlInSeconds": identity.get("ReauthorizeEvery"),
        "identitySource": [*_sources(identity, http=True)] or None,
        "authorizerPayloadFormatVersion": given.get("AuthorizerPayloadFormatVersion"),
        "enableSimpleResponses": given.get("EnableSimpleResponses"),
    }
    return {"type": "apiKey", "name": "Unused", "in": "header", "x-amazon-apigateway-authorizer": authorizer}


_ACCOUNTS: Final = (("AwsAccountWhitelist", "Allow"), ("AwsAccountBlacklist", "Deny"))
_RANGES: Final = (("IpRangeWhitelist", "NotIpAddress"), ("IpRangeBlacklist", "IpAddress"))
_NETWORKS: Final = (
    ("SourceVpcWhitelist", "StringNotEquals", ""),
    ("SourceVpcBlacklist", "StringEquals", ""),
    ("IntrinsicVpcWhitelist", "StringNotEquals", "aws:SourceVpc"),
    ("IntrinsicVpcBlacklist", "StringEquals", "aws:SourceVpc"),
    ("IntrinsicVpceWhitelist", "StringNotEquals", "aws:SourceVpce"),
    ("IntrinsicVpceBlacklist", "StringEquals", "aws:SourceVpce"),
)


def resource_policy(auth: Auth, routes: list[SamRoute]) -> Made:
    """The API's resource policy, from its `Auth` and the routes' own `Auth`."""
    common = entries(auth.given.get("ResourcePolicy"))
    stage = auth.source.get("StageName")
    statements: list[Made] = []
    for route in routes:
        method = "*" if route.method == ANY else route.method.upper()
        methods = [method, "OPTIONS"] if "Cors" in auth.source and route.method != ANY else [method]
        places: list[Made] = [
            sub(f"execute-api:/${{__Stage__}}/{each}{route.path}", __Stage__=stage.value if stage else "*") for each in methods
        ]
        for given in (common, entries(entries(route.event.get("Auth")).get("ResourcePolicy"))):
            statements += _statements(given, places)
    statements += listed(common.get("CustomStatements"))
    return {"Version": "2012-10-17", "Statement": statements} if statements else None


def _statements(given: dict[str, Entry], places: list[Made]) -> list[Made]:
    made: list[Made] = []
    for key, effect in _ACCOUNTS:
        if accounts := listed(given.get(key)):
            made.append(allow("execute-api:Invoke", places, Effect=effect, Principal={"AWS": list(accounts)}))
    limits: list[Made] = []
    for key, operator in _RANGES:
        if ranges := listed(given.get(key)):
            limits.append({operator: {"aws:SourceIp": list(ranges)}})
    for key, operator, written in _NETWORKS:
        networks = listed(given.get(key))
        for name in [written] if written else ["aws:SourceVpc", "aws:SourceVpce"]:
            of_kind = [each for each in networks if written or text(each).startswith("vpce-") is name.endswith("e")]
            if of_kind:
                limits.append({operator: {name: list(of_kind)}})
    if limits:
        made.append(allow("execute-api:Invoke", places, Principal="*"))
    made += [allow("execute-api:Invoke", places, Effect="Deny", Principal="*", Condition=limit) for limit in limits]
    return made
