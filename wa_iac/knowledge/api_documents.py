"""The OpenAPI document of an API: its operations, and what each of them asks of whoever calls it.

What API Gateway reads in it: API Gateway Developer Guide, "OpenAPI extensions for API Gateway" and "Controlling access to HTTP APIs with
JWT authorizers"; what it does not: "Amazon API Gateway important notes for REST APIs". A scheme is checked where it is an API key, or has
`x-amazon-apigateway-authtype` or `x-amazon-apigateway-authorizer`.

By these notes, a REST API gets nothing from the `security` at the root of its document. For Swagger 2.0 and for API keys, AWS's own engineers and tools
say so too (github.com/amazon-archives/aws-apigateway-importer/issues/204, `AddAuthorizers` of Smithy). For OpenAPI 3, they let an authorizer at the root
hold for each operation (github.com/aws/aws-sam-cli/pull/5182), and so did API Gateway in 2025 in a test that LocalStack recorded, so it does here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from wa_iac.aws.apigateway import Api, RestApi
from wa_iac.core.binding import member
from wa_iac.core.coerce import parsed
from wa_iac.core.reasons import Said
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value

ANY: Final = "ANY"
_ANY_METHOD: Final = "x-amazon-apigateway-any-method"
_METHODS: Final = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", _ANY_METHOD})
_INTEGRATION: Final = "x-amazon-apigateway-integration"
_CHECKED: Final = ("x-amazon-apigateway-authtype", "x-amazon-apigateway-authorizer")
_OPEN: Final = "NONE"
"""A scheme that no document defines: how SAM writes that an operation asks for nothing."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of a path. `method` is in upper case, or `ANY`; `asks` says whether it asks for an identity or a key."""

    method: str
    path: str
    tree: Tree
    asks: Value[bool]
    unchecked: tuple[str, ...] = ()
    """The security schemes that it asks for, where API Gateway checks none of them."""
    at_root: Tree = Absent()  # noqa: RUF009 - immutable
    """The `security` at the root of the document, where only that asks for something, and API Gateway does not use it."""
    opened: bool = False
    """Whether its author says that it asks for nothing, although the API has an authorizer by default: `Authorizer: NONE` of SAM."""

    @property
    def uri(self) -> Tree:
        """Where API Gateway passes its requests on."""
        return member(member(self.tree, _INTEGRATION), "uri")

    @property
    def name(self) -> str:
        return self.path if self.path.startswith("$") else f"{self.method} {self.path}"


def document(api: RestApi | Api) -> Tree:
    """The document, of JSON, of YAML or of an object; absent where there is none, unknown where it is not at hand."""
    if isinstance(api.body, Unknown) and not api.body.alternatives:
        return _of_yaml(api.text, api.body)
    if isinstance(api.body, Absent) and not isinstance(api.body_elsewhere, Absent):
        where = api.body_elsewhere.origin
        why, settle = (
            "the API's document is elsewhere and was not read",
            "put it into the template, or keep its file next to it",
        )
        return Unknown(Said(why, settle), ("document of", api.address), where)
    return api.body


def operations(whole: Tree, *, of_rest: bool) -> Iterator[Operation | Unknown]:
    """The operations of a document, of a REST API or of another; what stands in the way, where one cannot be told."""
    match whole:
        case Unknown():
            yield whole
        case Known(dict()):
            for path, item in _entries(member(whole, "paths")):
                if isinstance(item, Unknown):
                    yield item
                    continue
                for method, each in _entries(item):
                    if isinstance(each, Unknown):
                        yield each
                    elif method.lower() in _METHODS and isinstance(each, Known):
                        yield _operation(method.lower(), path, each, whole, of_rest=of_rest)
        case _:
            return


def _entries(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """The members of an object, each as it is where it exists at all. One without a name is what is not known of the object."""
    tree = _where_it_exists(tree)
    match tree:
        case Known(dict() as entries):
            yield from ((name, _where_it_exists(each)) for name, each in entries.items())
        case Unknown():
            yield "", tree
        case _:
            return


def _where_it_exists(tree: Tree) -> Tree:
    """What stands under a condition, where it stands at all; a choice between several stays one."""
    if isinstance(tree, Unknown) and tree.alternatives:
        there = [each.value for each in tree.alternatives if not isinstance(each.value, Absent)]
        if len(there) == 1 and isinstance(there[0], Known):
            return there[0]
    return tree


def _operation(method: str, path: str, tree: Tree, whole: Tree, *, of_rest: bool) -> Operation:
    asked = member(tree, "security")
    asks = _asks(tree, whole)
    at_root: Tree = Absent()
    if of_rest and isinstance(asked, Absent) and not _names_a_type(tree):
        asks, at_root = _taken_over(asks, whole)
    unchecked = tuple(_schemes(_asked(tree, whole))) if asks == Known(False) and isinstance(at_root, Absent) else ()
    opened = (
        isinstance(asked, Known)
        and isinstance(asked.value, list)
        and any(name == _OPEN for each in asked.value for name, _ in _entries(each))
    )
    return Operation(ANY if method == _ANY_METHOD else method.upper(), path, tree, asks, unchecked, at_root, opened)


def _taken_over(asks: Value[bool], whole: Tree) -> tuple[Value[bool], Tree]:
    """Whether API Gateway lets what is asked at the root of a REST API's document hold for its operations, and the root's `security` where it surely
    does not."""
    if asks == Known(False):
        return asks, Absent()
    at_root = member(whole, "security")
    is_swagger = not isinstance(member(whole, "swagger"), Absent)
    names = [name for each in _requirements(at_root) for name, _ in _entries(each)]
    if is_swagger or (isinstance(asks, Known) and names and all(_is_api_key(name, whole) for name in names)):
        return Known(False, at_root.origin), at_root
    return asks, Absent()


def _is_api_key(name: str, whole: Tree) -> bool:
    """Whether a scheme is an API key of API Gateway, and no authorizer."""
    scheme = member(member(member(whole, "components"), "securitySchemes"), name)
    return member(scheme, "type") == Known("apiKey") and all(isinstance(member(scheme, each), Absent) for each in _CHECKED)


def schemes(whole: Tree) -> list[str]:
    """The names of the security schemes that a document defines, and that API Gateway checks."""
    defined = (member(whole, "securityDefinitions"), member(member(whole, "components"), "securitySchemes"))
    return [name for each in defined for name, _ in _entries(each) if name and _is_checked(name, whole) == Known(True)]


def is_made_up(operation: Operation, whole: Tree) -> bool:
    """Whether API Gateway itself makes up the answer."""
    integration = member(operation.tree, _INTEGRATION)
    reference = member(integration, "$ref")
    if isinstance(reference, Known) and isinstance(reference.value, str) and reference.value.startswith("#/"):
        integration = whole
        for name in reference.value[2:].split("/"):
            integration = member(integration, name)
    kind = member(integration, "type")
    return isinstance(kind, Known) and str(kind.value).lower() == "mock"


def _asked(operation: Tree, whole: Tree) -> Tree:
    """The `security` of an operation: its own, or else the document's."""
    own = member(operation, "security")
    return member(whole, "security") if isinstance(own, Absent) else own


def _requirements(asked: Tree) -> list[Tree]:
    return asked.value if isinstance(asked, Known) and isinstance(asked.value, list) else []


def _schemes(asked: Tree) -> Iterator[str]:
    """The names of the schemes in a `security`; none if it also accepts requests without any."""
    requirements = _requirements(asked)
    if any(each == Known({}) for each in requirements):
        return
    for requirement in requirements:
        yield from (name for name, _ in _entries(requirement) if name and name != _OPEN)


def _asks(operation: Tree, whole: Tree) -> Value[bool]:
    """Whether an operation asks for anything that API Gateway checks: its own `security`, or else the document's."""
    if _names_a_type(operation):
        return Known(True, operation.origin)
    asked = _asked(operation, whole)
    match asked:
        case Unknown():
            return asked
        case Known(list() as requirements):
            unknown: Unknown | None = None
            for requirement in requirements:
                for name, _ in _entries(requirement):
                    match _is_checked(name, whole) if name else requirement:
                        case Known(True):
                            return Known(True, asked.origin)
                        case Unknown() as why:
                            unknown = why
                        case _:
                            pass
            return Known(False, asked.origin) if unknown is None else unknown
        case _:
            return Known(False, operation.origin)


def _names_a_type(operation: Tree) -> bool:
    """Whether an operation says itself how its callers show who they are, other than by `security`."""
    own = member(member(operation, "x-amazon-apigateway-auth"), "type")
    return isinstance(own, Known) and str(own.value).upper() != _OPEN


def _is_checked(name: str, whole: Tree) -> Value[bool]:
    """Whether API Gateway checks a scheme. One that the document lacks is taken to be added to it elsewhere."""
    for schemes in (member(whole, "securityDefinitions"), member(member(whole, "components"), "securitySchemes")):
        if isinstance(schemes, Unknown):
            return schemes
        scheme = member(schemes, name)
        match scheme:
            case Unknown():
                return Known(True, scheme.origin) if scheme.alternatives else scheme
            case Known():
                kind = member(scheme, "type")
                written = any(not isinstance(member(scheme, each), Absent) for each in _CHECKED)
                return Known(written or kind == Known("apiKey") or isinstance(kind, Unknown), scheme.origin)
            case Absent():
                pass
    return Known(name != _OPEN)


def _of_yaml(text: Tree, otherwise: Unknown) -> Tree:
    """The tree of a document that is written as YAML; `otherwise` where it cannot be read."""
    match text:
        case Known(str() as content):
            pieces: list[Unknown] = []
        case Unknown(parts=parts) if any(isinstance(part, str) for part in parts):
            pieces = [part for part in parts if isinstance(part, Unknown)]
            numbers = iter(range(len(pieces)))
            content = "".join(part if isinstance(part, str) else f"\ue000{next(numbers)}\ue001" for part in parts)
        case _:
            return otherwise
    made = _json_of(content)
    return otherwise if made is None else parsed(made, pieces, text.origin)


@lru_cache(maxsize=4)
def _json_of(text: str) -> str | None:
    """YAML as JSON, with every scalar as a text; None for what is no object of YAML, or has aliases, which may multiply. A document is asked for once for
    each method that its API has.
    """
    import yaml

    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.CBaseLoader)):
            return None
        content = yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes texts, lists and objects only
        return json.dumps(content, ensure_ascii=False) if isinstance(content, dict) else None
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None
