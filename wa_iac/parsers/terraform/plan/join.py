"""Joins a plan with its source: values are the plan's, places are the source's.

If only one of the two knows a value, that one is used.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from wa_iac.core.algebra import moved
from wa_iac.core.declared import INDEX, Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown

from .values import WRITE_ONLY

_CALL = late(rf"module\.[\w-]+(?:{INDEX.pattern})?(?:\.module\.[\w-]+(?:{INDEX.pattern})?)*")
"""The address of a module call."""
_MOST = 10_000
"""Maximum number of compared pairs of elements. Longer lists are paired in order."""


Copies: TypeAlias = Mapping[str, Mapping[str, Tree]]
"""By address and argument: the rest of an argument that other resources of the plan set, if the source does not set it."""


def joined(
    planned: Sequence[Declared],
    source: Sequence[Declared],
    configured: Collection[str] | None,
    copies: Copies,
    *,
    gone: Collection[str] | None = None,
) -> list[Declared]:
    """The resources and data sources of a plan, with the places and the settings of the source.

    Blocks in the source that the plan does not have are removed, since they will not exist. A block that was not `configured`
    when the plan was made is newer, and kept. If the plan is not complete, `gone` has the addresses that it destroys;
    everything else that it does not mention is as in the source.
    """
    found = _Found(source)
    calls = {each.address: each for each in source if each.kind == "module"}
    result = [
        without_copies(_placed(each, found.of(each), calls.get(_call(each.address, calls))), copies, found.of(each))
        for each in planned
        if each.kind in ("resource", "data")
    ]
    addresses = {each.address for each in result}
    if configured is not None:
        result += [each for each in source if each.kind == "resource" and INDEX.sub("", each.address) not in configured]
    if gone is not None:
        result += _left_out(source, {each.address for each in result}, gone)
    settings = [each for each in source if each.kind in ("context", "module")]
    # A data source without a place in a plan needs no reading: its arguments are its value.
    settings += [each for each in source if each.kind == "data" and each.address not in addresses]
    known = {each.address for each in settings}
    # Outputs of modules that only the plan knows.
    settings += [
        each for each in planned
        if each.kind == "context" and each.address not in known
        and any(each.address.startswith((f"{address}.", f"{address}[")) for address in calls)
    ]  # fmt: skip
    return [*result, *settings]


def _left_out(source: Iterable[Declared], judged: Collection[str], gone: Collection[str]) -> Iterator[Declared]:
    """The resources that an incomplete plan does not cover."""
    blocks = {INDEX.sub("", address) for address in (*judged, *gone)}
    for each in source:
        if each.kind != "resource" or each.address in judged or each.address in gone:
            continue
        # One that represents several exists already if the plan has any of them.
        if not each.representative or INDEX.sub("", each.address) not in blocks:
            yield each


def without_copies(planned: Declared, copies: Copies, source: Declared | None = None) -> Declared:
    """A resource of a plan without the old values of its parts, except those that its source sets."""
    written = source.body.value if source is not None else {}
    left = {
        name: value if source is None else _unwritten(value, planned.body.origin)
        for name, value in copies.get(planned.address, {}).items()
        if not isinstance(written.get(name), Known)
    }
    return replace(planned, body=Known({**planned.body.value, **left}, planned.body.origin)) if left else planned


class _Found:
    """The source's resources by address; those that represent an unknown number of instances without their index."""

    def __init__(self, source: Iterable[Declared]) -> None:
        self._by_address = {each.address: each for each in source if each.kind in ("resource", "data")}
        self._by_block: dict[str, Declared] = {}
        for each in self._by_address.values():
            self._by_block.setdefault(INDEX.sub("", each.address), each)

    def of(self, planned: Declared) -> Declared | None:
        """The same instance; else any instance of the same block, for its places."""
        exact = self._by_address.get(planned.address)
        return exact if exact is not None else self._by_block.get(INDEX.sub("", planned.address))


def _call(address: str, calls: Mapping[str, Declared]) -> str:
    """The call in an address, among the module calls that the source could not follow."""
    bare = INDEX.sub("", address)
    return next((call for call in calls if address.startswith(f"{call}.") or bare.startswith(f"{INDEX.sub('', call)}.")), "")


def _placed(planned: Declared, source: Declared | None, call: Declared | None) -> Declared:
    if source is None:
        return planned if call is None else replace(planned, calls=(Step(call.span, f'module "{call.name}"'),))
    # The representative instance has the values and places of all; its index is not theirs.
    same = source.address == planned.address and not source.representative
    body = _object(planned.body, source.body, same=same)
    region = (
        source.region if isinstance(planned.region, (Unknown, Absent)) and isinstance(source.region, Known) else planned.region
    )
    return replace(
        planned,
        body=body,
        span=source.span,
        extent=source.extent,
        attributes=source.attributes,
        calls=source.calls,
        region=source.region if isinstance(region, Absent) else region,
    )


def _object(planned: Known[dict[str, Tree]], source: Known[dict[str, Tree]], *, same: bool) -> Known[dict[str, Tree]]:
    """A body or a block with the entries of both."""
    where = source.origin
    entries: dict[str, Tree] = {}
    for name, value in planned.value.items():
        written: Tree | None = source.value.get(name)
        if written is None:
            # A value known only after apply, of an argument that nobody wrote, is AWS's default: absent, as in the source.
            entries[name] = Absent(where) if isinstance(value, Unknown) else _unwritten(value, where)
        elif isinstance(value, (Absent, Unknown)) and name.endswith(WRITE_ONLY):
            entries[name] = written
        else:
            entries[name] = merged(value, written, same=same)
    for name, value in source.value.items():
        entries.setdefault(name, value)
    return Known(entries, _secret(where, planned.origin))


def merged(planned: Tree, source: Tree, *, same: bool = True) -> Tree:
    """The merged value, if plan and source both have one. `same` says that they are the same instance."""
    match planned, source:
        case Known(dict()), Known(dict()):
            return _object(planned, source, same=same)
        case Known(list() as items), Known(list() as written):
            origin = _secret(source.origin, planned.origin)
            return Known([merged(item, other, same=same) if other is not None else _unwritten(item, source.origin)
                          for item, other in _pairs(items, written)], origin)  # fmt: skip
        case Known(), Known():
            return _known(planned, source, same=same)
        case Known(), Unknown():
            how = "given" if source.origin.how in ("explicit", "default") else source.origin.how
            origin = source.origin._replace(how=how, document=None)
            return _everywhere(planned, _secret(origin, planned.origin))
        case Unknown(), (Known() | Unknown()) if same:
            # The plan knows the outputs of a module that only the plan could read.
            own = tuple(each for each in source.origin.references if not _CALL.fullmatch(each.address))
            document = _document(planned.origin.document, source.origin.document, same=same)
            origin = _secret(source.origin, planned.origin)
            return moved(source, origin._replace(references=own or planned.origin.references, document=document))
        case Unknown(), Absent():
            return source
        case Unknown(), _:
            references = planned.origin.references or source.origin.references
            where = source.origin._replace(references=references, document=planned.origin.document)
            return planned.at(_secret(where, planned.origin))
        case Absent(), _:
            return Absent(source.origin._replace(document=None, references=()))
        case _:
            return _unwritten(planned, source.origin)


def _document(planned: Tree | None, source: Tree | None, *, same: bool) -> Tree | None:
    """The document that a text encodes: from the plan and the source, whichever knows a part of it."""
    if planned is None or source is None:
        return planned if source is None else source
    return merged(planned, source, same=same)


def _known(planned: Known[object], source: Known[object], *, same: bool) -> Tree:
    """The plan's content at the source's place. If both are equal, the source's value with all that is known of its pieces."""
    origin = _secret(source.origin, planned.origin)
    if planned == source or _same_document(planned.value, source.value):
        return moved(source, origin)
    references = origin.references if same else planned.origin.references
    return _everywhere(planned, origin._replace(document=None, references=references))


def _same_document(one: object, other: object) -> bool:
    if not (isinstance(one, str) and isinstance(other, str) and one[:1] in ("{", "[") and other.strip()[:1] == one[:1]):
        return False
    try:
        return bool(json.loads(one) == json.loads(other))
    except (ValueError, RecursionError):
        return False


def _unwritten(planned: Tree, where: Origin) -> Tree:
    """A value that the source does not write; its place is the nearest written parent."""
    origin = planned.origin._replace(span=where.span, chain=where.chain)
    return Absent(origin) if isinstance(planned, Absent) else _everywhere(planned, origin)


def _everywhere(value: Tree, origin: Origin) -> Tree:
    """A value with all its contents at one place."""
    match value:
        case Known(list() as items):
            return Known([_everywhere(item, _at(item, origin)) for item in items], origin)
        case Known(dict() as entries):
            return Known({name: _everywhere(item, _at(item, origin)) for name, item in entries.items()}, origin)
        case _:
            return moved(value, origin)


def _at(value: Tree, origin: Origin) -> Origin:
    return value.origin._replace(span=origin.span, chain=origin.chain, sensitive=value.origin.sensitive or origin.sensitive)


def _secret(origin: Origin, other: Origin) -> Origin:
    return origin._replace(sensitive=True) if other.sensitive and not origin.sensitive else origin


def _pairs(items: Sequence[Tree], written: Sequence[Tree]) -> list[tuple[Tree, Tree | None]]:
    """Each element of the plan with the source's element that it comes from.

    A plan sorts the elements of a set. Equal ones are paired first, then the most similar ones, then the rest in order. If the
    source has one element for many, it is the place of all of them.
    """
    left = list(range(len(written)))
    chosen: dict[int, int] = {}
    by_likeness = sorted(
        ((-_likeness(item, other), abs(i - j), i, j) for i, item in enumerate(items) for j, other in enumerate(written)),
    ) if len(items) * len(written) <= _MOST else [(0, 0, i, i) for i in range(min(len(items), len(written)))]  # fmt: skip
    for _, _, i, j in by_likeness:
        if i not in chosen and j in left:
            chosen[i] = j
            left.remove(j)
    last = next((each for each in written if isinstance(each, Known)), None)
    return [(item, written[chosen[i]] if i in chosen else last) for i, item in enumerate(items)]


def _likeness(one: Tree, other: Tree) -> int:
    """The similarity of two elements."""
    match one, other:
        case Known(dict() as entries), Known(dict() as others):
            return sum(_likeness(value, others[name]) for name, value in entries.items() if name in others)
        case Known(list() as items), Known(list() as written):
            return sum(any(item == each for each in written) for item in items)
        case Unknown(), Unknown():
            return 1 + 2 * (one == other)
        case Known(), Known():
            return 2 if one == other else -1
        case _:
            return 0
