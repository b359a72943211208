"""One expansion of a template: what it makes so far, and the SAM resource or event that each part is made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from wa_iac.core.algebra import text_of
from wa_iac.core.span import Span
from wa_iac.core.value import Known
from wa_iac.parsers.cloudformation.scope import MadeFrom, Scope
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode, Node, ScalarNode

from .nodes import Made, build, entries, is_no_value, is_true, members, only, pairs, text

if TYPE_CHECKING:
    from wa_iac.parsers.cloudformation.sam.apis.routes import Routes

    from .global_section import Globals

CARRIED: Final = ("Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata")
"""What stands beside a SAM resource's properties and holds for everything that is made from it."""
_OWN: Final = (*CARRIED, "DependsOn", "UpdatePolicy", "CreationPolicy")


@dataclass(slots=True)
class Expansion:
    """The template while it is expanded.

    Attributes:
        resources: by logical id; what is no SAM resource stands here from the start.
        conditions: those of the template, and those that are made.
        renamed: what SAM lets a template refer to, `MyFunction.Alias`, and the logical id that is meant.
        made_from: of what is made, the SAM resource.
        sources: the SAM resources, by logical id.
        routes: of each API, by logical id, what its functions' events add to it.
    """

    scope: Scope
    globals_: Globals
    resources: dict[str, Entry]
    conditions: dict[str, Entry]
    renamed: dict[str, str] = field(default_factory=dict)
    made_from: dict[str, MadeFrom] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    routes: dict[str, Routes] = field(default_factory=dict)
    _told_before: int = field(init=False)

    def __post_init__(self) -> None:
        self._told_before = len(self.scope.errors)

    @property
    def is_open(self) -> bool:
        """Whether there was anything to tell: what a template refers to may then be one of the things that were not made."""
        return len(self.scope.errors) > self._told_before

    def error(self, message: str, at: Span) -> None:
        self.scope.error(message, at)

    def text(self, node: Node | Entry | None) -> str:
        """The text of a value that is known before deployment: a scalar, or a parameter with a default; empty for all else."""
        if isinstance(node, Entry):
            node = node.value
        if node is None or is_no_value(node):
            return ""
        if isinstance(node, ScalarNode):
            return node.text
        value = self.scope.evaluate(node, node.span)
        return text_of(value.value) if isinstance(value, Known) and isinstance(value.value, (str, int, float)) else ""

    def put(
        self, name: str, kind: str, at: Span, properties: Mapping[str, Made], beside: Mapping[str, Made], made_from: MadeFrom
    ) -> None:
        """Adds a resource that is made at `at` from that SAM resource."""
        body = {"Type": kind, **beside, "Properties": Entry(at, MapNode(members(properties, at), at))}
        self.resources[name] = Entry(at, build(body, at))
        self.made_from[name] = made_from

    def change(self, name: str, change: Callable[[MapNode], MapNode]) -> bool:
        """Replaces a resource of the template by what `change` makes of it; False where there is none of that name."""
        entry = self.resources.get(name)
        if entry is None or not isinstance(entry.value, MapNode):
            return False
        self.resources[name] = Entry(entry.key, change(entry.value))
        return True

    def kind(self, name: str) -> str:
        """The type of a resource as written; empty where there is none of that name."""
        entry = self.sources[name].entry if name in self.sources else self.resources.get(name)
        return text(entries(entry).get("Type"))


class Source:
    """One SAM resource: its properties, Globals included, and what is made from it.

    Attributes:
        name: the logical id.
        entry: as it stands in the template.
        beside: what stands beside its properties.
        properties: those that can be used, by name.
        extent: the whole of it; of an API that no resource declares, the function that needs it.
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
        """This resource, as what says where all that is made from it comes from."""
        return MadeFrom(self.written, self.extent, is_whole="Fn::Transform" not in self.properties)

    @property
    def at(self) -> Span:
        """Where what is made from it points: its logical id's line."""
        return self.entry.key

    def __contains__(self, name: str) -> bool:
        return name in self.properties

    def get(self, name: str) -> Entry | None:
        return self.properties.get(name)

    def text(self, name: str) -> str:
        """The text of a property that is known before deployment; else empty."""
        return self.expansion.text(self.properties.get(name))

    def error(self, message: str, at: Span) -> None:
        self.expansion.error(message, at)

    def doubtful(self, message: str, at: Span) -> None:
        self.expansion.scope.doubtful(message, at)

    def unavailable(self, message: str, at: Span) -> None:
        self.expansion.scope.unavailable(message, at)

    def put(self, name: str, kind: str, properties: Mapping[str, Made], *, at: Span | None = None, **beside: Made) -> str:
        """Adds a resource made from this one, at the line of the event `at` or its own; gives back its name."""
        return self.put_with(name, kind, properties, beside, self.at if at is None else at)

    def put_with(self, name: str, kind: str, properties: Mapping[str, Made], beside: Mapping[str, Made], at: Span) -> str:
        """`put`, with what stands beside the properties as an object."""
        self.expansion.put(name, kind, at, properties, {**only(self.beside, CARRIED), **beside}, self.made_from)
        return name

    def put_itself(self, kind: str, properties: Mapping[str, Made]) -> None:
        """Adds the resource that goes by this one's own name."""
        self.put_with(self.name, kind, properties, only(self.beside, _OWN), self.at)

    @property
    def propagated(self) -> Made:
        """The tags that everything made from it has too, as a list of keys and values."""
        return pairs(self.get("Tags")) if is_true(self.text("PropagateTags")) else None

    def tags(self, key: str) -> Made:
        """Its own tags, with SAM's mark under `key`; tags that are propagated come without it."""
        return self.propagated or pairs(self.get("Tags"), key)

    def file(self, name: str) -> Entry | None:
        """What stands in the file of this machine that a property names; None where it is not at hand, or cannot be read."""
        entry, include = self.properties.get(name), self.expansion.scope.include
        address = "" if entry is None or entries(entry) else self.expansion.text(entry)
        if entry is None or include is None or not address or "://" in address:
            return None
        told = self.expansion.scope.errors
        before = len(told)
        content = include(address)
        # The file is none of the template's: what is wrong with it is told where the API's operations are not known.
        readable = len(told) == before and isinstance(content, MapNode)
        del told[before:]
        return Entry(entry.key, content) if readable and content is not None else None

    def code(self, name: str, *names: str) -> Made:
        """What a property that points at a file of S3 says, under the `names` of bucket, key and version.

        A file of this machine is uploaded before the template is deployed: where to is not known before.
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
    """Where a file of this machine is once it is uploaded: a bucket and a key, which are not known here."""
    return {name: packaged() for name in names}


def packaged() -> Made:
    """Something that `sam package` writes before the deployment: unknown here."""
    return later("AWS::Serverless")


def later(who: str) -> Made:
    """Something that only the transform itself knows, named by what makes it."""
    return {"Fn::Transform": {"Name": who}}


def condition_of(names: list[str], name: str, conditions: dict[str, Entry], at: Span) -> str:
    """The condition under which something exists that several SAM resources need, each under its own condition of `names`.

    Empty where one of them has none. Several become a condition of that `name`, true where one of them is.
    """
    if not names or "" in names:
        return ""
    distinct = sorted(set(names))
    if len(distinct) == 1:
        return distinct[0]
    made: Made = {"Condition": distinct[-1]}
    for each in reversed(distinct[:-1]):
        made = {"Fn::Or": [{"Condition": each}, made]}
    conditions[name] = Entry(at, build(made, at))
    return name
