"""Which resources of one template others import: a stack gives an output a name (`Export`), and others use that (`Fn::ImportValue`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final, NamedTuple, TypeAlias

from .algebra import below, leaves, text_of
from .budget import Budget, SpentError, entered
from .declared import Declared, Unit
from .errors import mistakes
from .graph import NO_IMPORTERS, Graph, Importer, Importers
from .logic import first_unknown
from .reasons import OF_ONE_STACK, Imported, Pseudo, UnsetParameter
from .value import Known, Tree, Unknown

_MARK: Final = b"ImportValue"

_MOST: Final = 20
"""The copies of an export, equally near, of which an import may be. Of more, nothing is said."""

_Built: TypeAlias = Sequence[tuple[Unit, Graph]]
_Exports: TypeAlias = "dict[tuple[str, Hashable, str], list[_Export]]"
"""By environment, the identity of what is imported, and each folder around the template."""


class _Export(NamedTuple):
    """An output with a name for other stacks: the addresses of the resources that it may be, each with what decides whether it is, and the
    known end of its name."""

    unit: Unit
    targets: Mapping[str, Unknown | None]
    ending: str


class _Import(NamedTuple):
    """An imported value in a block: see `Importer`."""

    value: Unknown
    path: str
    doubt: Unknown | None


class _Found:
    """The importers of the resources of a unit by their addresses, and the endings of exports whose importers may not all be known."""

    def __init__(self) -> None:
        self.importers: dict[tuple[str, str, str], list[Importer]] = defaultdict(list)
        self.exports: dict[tuple[str, str, str], list[_Export]] = defaultdict(list)
        self.loose: dict[str, set[str]] = defaultdict(set)
        """By environment, the known endings of imported names that belong to no export."""

    def may_be_others(self, key: tuple[str, str, str]) -> bool:
        """Whether an import may be of a resource, though nothing exports it under the very name. Names with different endings differ."""
        return any(
            each.ending.endswith(ending) or ending.endswith(each.ending)
            for each in self.exports.get(key, ())
            for ending in self.loose.get(key[1], ())
        )


def import_identity(name: Tree) -> Hashable:
    """The identity of the value that is imported under a name: the same for the same text, and for the same unknown."""
    return "import", name.identity if isinstance(name, Unknown) else text_of(name.value) if isinstance(name, Known) else ""


def let_ask(built: _Built) -> None:
    """Let rules ask the graphs of several templates for the imports between them."""
    templates = [(unit, graph) for unit, graph in built if unit.dialect == "cloudformation"]
    if len(templates) > 1:
        imports = _Imports(templates)
        for unit, graph in templates:
            graph.importers_at = partial(imports.of, unit.path, unit.environment)


class _Imports:
    """The imports between the templates of a run. They are looked through when a rule first asks: once, in one pass."""

    def __init__(self, built: _Built) -> None:
        self._built = built
        self._found: _Found | None = None

    def of(self, path: str, environment: str, address: str) -> Importers:
        """What imports the resource at an address of a unit."""
        if self._found is None:
            size = sum(len(data) for unit, _ in self._built for data in unit.sources.values())
            with entered(Budget(size)):
                try:
                    self._found = _found(self._built)
                except SpentError:
                    self._found = _Found()
        key = (path, environment, address)
        if key not in self._found.exports:
            return NO_IMPORTERS
        return Importers(tuple(self._found.importers.get(key, ())), partial(self._found.may_be_others, key))


def _found(built: _Built) -> _Found:
    found = _Found()
    importing = [(unit, graph) for unit, graph in built if any(_MARK in data for data in unit.sources.values())]
    if not importing:
        return found
    exports: _Exports = defaultdict(list)
    for unit, graph in built:
        for output in graph.declared:
            if output.type == "output":
                _note_export(unit, graph, output, exports, found)
    for unit, graph in importing:
        if mistakes(unit.errors):
            # What could not be read may import anything.
            found.loose[unit.environment].add("")
        for block in graph.declared:
            if block.kind != "context" or (
                block.type == "output" and isinstance(block.body.value.get("export"), Known | Unknown)
            ):
                for each in _imports(block):
                    _note_import(unit, graph, block, each, exports, found)
    return found


def _note_export(unit: Unit, graph: Graph, output: Declared, exports: _Exports, found: _Found) -> None:
    name, value = output.body.value.get("export"), output.body.value["value"]
    if not isinstance(name, Known | Unknown):
        return
    referred = (declared for leaf in leaves(value) if _is_reference(leaf) for declared in graph.referred(leaf))
    export = _Export(unit, {each.address: _doubt(value, each) for each in referred}, _ending(name))
    for address in export.targets:
        found.exports[unit.path, unit.environment, address].append(export)
    if _is_comparable(name):
        for folder in _folders(unit):
            exports[unit.environment, import_identity(name), folder].append(export)


def _note_import(unit: Unit, graph: Graph, block: Declared, each: _Import, exports: _Exports, found: _Found) -> None:
    """Copies of one stack export the same names: a template imports from those with which it shares most folders."""
    nearest: list[_Export] = []
    for folder in _folders(unit):
        named = exports.get((unit.environment, each.value.identity, folder), [])
        if len(named) > _MOST:
            break
        if nearest := [export for export in named if export.unit is not unit]:
            break
    if not nearest:
        found.loose[unit.environment].add(_ending(each.value))
    for export in nearest:
        for address, doubt in export.targets.items():
            importer = Importer(block, graph, unit.path, each.path, first_unknown(each.doubt, doubt))
            found.importers[export.unit.path, unit.environment, address].append(importer)


def _folders(unit: Unit) -> Iterator[str]:
    """The folders around a template, the nearest first."""
    folder = unit.path
    while folder:
        folder = folder.rpartition("/")[0]
        yield folder


def _doubt(value: Tree, target: Declared) -> Unknown | None:
    """What decides whether an output is a resource; None if it surely is, if the resource exists."""
    if not isinstance(value, Unknown) or not value.alternatives:
        return None
    return None if target.condition is not None and target.condition.choice == value.choice else value


def _imports(block: Declared) -> Iterator[_Import]:
    """The imported values in a block, each with the property that holds it."""
    waiting: list[tuple[Tree, str, Unknown | None]] = [(block.body, "", block.condition)]
    while waiting:
        value, path, doubt = waiting.pop()
        match value:
            case Known(dict() as entries):
                waiting += [(each, f"{path}.{key}" if path else key, doubt) for key, each in entries.items()]
            case Unknown(alternatives=()) if not value.parts and isinstance(value.reason, Imported):
                yield _Import(value, path, doubt)
            case _:
                doubt = value if isinstance(value, Unknown) and value.alternatives else doubt
                waiting += [(each, path, doubt) for each in below(value)]


def _is_reference(value: Tree) -> bool:
    """Whether a value is what a resource returns, and no text or list that is made of it."""
    return isinstance(value, Unknown) and value.itself and len(value.origin.references) == 1


def _is_comparable(name: Tree) -> bool:
    """Whether a name that reads the same in two templates is the same: nothing in it is of one stack alone."""
    if not isinstance(name, Unknown):
        return True
    return all(isinstance(part, str) or _is_shared(part) for part in name.parts or (name,))


def _is_shared(part: Unknown) -> bool:
    match part.reason:
        case UnsetParameter(name=name, stack=""):
            return part.itself or part.choice == ("parameter", name)
        case Pseudo(name=name):
            return part.itself and name not in OF_ONE_STACK
        case _:
            return False


def _ending(name: Tree) -> str:
    """The known end of the name of an export, or of the name under which a value is imported."""
    match name:
        case Known(text):
            return str(text)
        case Unknown(reason=Imported(name=spelled)) if spelled.startswith('"'):
            return spelled.strip('"').rpartition("}")[2]
        case Unknown(parts=[*_, str() as end]):
            return end
        case _:
            return ""
