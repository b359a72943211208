"""Fixes in a template, or in Terraform's JSON."""

from __future__ import annotations

from collections.abc import Mapping

from wa_iac.core.errors import WaIacError
from wa_iac.core.fix import CannotFixError, Edit
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.cloudformation.text.edit import edits
from wa_iac.parsers.cloudformation.text.located import Entry, MapNode
from wa_iac.parsers.cloudformation.text.rendering import Style, style_of

from .file import FixFile, FixTarget


class TreeFile(FixFile):
    """A file in YAML or JSON."""

    def __init__(self, path: str, data: bytes) -> None:
        super().__init__(path, data)
        self._root: MapNode | None = None
        self._style: Style | None = None
        self._resources: Mapping[int, Entry] | None = None

    @property
    def is_whole(self) -> bool:
        try:
            return bool(self._read())
        except CannotFixError:
            return False

    def edits(self, target: FixTarget) -> list[Edit]:
        root = self._read()
        terraform = target.declared.dialect == "terraform"
        entry = self._resource(root, target)
        if entry is None:
            raise CannotFixError("the resource is not written here")
        if self._style is None:
            self._style = style_of(self.data, root, lists_stand_for_blocks=terraform)
        style = self._style.within(entry)
        content = target.content
        if terraform:
            if target.recipe.beside is not None and target.declared.type not in target.recipe.types:
                raise CannotFixError("another resource would have to be added")
            # In Terraform's JSON a resource is its body.
            content = {f"@{name}": each for name, each in content.items()}
        return edits(self.data, self.path, entry, content, target.at, style)

    def _resource(self, root: MapNode, target: FixTarget) -> Entry | None:
        """The resource in the text, found by its name, place and checked type."""
        declared = target.declared
        if declared.dialect == "terraform":
            entry = _member(_member(_member(root, "resource"), declared.type), declared.name)
            return entry if entry is not None and entry.key.start_byte == target.start else None
        if self._resources is None:
            found = _member(root, "Resources")
            written = found.value.entries.values() if found is not None and isinstance(found.value, MapNode) else ()
            self._resources = {each.key.start_byte: each for each in written}
        entry = self._resources.get(target.start)
        kind = _member(entry, "Type")
        return entry if kind is not None and getattr(kind.value, "value", None) == declared.type else None

    def _read(self) -> MapNode:
        """The root of the file."""
        if self._root is None:
            if self.data.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise CannotFixError("the file is in UTF-16")
            try:
                document = parsed(self.data, self.path)
            except WaIacError:
                raise CannotFixError("the file cannot be read") from None
            if document is None or document.errors or not isinstance(document.root, MapNode):
                raise CannotFixError("the file cannot be read in full")
            self._root = document.root
        return self._root


def _member(within: Entry | MapNode | None, name: str) -> Entry | None:
    node = within.value if isinstance(within, Entry) else within
    return node.entries.get(name) if isinstance(node, MapNode) and not node.call else None
