"""The OpenAPI document of an HTTP API that SAM writes."""

from __future__ import annotations

from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, entry_at, is_true, members, ref, text
from wa_iac.parsers.cloudformation.sam.sam_resource import SamResource
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode

from .authorization import Auth
from .routes import Routes, completed_items, path_items


class HttpDocument:
    """The document of one HTTP API, made from its routes or from the template's own document."""

    def __init__(self, source: SamResource, routes: Routes, auth: Auth) -> None:
        self._source = source
        self._routes = routes
        self._auth = auth

    def _asking(self) -> Routes:
        """The routes with their authorizers."""
        return Routes(
            route._replace(operation={**route.operation, "security": self._auth.of(route)[0]}) for route in self._routes
        )

    def _completed_paths(self, given: dict[str, Entry]) -> dict[str, Made]:
        """The paths of the template's document, completed by the events' routes."""
        return completed_items(given.get("paths"), self._asking(), _integrated)

    def made(self, at: Entry) -> Made:
        source = self._source
        document: dict[str, Made] = {
            "openapi": "3.0.1",
            "info": {
                "version": "1.0",
                "title": source.get("Name") or ref("AWS::StackName"),
                "description": source.get("Description"),
            },
            "paths": path_items(source.expansion, source.name, self._asking().paths(), {}),
            **self._around(),
        }
        schemes = self._auth.schemes(http=True)
        document["components"] = {"securitySchemes": schemes} if schemes else None
        return build(document, at.key)

    def completed(self, body: Entry) -> Made:
        if not isinstance(body.value, MapNode) or body.value.call:
            return body
        given = entries(body)
        added = self._around()
        asked = {**given, "paths": Entry(body.key, build(self._completed_paths(given), body.key))} if self._routes else given
        if schemes := self._auth.schemes(http=True):
            before = entries(given.get("components"))
            added["components"] = {**before, "securitySchemes": {**entries(before.get("securitySchemes")), **schemes}}
        if "tags" in given:
            added.pop("tags")
        return Entry(body.key, MapNode({**asked, **members(added, body.key)}, body.value.span))

    def _around(self) -> dict[str, Made]:
        disabled = self._source.get("DisableExecuteApiEndpoint")
        tags = tags_of(self._source)
        return {
            "tags": [{"name": name, "x-amazon-apigateway-tag-value": value} for name, value in tags.items()],
            "x-amazon-apigateway-cors": self._cors(),
            "x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": disabled} if disabled else None,
        }

    def _cors(self) -> Made:
        """The CORS part of a document: the API's own property, with small initials."""
        entry = cors_of(self._source)
        given = entries(entry)
        if entry is None or not given:
            return entry
        return entry_at(entry, {name[:1].lower() + name[1:]: each for name, each in given.items()})


def _integrated(written: Entry | None, made: dict[str, Made]) -> Made:
    """An operation of the document that calls the event's function, unless it has its own target."""
    given = entries(written)
    return written if "x-amazon-apigateway-integration" in given else {**made, **given}


def cors_of(source: SamResource) -> Entry | None:
    """The `CorsConfiguration` of an HTTP API as an object; None if it has none."""
    entry = source.get("CorsConfiguration")
    if entry is None or text(entry).lower() == "false":
        return None
    return entry_at(entry, {"AllowOrigins": ["*"]}) if is_true(text(entry)) else entry


def tags_of(source: SamResource) -> dict[str, Made]:
    """The tags of an HTTP API as an object, with SAM's mark."""
    return {"httpapi:createdBy": "SAM", **entries(source.get("Tags"))}
