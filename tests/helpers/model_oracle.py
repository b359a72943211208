"""A second opinion on templates: AWS's own cloudformation-validate, whose model resolves values, conditions and references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from wa_iac.core.algebra import references
from wa_iac.core.value import Absent, Known, Tree, Unknown, plain

LEFT_OPEN: Final = (
    "the account is known only at deployment",
    "the partition is known only at deployment",
    "the region is known only at deployment",
    "the stack's id is known only at deployment",
    "the stack's name is known only at deployment",
    "the domain suffix is known only at deployment",
    "the availability zones are known only at deployment",
    "the macro",
)
"""Why a value is unknown to us where they take a certain region, account and stack for granted, or leave a macro's call as it is."""
PARAMETER_STORE: Final = "is read from Parameter Store at deployment"
"""The default of such a parameter names the value that will be read; they take the name for the value."""


def content(value: Any) -> Any:
    """A JSON value of theirs as plain data."""
    kind = _kind(value)
    match kind:
        case "ARRAY":
            return [content(item) for item in value.items]
        case "OBJECT":
            return {key: content(item) for key, item in value.entries.items()}
        case "NULL":
            return None
        case _:
            return value.value


def differences(theirs: Any, ours: Tree, path: str) -> Iterator[tuple[str, str]]:
    """Where our value of a property disagrees with theirs: the path, and what each says."""
    kind = _kind(theirs)
    match kind:
        case "CONCRETE":
            yield from _concrete(content(theirs.value), ours, path)
        case "LIST_VALUE":
            match ours:
                case Known(list() as items):
                    kept = [each for each in theirs.items if not _is_null(each)]
                    if len(kept) != len(items):
                        yield path, f"{len(kept)} items, ours {len(items)}"
                    else:
                        for index, (one, other) in enumerate(zip(kept, items, strict=True)):
                            yield from differences(one, other, f"{path}[{index}]")
                case Unknown():
                    return
                case _:
                    yield path, f"a list, ours {ours!r}"
        case "MAP":
            match ours:
                case Known(dict() as entries):
                    for entry in theirs.entries:
                        key = entry.key
                        if not key.startswith("Fn::"):
                            yield from differences(entry.value, entries.get(key, Absent()), f"{path}.{key}")
                case Unknown():
                    return
                case _:
                    yield path, f"an object, ours {ours!r}"
        case "ENUM_VALUE":
            listed = [found for each in theirs.variants if (found := list(differences(each, ours, path)))]
            if isinstance(ours, Known) and len(listed) == len(theirs.variants):
                yield path, f"one of {len(listed)} values, ours {plain(ours)!r}"
        case "CONDITIONAL":
            if isinstance(ours, Known | Absent):
                both = [list(differences(each, ours, path)) for each in (theirs.if_true, theirs.if_false)]
                if all(both):
                    yield both[0][0]
        case "REFERENCE":
            addresses = {each.address for each in references(ours)}
            if theirs.target not in addresses and not any(each.startswith(f"{theirs.target}/") for each in addresses):
                yield path, f"a reference to {theirs.target}, ours {ours!r}"
        case _:
            return


def _is_null(theirs: Any) -> bool:
    return _kind(theirs) == "CONCRETE" and content(theirs.value) is None


def _concrete(theirs: Any, ours: Tree, path: str) -> Iterator[tuple[str, str]]:
    match ours:
        case Known(list() as items) if isinstance(theirs, list):
            if len(items) != len(theirs):
                yield path, f"{len(theirs)} items, ours {len(items)}"
            for index, (one, other) in enumerate(zip(theirs, items, strict=False)):
                yield from _concrete(one, other, f"{path}[{index}]")
        case Known(dict() as entries) if isinstance(theirs, dict):
            for key in theirs.keys() | entries.keys():
                if not str(key).startswith("Fn::"):
                    yield from _concrete(theirs.get(key), entries.get(key, Absent()), f"{path}.{key}")
        case Known(found):
            if _text(found) != _text(theirs):
                yield path, f"{theirs!r}, ours {plain(ours)!r}"
        case Absent():
            if theirs is not None:
                yield path, f"{theirs!r}, ours absent"
        case Unknown():
            if not (ours.why.startswith(LEFT_OPEN) or ours.why.endswith(PARAMETER_STORE) or ours.alternatives):
                yield path, f"{theirs!r}, ours unknown: {ours.why}"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _kind(value: Any) -> str:
    """The variant of one of their enumerations: its class is called `ResolvedValue.CONCRETE`."""
    return type(value).__name__.rpartition(".")[2]
