"""Nested stacks and stack sets: their templates are found in the scanned tree and evaluated with the stack's parameters."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from wa_iac.core import files
from wa_iac.core.algebra import text_of
from wa_iac.core.budget import SpentError
from wa_iac.core.contain import contained
from wa_iac.core.declared import Declared, Unit
from wa_iac.core.errors import BoundError, SourceError, UnavailableError, WaIacError
from wa_iac.core.paths import Scan
from wa_iac.core.reasons import OF_ONE_STACK
from wa_iac.core.value import Absent, Known, Origin, Step, Tree, Unknown
from wa_iac.parsers.cloudformation.text.inline import Read, inline
from wa_iac.parsers.cloudformation.text.located import Entry, LocatedDocument, MapNode, Node
from wa_iac.parsers.cloudformation.text.recognise import is_template, may_be_template

from .scope import Follow
from .template import Template

MAX_STACKS: Final = 500
"""Nested stacks in one unit. Their number can double with each level."""
MAX_LEVELS: Final = 20
"""Stacks within stacks."""
MAX_NAMES: Final = 30
"""The number of last directories of an address that are searched in the tree."""
_MISSING: Final = "templates of nested stacks are not available, and their resources are not checked"


class Stacks:
    """Follows stacks to their templates in the scanned tree, each of which is parsed once.

    Attributes:
        followed: the templates that some stack names; they are checked there, not alone.
    """

    def __init__(self, scan: Scan, read: Read, *, assets: Mapping[str, Path] | None = None) -> None:
        self._assets = assets or {}
        self.followed: set[Path] = set()
        self.scan: Final = scan
        self._read = read
        self._snippets: dict[Path, tuple[bytes, LocatedDocument | None]] = {}
        self._documents: dict[Path, tuple[bytes, LocatedDocument | WaIacError]] = {}
        self._locations: dict[tuple[Path, str], Path | None] = {}

    def follower(self, unit: Unit, path: Path, pseudo: Mapping[str, str] | None = None) -> Follow:
        """The evaluator for the stacks of the template at `path`, into `unit`; known `pseudo` parameters also apply to them."""
        handed_down = {name: value for name, value in (pseudo or {}).items() if name not in OF_ONE_STACK}
        return _Follower(self, unit, (files.resolved(path),), _Shared(pseudo=handed_down))

    def template(self, unit: Unit, path: Path, stack: Declared) -> tuple[LocatedDocument, Path]:
        """The template of a stack in the template at `path`, and its file. Raises if it is not available or cannot be read."""
        body = stack.body.value.get("TemplateBody", Absent())
        if isinstance(body, Known) and isinstance(body.value, str):
            document = inline(unit.sources.get(body.origin.span.path, b""), body, self._read)
            if document is None or not is_template(document.root):
                raise SourceError(f'the TemplateBody of "{stack.name}" is not a template')
            return document, path / stack.name
        if isinstance(body, Unknown):
            raise UnavailableError(
                f'the TemplateBody of "{stack.name}" is not known in full, and its resources are not checked: {body.why}',
                kind=_MISSING,
            )
        address = stack.body.value.get("TemplateURL", Absent())
        found = self._file(path, address)
        if found is None:
            if isinstance(address, Known) and "://" not in text_of(address.value):
                # A build may generate it, or a person may still write it: its resources are not checked, as for any missing
                # template.
                where = text_of(address.value)
                raise UnavailableError(
                    f'the template of the stack "{stack.name}" does not exist: {where}; its resources are not checked',
                    kind=_MISSING,
                )
            raise UnavailableError(
                f'the template of the stack "{stack.name}" is not available: its resources are not checked', kind=_MISSING
            )
        data, document = self.document(found)
        unit.sources[self.scan.shown(found)] = data
        return document, found

    def included(self, unit: Unit, path: Path, location: str) -> Node | None:
        """The content of a file that the template at `path` includes; None if it is not in the tree. Raises like `document`."""
        asked = path.parent, location
        if asked not in self._locations:
            self._locations[asked] = self._file(path, Known(location))
        found = self._locations[asked]
        if found is None:
            return None
        shown = self.scan.shown(found)
        is_new = shown not in unit.sources
        if found not in self._snippets:
            data = unit.sources[shown] = self._text(found)
            document = contained(shown, partial(self._read, data, shown), unit.errors.append)
            self._snippets[found] = data, document
        unit.sources[shown], document = self._snippets[found]
        if document is None:
            return None
        if is_new:
            unit.errors += document.errors
        return document.root

    def document(self, path: Path, *, empty: bool = False) -> tuple[bytes, LocatedDocument]:
        """A template's bytes and its document. Raises `SourceError` and `BoundError`.

        `empty`: any object counts as a template.
        """
        if path not in self._documents:
            shown = self.scan.shown(path)
            data = b""

            def read() -> LocatedDocument:
                nonlocal data
                data = self._text(path)
                document = self._read(data, shown)
                if document is None or not (may_be_template(document.root) or (empty and isinstance(document.root, MapNode))):
                    raise SourceError("a stack names this file, but it is not a CloudFormation template", path=shown)
                return document

            failures: list[WaIacError] = []
            document = contained(shown, read, failures.append)
            self._documents[path] = data, failures[0] if document is None else document
        data, found = self._documents[path]
        if isinstance(found, WaIacError):
            raise found
        return data, found

    def _text(self, path: Path) -> bytes:
        """The bytes of a file. Raises `SourceError`."""
        try:
            return files.read(path, within=self.scan.root)
        except OSError as error:
            raise files.unread(error, self.scan.shown(path)) from error

    def _file(self, template: Path, address: Tree) -> Path | None:
        """The file in the tree for an address in a template; it is checked there, not alone. None if there is none."""
        found = next((each for each in self._places(template, address) if self._is_ours(each)), None)
        if found is not None:
            self.followed.add(found)
        return found

    def _is_ours(self, path: Path) -> bool:
        return path.is_relative_to(self.scan.root) and files.is_there(path)

    def _places(self, template: Path, address: Tree) -> Iterator[Path]:
        """The possible files for a TemplateURL, the likeliest first; symbolic links resolved."""
        key = ""
        match address:
            case Known(str() as text) if "://" not in text:
                yield files.resolved(template.parent / text)
            case Known(str() as text) if text.startswith("file://"):
                yield files.resolved(template.parent / text.removeprefix("file://"))
            case Known(str() as text):
                # The host, or a placeholder for it, tells nothing about the file.
                key = re.split("[?#]", text.partition("://")[2], maxsplit=1)[0].partition("/")[2]
            case Unknown(parts=(*_, str() as end)):
                # The bucket, and often the prefix, are parameters: only the text after the last one is certain.
                key = end.partition("?")[0].partition("/")[2]
            case _:
                return
        names = [name for name in key.split("/") if name][-MAX_NAMES:]
        if names and names[-1] in self._assets:
            yield self._assets[names[-1]]
        for start in range(len(names)):
            # A single name is a weak hint: it counts only in the template's directory.
            alone = start == len(names) - 1
            for folder in (template.parent,) if alone else (template.parent, *template.parent.parents):
                if folder.is_relative_to(self.scan.root):
                    yield files.resolved(folder.joinpath(*names[start:]))


@dataclass(slots=True, eq=False, repr=False)
class _Shared:
    """The shared state of the stacks below one: how many more there may be, undecided comparisons, known pseudo parameters."""

    left: int = MAX_STACKS
    equalities: dict[object, Unknown] = field(default_factory=dict)
    exports: dict[Hashable, Tree] = field(default_factory=dict)
    """What they export, by name: a text, or an unknown where it holds the name of its stack, which only the deployment knows."""
    pseudo: Mapping[str, str] = field(default_factory=dict)


class _Follower:
    """Evaluates the stacks of one template; `above` are the files of the templates around it, its own last."""

    def __init__(self, stacks: Stacks, unit: Unit, above: tuple[Path, ...], shared: _Shared) -> None:
        self.equalities = shared.equalities
        self._stacks = stacks
        self._unit = unit
        self._above = above
        self._shared = shared

    def include(self, location: str) -> Node | None:
        try:
            return self._stacks.included(self._unit, self._above[-1], location)
        except SpentError:
            raise
        except WaIacError as error:
            self._unit.errors.append(error)
            return None

    def __call__(self, stack: Declared) -> Mapping[str, Tree] | None:
        unit, shown = self._unit, self._stacks.scan.shown
        try:
            document, found = self._stacks.template(unit, self._above[-1], stack)
            if found in self._above:
                circle = " → ".join(map(shown, (*self._above, found)))
                raise SourceError(f"these templates create stacks of each other: {circle}")
            self._shared.left -= 1
            if self._shared.left < 0:
                raise BoundError(f"more than {MAX_STACKS} nested stacks (wa-iac's safety limit)")
            if len(self._above) > MAX_LEVELS:
                raise BoundError(f"stacks are nested more than {MAX_LEVELS} levels deep (wa-iac's safety limit)")
            unit.errors += document.errors
            template = Template(
                unit,
                document.root,
                shown(found),
                stack=stack.address,
                calls=(*stack.calls, Step(stack.span, f'stack "{stack.name}"')),
                keys=stack.keys,
                given=_parameters(stack, document.root),
                condition=stack.condition,
                follow=_Follower(self._stacks, unit, (*self._above, found), self._shared),
                exports=self._shared.exports,
                pseudo=self._shared.pseudo,
            )
            template.declare()
            outputs = template.declared_outputs()
            self._export(outputs)
            return {each.name: each.body.value["value"] for each in outputs} | template.not_made
        except SpentError:
            raise  # it applies to the whole unit
        except WaIacError as error:
            if error.path is None:
                error.path, error.line, error.column = stack.span.path, stack.span.start_line, stack.span.start_column
            unit.errors.append(error)
            return None

    def _export(self, outputs: Sequence[Declared]) -> None:
        """Note what a stack exports, for those that are evaluated after it: CloudFormation makes these later, too."""
        for each in outputs:
            match each.body.value.get("export"):
                case Known(name):
                    self._shared.exports[str(name)] = each.body.value["value"]
                case Unknown() as name:
                    self._shared.exports[name] = each.body.value["value"]
                case _:
                    pass


def _parameters(stack: Declared, root: Node) -> dict[str, Tree]:
    """A stack's values for the parameters of its template."""
    given = stack.body.value.get("Parameters", Absent())
    match given:
        case Known(dict() as values):
            return dict(values)
        case Known(list() as pairs):
            return {
                text_of(pair.value["ParameterKey"].value): pair.value.get("ParameterValue", Absent())
                for pair in pairs
                if isinstance(pair, Known)
                and isinstance(pair.value, dict)
                and isinstance(pair.value.get("ParameterKey"), Known)
            }
        case Unknown():
            section = root.entries.get("Parameters") if isinstance(root, MapNode) else None
            names = section.value.entries if isinstance(section, Entry) and isinstance(section.value, MapNode) else {}
            return {name: given.member(name).at(Origin(given.origin.span)) for name in names}
        case _:
            return {}
