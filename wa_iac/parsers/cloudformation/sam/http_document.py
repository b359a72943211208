"""The OpenAPI document of an HTTP API that SAM writes."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.located import Entry, MapNode

from .nodes import Made, build, entries, is_true, members, ref, text
from .routes import Route, Routes, path_items
from .security import Auth
from .source import Source

_CORS: Final = ("AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigins", "ExposeHeaders", "MaxAge")


class HttpDocument:
    """The document of one HTTP API, made from its routes or from a document that the template has."""

    def __init__(self, source: Source, routes: list[Route], auth: Auth) -> None:
        self._source = source
        self._routes = routes
        self._auth = auth

    def made(self, at: Entry) -> Made:
        """The whole document."""
        asking = (route._replace(operation={**route.operation, "security": self._auth.of(route)[0]}) for route in self._routes)
        groups = Routes(asking).paths()
        document: dict[str, Made] = {
            "openapi": "3.0.1",
            "info": {
                "version": "1.0",
                "title": self._source.get("Name") or ref("AWS::StackName"),
                "description": self._source.get("Description"),
            },
            "paths": path_items(self._source.expansion, self._source.name, groups, {}),
            **self._around(),
        }
        return Entry(at.key, build(document, at.key))

    def completed(self, body: Entry) -> Made:
        """A document of the template's with what the API's properties add to it."""
        if not isinstance(body.value, MapNode) or body.value.call:
            return body
        added = {name: each for name, each in self._around().items() if each is not None}
        return Entry(body.key, MapNode({**entries(body), **members(added, body.key)}, body.value.span))

    def _around(self) -> dict[str, Made]:
        source = self._source
        schemes = self._auth.schemes(http=True)
        disabled = source.get("DisableExecuteApiEndpoint")
        return {
            "components": {"securitySchemes": schemes} if schemes else None,
            "tags": self._tags(),
            "x-amazon-apigateway-cors": self._cors(),
            "x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": disabled} if disabled else None,
        }

    def _tags(self) -> Made:
        tags = tags_of(self._source)
        return [{"name": name, "x-amazon-apigateway-tag-value": value} for name, value in tags.items()]

    def _cors(self) -> Made:
        entry = self._source.get("CorsConfiguration")
        if entry is None:
            return None
        given = entries(entry)
        if not given:
            return {"allowOrigins": ["*"]} if is_true(text(entry)) else None
        return {name[0].lower() + name[1:]: given[name] for name in _CORS if name in given}


def tags_of(source: Source) -> dict[str, Made]:
    """The tags of an HTTP API as an object, with SAM's mark."""
    return {"httpapi:createdBy": "SAM", **entries(source.get("Tags"))}
