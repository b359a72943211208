"""A SAM resource, from which other resources are made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.scope import MadeFrom
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode

from .expansion import Expansion
from .nodes import Made, build, entries, is_true, pairs, pick

CARRIED: Final = ("Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata")
"""The attributes of a SAM resource that apply to everything generated from it."""
_OWN: Final = (*CARRIED, "DependsOn", "UpdatePolicy", "CreationPolicy")


class SamResource:
    """One SAM resource: its properties, including Globals, and its generated resources.

    Attributes:
        name: the logical id.
        entry: the resource as written.
        beside: the attributes next to its properties.
        properties: the valid ones, by name.
        extent: its whole text; for an API that no resource declares, the function that needs it.
        written: its type, or where its properties are written instead: `Globals.Api` for an API that no resource declares.
        condition: the name of its condition, or empty.
    """

    def __init__(
        self,
        expansion: Expansion,
        name: str,
        kind: str,
        entry: Entry,
        properties: dict[str, Entry],
        extent: Span | None = None,
        written: str = "",
    ) -> None:
        self.expansion: Final = expansion
        self.name: Final = name
        self.kind: Final = kind
        self.entry: Final = entry
        self.beside: Final = entries(entry)
        self.properties: Final = properties
        self.extent: Final = entry.extent if extent is None else extent
        self.written: Final = written or kind
        self.condition: Final = expansion.text(self.beside.get("Condition"))

    @property
    def made_from(self) -> MadeFrom:
        """This resource, as the source of its generated resources."""
        return MadeFrom(self.written, self.extent, is_whole="Fn::Transform" not in self.properties)

    @property
    def at(self) -> Span:
        """The place of its generated resources: the line of its logical id."""
        return self.entry.key

    def __contains__(self, name: str) -> bool:
        return name in self.properties

    def get(self, name: str) -> Entry | None:
        return self.properties.get(name)

    def text(self, name: str) -> str:
        """The text of a property if it is known before deployment; else empty."""
        return self.expansion.text(self.properties.get(name))

    def error(self, message: str, at: Span) -> None:
        self.expansion.error(message, at)

    def doubtful(self, message: str, at: Span) -> None:
        self.expansion.scope.doubtful(message, at)

    def unavailable(self, message: str, at: Span) -> None:
        self.expansion.scope.unavailable(message, at)

    def put(self, name: str, kind: str, properties: Mapping[str, Made], *, at: Span | None = None, **beside: Made) -> str:
        """Adds a resource made from this one, at the line of the event `at` or its own; returns its name."""
        return self.put_with(name, kind, properties, beside, self.at if at is None else at)

    def put_with(self, name: str, kind: str, properties: Mapping[str, Made], beside: Mapping[str, Made], at: Span) -> str:
        """`put`, with the attributes next to the properties as an object."""
        self.expansion.put(name, kind, at, properties, {**pick(self.beside, CARRIED), **beside}, self.made_from)
        return name

    def put_itself(self, kind: str, properties: Mapping[str, Made]) -> None:
        """Adds the resource with this one's own name."""
        self.put_with(self.name, kind, properties, pick(self.beside, _OWN), self.at)

    @property
    def propagated(self) -> Made:
        """The tags that all resources made from it also get, as a list of keys and values."""
        return pairs(self.get("Tags")) if is_true(self.text("PropagateTags")) else None

    def tags(self, key: str) -> Made:
        """Its own tags, with SAM's mark under `key`. Propagated tags do not have the mark."""
        return self.propagated or pairs(self.get("Tags"), key)

    def file(self, name: str) -> Entry | None:
        """The content of a local file that a property names; None if it is not available or cannot be read."""
        entry, include = self.properties.get(name), self.expansion.scope.include
        address = "" if entry is None or entries(entry) else self.expansion.text(entry)
        if entry is None or include is None or not address or "://" in address:
            return None
        told = self.expansion.scope.errors
        before = len(told)
        content = include(address)
        # The file is not part of the template: its errors appear as the reason why the API's operations are unknown.
        readable = len(told) == before and isinstance(content, MapNode)
        del told[before:]
        return Entry(entry.key, content) if readable and content is not None else None

    def code(self, name: str, *names: str) -> Made:
        """The S3 location in a property, under the `names` of bucket, key and version.

        A local file is uploaded before the template is deployed; its location is not known before.
        """
        entry = self.properties.get(name)
        inner = entries(entry)
        if entry is None:
            return None
        if inner:
            given = dict(zip(names, ("Bucket", "Key", "Version"), strict=False))
            return Entry(entry.key, build({new: inner[old] for new, old in given.items() if old in inner}, entry.key))
        address = self.expansion.text(entry)
        if address.startswith("s3://") and "/" in address[5:]:
            bucket, _, key = address[5:].partition("/")
            key, _, version = key.partition("?versionId=")
            parts = dict(zip(names, (bucket, key, version or None), strict=False))
            return Entry(entry.key, build({new: part for new, part in parts.items() if part}, entry.value.span))
        return Entry(entry.key, build(uploaded(*names[:2]), entry.value.span))


def uploaded(*names: str) -> Made:
    """The location of a local file after its upload: an unknown bucket and key."""
    return {name: packaged() for name in names}


def packaged() -> Made:
    """A value that `sam package` writes before deployment: unknown here."""
    return later("AWS::Serverless")


def later(who: str) -> Made:
    """A value that only the transform itself knows, named by the thing that makes it."""
    return {"Fn::Transform": {"Name": who}}
