"""The algebra of partly known collections: the known part stays known, whatever the rest turns out to be.

Two things represent the unknown part of a collection:

- `Rest`, in a known list: any number of elements, including none. `[a, Rest, b]` begins with `a` and ends with `b`. If the rest
  `shuffles`, the elements after it certainly exist, but may be anywhere behind it.
- `PartlyMap`, in place of a map or an object: `entries` certainly exist, under these names; `others` exist, under unknown
  names; and if there is a `rest`, there may be more.

The laws, which `tests/core/test_partial_laws.py` checks for every operation. A collection "represents" a set of plain values:

1. Sound: if the arguments represent some plain values, the result represents the operation's plain result for them.
   So an element that certainly is in a list is in every plain value that the list represents.
2. Exact: the result for arguments without an unknown has no unknown.
3. Normal: a list of nothing but `Rest`, and a map without entries but for a `rest`, are that unknown itself.

Only one thing is assumed without knowledge: ids and names of different resources are different.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from .reasons import Reason
from .value import Known, Origin, Reference, Tree, Unknown, plain

MANY: Final = 1_000_000_000
"""More than the length of any list: the maximum length if it is not known."""


class Rest(Unknown):
    """In a known list: any number of elements, including none. It has the identity of the list that these elements are, or come
    from.

    Attributes:
        most: the maximum number of elements.
        shuffles: the elements behind it in the list certainly exist, but in an unknown order.
        among: if the elements are lists: the values that certainly are in one of these lists.
    """

    __slots__ = ("among", "most", "shuffles")

    def __init__(
        self,
        reason: Reason,
        identity: Hashable,
        origin: Origin = Origin(),  # noqa: B008 - immutable, shared on purpose
        *,
        most: int = MANY,
        shuffles: bool = False,
        among: tuple[Tree, ...] = (),
    ) -> None:
        super().__init__(reason, identity, origin)
        self.among: Final = among
        self.most: Final = most
        self.shuffles: Final = shuffles

    def at(self, origin: Origin) -> Rest:
        return Rest(self.reason, self.identity, origin, most=self.most, shuffles=self.shuffles, among=self.among)

    def like(self, other: Unknown) -> Rest:
        """The same number of elements, each made into an element of another list."""
        return Rest(other.reason, other.identity, other.origin, most=self.most, shuffles=self.shuffles)


class PartlyMap(Unknown):
    """A partly known map or object.

    Attributes:
        entries: the entries that certainly exist, by name.
        others: entries under unknown names, as pairs: `others[0]` and `others[1]` are two different entries.
        rest: why there may be more; None if there are no more.
    """

    __slots__ = ("entries", "others", "rest")

    def __init__(
        self,
        entries: Mapping[str, Tree],
        others: tuple[tuple[Unknown, Tree], ...],
        rest: Unknown | None,
        origin: Origin,
    ) -> None:
        by = rest if rest is not None else others[0][0]
        contents = frozenset((name, identity_of(each)) for name, each in entries.items())
        unnamed = tuple((name.identity, identity_of(each)) for name, each in others)
        identity = ("partly", contents, unnamed, None if rest is None else rest.identity)
        super().__init__(by.reason, identity, origin)
        self.entries: Final = dict(entries)
        self.others: Final = others
        self.rest: Final = rest

    def at(self, origin: Origin) -> PartlyMap:
        return PartlyMap(self.entries, self.others, self.rest, origin)

    def member(self, key: str | int, *, distinct: bool = False) -> Unknown:
        """The value under a name that is not among `entries`. For any name, see `entry`."""
        by = self.rest if self.rest is not None else self.others[0][0]
        return Unknown(by.reason, ("member", self.identity, key), by.origin)

    def as_data(self) -> dict[str, object]:
        return {**{key: plain(item) for key, item in self.entries.items()}, "$unknown": self.why}

    def entry(self, name: str) -> Tree:
        """The value under a name: the entry, or an unknown that may be absent."""
        found = self.entries.get(name)
        return self.member(name) if found is None else found

    def in_order(self, items: Iterable[Tree]) -> list[Tree]:
        """A list in the order of the entries' names, given `items`, one made from each entry. If no name is known, the order as
        written is as good as any."""
        content = list(items)
        if self.rest is None and not self.entries and (len(content) < 2 or all(isinstance(each, Unknown) for each in content)):
            return content
        return scattered(content, by=self)

    def every(self) -> Iterator[Tree]:
        """All values that certainly exist, and an unknown for those that may."""
        yield from self.entries.values()
        for _, value in self.others:
            yield value
        if self.rest is not None:
            yield rest_of(self.rest)


def entries_of(value: Tree) -> Mapping[str, Tree]:
    """The entries of a map or an object, as far as they are known; none of anything else."""
    match value:
        case Known(dict() as entries) | PartlyMap(entries=entries):
            return entries
        case _:
            return {}


def pieces_of(value: Tree) -> Iterator[str]:
    """The known pieces of a text: the whole of a known one."""
    match value:
        case Known(str() as text):
            yield text
        case Unknown(parts=parts):
            yield from (part for part in parts if isinstance(part, str))
        case _:
            return


def identity_of(value: Tree) -> Hashable:
    """A key that tells a value from others within a run."""
    return value.identity if isinstance(value, Unknown) else hash(value)


def rest_of(value: Unknown) -> Rest:
    """The elements of an unknown list, as a part of another list."""
    return value if isinstance(value, Rest) else Rest(value.reason, value.identity, value.origin)


def within(rest: Rest) -> list[Tree]:
    """The elements of any number of lists, all in one list."""
    one = Rest(rest.reason, ("within", rest.identity), rest.origin, shuffles=True)
    return [one, *rest.among]


def whole_of(rest: Rest, origin: Origin) -> Unknown:
    """An unknown list of elements that were part of another list."""
    return Unknown(rest.reason, rest.identity, origin)


def perhaps(value: Tree, by: Unknown) -> Rest:
    """An element that may or may not exist. `by` is why."""
    return Rest(by.reason, ("perhaps", identity_of(value), by.identity), _origin(value, by), most=1)


def first_unknown(one: Tree, other: Tree, by: Unknown) -> Unknown:
    """One of two values, but it is unknown which. `by` is why."""
    origin = _origin(one, other)
    return Unknown(by.reason, ("either", identity_of(one), identity_of(other)), origin)


def _origin(value: Tree, other: Tree) -> Origin:
    """The origin of `other`, with the references and the sensitivity of both."""
    references: tuple[Reference, ...] = tuple(dict.fromkeys((*value.origin.references, *other.origin.references)))
    sensitive = value.origin.sensitive or other.origin.sensitive
    return Origin(other.origin.span, "computed", (), references, sensitive)


def first_rest(items: Sequence[Tree]) -> Rest | None:
    """The first `Rest` among elements."""
    if Rest not in map(type, items):
        return None
    return next(each for each in items if isinstance(each, Rest))


def unknown_in(*values: Tree) -> Unknown | None:
    """An unknown among the values, or inside one of them."""
    waiting = list(reversed(values))
    while waiting:
        each = waiting.pop()
        if isinstance(each, Unknown):
            return each
        if isinstance(each, Known) and isinstance(each.value, (list, dict)):
            waiting += each.value.values() if isinstance(each.value, dict) else each.value
    return None


def is_whole(items: Sequence[Tree]) -> bool:
    """Whether a list has exactly these elements, known or not."""
    return Rest not in map(type, items)


def length(items: Iterable[Tree]) -> tuple[int, int]:
    """The minimum and the maximum number of elements of a list."""
    least, most = 0, 0
    for each in items:
        if isinstance(each, Rest):
            most = min(MANY, most + each.most)
        else:
            least, most = least + 1, min(MANY, most + 1)
    return least, most


def nothing_but(items: Sequence[Tree]) -> Rest | None:
    """The rest, if a list has nothing else. None if an element certainly exists, or if the list is empty."""
    rest = first_rest(items)
    return None if rest is None or known_alone(items) else rest


def known_alone(items: Iterable[Tree]) -> bool:
    """Whether an element certainly exists. Otherwise nothing is known of the list."""
    return any(not isinstance(each, Rest) for each in items)


def scattered(items: Iterable[Tree], by: Unknown) -> list[Tree]:
    """Elements in an order that depends on unknowns among them. `by` is why."""
    content = list(items)
    if all(isinstance(each, Rest) for each in content):
        return content
    rest = [each for each in content if isinstance(each, Rest)]
    first = rest[0] if rest else by
    references = tuple(dict.fromkeys(reference for each in rest for reference in each.origin.references))
    origin = first.origin._replace(references=references)
    most = min(MANY, sum(each.most for each in rest))
    # If an element itself is the reason, the unknown of the order gets an identity of its own.
    identity = first.identity if rest else ("order", first.identity)
    marker = Rest(first.reason, identity, origin, most=most, shuffles=True)
    return [marker, *(each for each in content if not isinstance(each, Rest))]


def in_any_order(items: list[Tree]) -> list[Tree]:
    """The elements of a set as a list: ordered by content, as far as it is known."""
    unknown = unknown_in(*items)
    if unknown is None or all(isinstance(each, Unknown) for each in items):
        return items
    return scattered(items, by=unknown)


def split_in_part(text: Unknown, separator: str, origin: Origin) -> list[Tree] | None:
    """The pieces of a partly known text. Pieces between two known separators are known. None if no piece is."""
    if not separator or not any(isinstance(part, str) and separator in part for part in text.parts):
        return None
    rest = rest_of(text)
    result: list[Tree] = []
    is_whole = True
    for index, part in enumerate(text.parts):
        if not isinstance(part, str):
            # It may contain separators itself, so the text around it is any number of pieces.
            if is_whole and result:
                result.pop()
            if not result or result[-1] is not rest:
                result.append(rest)
            is_whole = False
            continue
        first, *others = part.split(separator)
        if index == 0:
            result.append(Known(first, origin))
        result += [Known(each, origin) for each in others]
        is_whole = bool(others) or index == 0
    return result


def may_be(name: Unknown, text: str) -> bool:
    """Whether an unknown name may be this text."""
    first, last = (
        (part if isinstance(part, str) else "" for part in (name.parts[0], name.parts[-1])) if name.parts else ("", "")
    )
    return text.startswith(first) and text.endswith(last)


def may_be_same(one: Unknown, other: Unknown) -> bool:
    """Whether two unknown names may be the same."""
    if one.element and other.element and one.element[0] == other.element[0]:
        return one.element[1] == other.element[1]
    ends = [[part if isinstance(part, str) else "" for part in (each.parts[0], each.parts[-1])] if each.parts else ["", ""]
            for each in (one, other)]  # fmt: skip
    (first, last), (start, end) = ends
    begins = first.startswith(start) or start.startswith(first)
    return begins and (last.endswith(end) or end.endswith(last))


class Entries:
    """A map under construction, entry by entry. Later entries replace earlier ones."""

    __slots__ = ("_entries", "_others", "_rest")

    def __init__(self) -> None:
        self._entries: dict[str, Tree] = {}
        self._others: list[tuple[Unknown, Tree]] = []
        self._rest: Unknown | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def __len__(self) -> int:
        return len(self._entries) + len(self._others)

    def put(self, name: Tree | str, value: Tree, *, unique: bool = False) -> None:
        """Add an entry under a known or unknown name. `unique` is set if it would be an error to replace an entry."""
        if isinstance(name, str):
            if self._others and not unique:
                self._perhaps_gone([each for each in self._others if may_be(each[0], name)])
            self._entries[name] = value
        elif isinstance(name, Unknown):
            if not unique:
                self._entries = {
                    key: first_unknown(each, value, name) if may_be(name, key) else each for key, each in self._entries.items()
                }
                self._others = [each for each in self._others if each[0] != name]
                self._perhaps_gone([each for each in self._others if may_be_same(each[0], name)])
            self._others.append((name, value))
            self._perhaps_gone([self._others[-1]] if not unique and any(may_be(name, key) for key in self._entries) else [])
        else:
            raise TypeError("a name is a text or an unknown")

    def _perhaps_gone(self, gone: list[tuple[Unknown, Tree]]) -> None:
        """Mark entries as uncertain: an entry of the same name may have replaced them."""
        for each in gone:
            self._others.remove(each)
            self._more(perhaps(each[1], each[0]))

    def put_perhaps(self, name: Tree | str, value: Tree, by: Unknown) -> None:
        """Add an entry that may or may not exist."""
        if isinstance(name, str) and name in self._entries:
            self._entries[name] = first_unknown(self._entries[name], value, by)
        else:
            self._more(perhaps(value, by))

    def put_any(self, by: Unknown, *, over: bool) -> None:
        """Add any number of entries under any names. `over` says whether they may replace existing ones."""
        if over:
            self._entries = {name: first_unknown(value, by, by) for name, value in self._entries.items()}
            self._others = [(name, first_unknown(value, by, by)) for name, value in self._others]
        self._more(by)

    def put_all(self, value: Tree) -> None:
        """Add the entries of a map, which replace those of the same names. `value` is known to be a map, or is unknown."""
        match value:
            case PartlyMap():
                if value.rest is not None:
                    self.put_any(value.rest, over=True)
                for name, content in value.others:
                    self.put(name, content)
                for key, content in value.entries.items():
                    # A name among the other map's `others` is different from each of its `entries`.
                    self._perhaps_gone([each for each in self._others if each not in value.others and may_be(each[0], key)])
                    self._entries[key] = content
            case Unknown():
                self.put_any(value, over=True)
            case Known(dict() as entries) if self._others:
                for key, content in entries.items():
                    self.put(key, content)
            case Known(dict() as entries):
                self._entries.update(entries)
            case _:
                raise TypeError("a map is needed")

    def _more(self, by: Unknown) -> None:
        if self._rest is None or self._rest == by:
            self._rest = by
            return
        origin = _origin(self._rest, by)
        self._rest = Unknown(self._rest.reason, ("more", self._rest.identity, by.identity), origin)

    def result(self, origin: Origin, kind: type[dict[str, Tree]] = dict) -> Tree:
        """The map: known if all of it is known, the unknown itself if nothing is."""
        if not self._others and self._rest is None:
            return Known(kind(self._entries), origin)
        if not self._entries and not self._others and self._rest is not None:
            return self._rest.at(origin._replace(references=self._rest.origin.references))
        return PartlyMap(self._entries, tuple(self._others), self._rest, origin)
