"""Bindings say where each dialect writes a typed field, and what AWS does if it is not written.

A path names keys from the resource's body inwards, in the dialect's own spelling:

- `VersioningConfiguration.Status`: key by key. A Terraform block is a list, even if there can be only one. A name after it
  reads the one element. If the list has several, a path that does not say which one reads an unknown, never the first element.
- `SecurityGroupIngress[]`: every element.
- `OwnershipControls.Rules[0].ObjectOwnership`: the first element, of a list in which AWS accepts no second.
- `LoadBalancerAttributes[Key=deletion_protection.enabled].Value`: the element of a list of pairs with this `Key`.
- `@DeletionPolicy`, `@lifecycle.prevent_destroy`: an attribute beside the body, from `Declared.attributes`.
- `redrive_policy|RedrivePolicy`: under either name. The path also continues into JSON text. See `awscc`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from .algebra import are_equal
from .declared import Declared, Dialect
from .late_pattern import late
from .partial import PartlyMap
from .reasons import Said
from .value import Absent, Known, Origin, Tree, Unknown


class _Nothing:
    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = _Nothing()
"""No default: the field is `Absent` if it is not written. (`None` would be a possible value.)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Binding:
    path: str = field(kw_only=False)
    default: Any = NOTHING
    """AWS's default in this dialect, if the dialects differ. Else give one `Default` for both."""
    of: str = ""
    """The type of a satellite resource that holds the field, instead of the resource itself."""
    by: str = ""
    """The satellite's path that names its owner."""
    many: bool = False
    """Whether an owner may have several such satellites, which all count. If not, a satellite that names the owner for certain
    decides: another one with an unknown owner then belongs to something else."""
    read: Mapping[Any, Any] | None = None
    """Maps the spellings at this place to the field's own: `{True: "Enabled", False: "Suspended"}`. Other values stay as they
    are."""
    until: str = ""
    """The provider version that dropped this spelling: `"4.0"`. It is still read, since people run older versions."""


class Cfn(_Binding):
    """A path in a CloudFormation resource's `Properties`."""

    __slots__ = ()
    dialect: Final[Dialect] = "cloudformation"


class Tf(_Binding):
    """A path in a Terraform resource's arguments."""

    __slots__ = ()
    dialect: Final[Dialect] = "terraform"


class Default(NamedTuple):
    """What AWS does if neither dialect writes the field. Check AWS's documentation before you add one."""

    value: Any


class Back(NamedTuple):
    """A link read from the other end: every resource of the linked class whose field `name` points here.

    `one` is set if there can be only one. A resource with an unknown target then does not point here if another one does.
    """

    name: str
    one: bool = False


class Segment(NamedTuple):
    name: str
    every: bool = False
    key: str = ""
    equals: str = ""
    other: str = ""
    first: bool = False

    @property
    def chooses(self) -> bool:
        """Whether the segment says which elements of a list it means."""
        return self.every or self.first or bool(self.key)


_SEGMENT: Final = late(
    r"(?P<name>@?[^.\[\]]+)(?:\[(?:(?P<first>0)|(?P<key>[^\]=]+)=(?P<equals>[^\]]*))?(?P<close>\]))?(?:\.|$)"
)
_SEVERAL: Final = "there are several, and the path does not say which one"


@cache
def segments(path: str) -> tuple[Segment, ...]:
    """The parsed path. Raises `ValueError` if it does not follow the grammar at the top of this module."""
    found: list[Segment] = []
    at = 0
    while at < len(path):
        match = _SEGMENT.match(path, at)
        if match is None:
            raise ValueError(f"not a binding path: {path!r}")
        first = match["first"] is not None
        every = match["close"] is not None and match["key"] is None and not first
        name, _, other = match["name"].partition("|")
        found.append(Segment(name, every, match["key"] or "", match["equals"] or "", other, first))
        at = match.end()
    return tuple(found)


@cache
def _names(path: str) -> tuple[str, ...] | None:
    """The names of a path that chooses no elements; None for any other path."""
    parsed = segments(path)
    return None if any(each.chooses or each.other for each in parsed) else tuple(each.name for each in parsed)


def root(declared: Declared) -> Tree:
    """The body, with the attributes beside it under `@` names. The paths of a resource start here."""
    if not declared.attributes:
        return declared.body
    beside = {f"@{key}": value for key, value in declared.attributes.items()}
    return Known({**declared.body.value, **beside}, declared.body.origin)


def elements(tree: Tree, path: str) -> list[Tree]:
    """The trees that a path reads, which may contain `[]`: one for each element, and an `Unknown` for elements that cannot be
    listed.

    Empty if nothing is written. A path without `[]` gives its one value; a list stays a list.
    """
    return [found for found in _walk(tree, segments(path)) if not isinstance(found, Absent)]


def value_at(tree: Tree, path: str) -> Tree:
    """The value that a path without `[]` reads. If nothing is written: `Absent`, placed at the nearest parent that is
    written."""
    names = _names(path)
    if names is None:
        return next(_walk(tree, segments(path)), Absent(tree.origin))
    # Most paths are names only, and this is the hot path of reading resources.
    for name in names:
        tree = member(tree, name)
    return tree


def _walk(tree: Tree, path: tuple[Segment, ...]) -> Iterator[Tree]:
    if not path:
        yield tree
        return
    segment, rest = path[0], path[1:]
    child = _under_either(tree, segment) if segment.other else member(tree, segment.name)
    if segment.key:
        yield from _walk(_selected(child, segment), rest)
    elif segment.every:
        for item in _items(child):
            yield from _walk(item, rest)
    elif segment.first:
        yield from _walk(_first(child), rest)
    else:
        yield from _walk(child, rest)


def _first(tree: Tree) -> Tree:
    """The first element of a list. Any other value stays as it is."""
    match tree:
        case Known([first, *_]):
            found: Tree = first
            return found
        case Known([]):
            return Absent(tree.origin)
        case Unknown():
            return tree.map("first", _first)
        case _:
            return tree


_last_nothing = Absent()


def _nothing(origin: Origin) -> Absent:
    """`Absent(origin)`. Most fields of a resource are not written: they share one."""
    global _last_nothing  # noqa: PLW0603 - immutable, and any of them would do
    found = _last_nothing
    if found.origin is not origin:
        found = _last_nothing = Absent(origin)
    return found


def member(tree: Tree, name: str) -> Tree:
    """The entry `name` of an object, or of a list's only element. `Absent`, placed at the parent, if it is not written.

    It is unknown for a list with several elements, since nothing says which one is meant.
    """
    if isinstance(tree, Known) and isinstance(tree.value, dict):
        entry: Tree | None = tree.value.get(name)
        return _nothing(tree.origin) if entry is None else entry
    match tree:
        case PartlyMap():
            return tree.entry(name)
        case Known([single, *others]) if all(isinstance(each, Unknown) for each in others):
            # An unknown number of blocks has one that represents all.
            return member(single, name)
        case Known([_, _, *_]):
            return Unknown(
                Said(_SEVERAL, "write [] after the list's name, for every element"), ("several", tree, name), tree.origin
            )
        case Unknown():
            return tree.member(name)
        case _:
            return Absent(tree.origin)


def _under_either(tree: Tree, segment: Segment) -> Tree:
    """The entry under one of a segment's names. A text is decoded as JSON first."""
    match tree:
        case Known(str()) | Unknown():
            from .coerce import EmbeddedDocument, coercion

            tree = coercion(EmbeddedDocument)(tree, lambda _: None)
            if isinstance(tree, Known):
                return member(tree, segment.other)
        case _:
            pass
    found = member(tree, segment.name)
    return member(tree, segment.other) if isinstance(found, Absent) and found.origin is tree.origin else found


def _items(tree: Tree) -> Iterator[Tree]:
    match tree:
        case Known(list() as items):
            yield from (item for item in items if not isinstance(item, Absent))
        case Absent():
            return
        case _:
            yield tree


def _selected(tree: Tree, segment: Segment) -> Tree:
    """The element with the wanted key in a list of pairs. It is unknown if the key of an element is."""
    if isinstance(tree, Unknown):
        return tree.map(
            ("select", segment.key, segment.equals),
            lambda value: _selected(value, segment) if not isinstance(value, Unknown) else value.member(segment.equals),
        )
    uncertain: Unknown | None = None
    for item in _items(tree):
        found = member(item, segment.key)
        if isinstance(found, Unknown) or isinstance(item, Unknown):
            uncertain = found if isinstance(found, Unknown) else uncertain
        elif are_equal(found, Known(segment.equals)) is True:
            return item
    if uncertain is not None:
        return uncertain.member(segment.equals)
    return Absent(tree.origin)


def translated(value: Tree, table: Mapping[Any, Any] | None) -> Tree:
    """`value` in the field's own spelling."""
    if table is None:
        return value
    match value:
        case Known("true" | "false" as text) if (text == "true") in table:
            return Known(table[text == "true"], value.origin)
        case Known(content) if isinstance(content, Hashable) and content in table:
            return Known(table[content], value.origin)
        case Unknown():
            return value.map(("read", tuple(table.items())), lambda each: translated(each, table))
        case _:
            return value
