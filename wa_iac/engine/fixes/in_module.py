"""Fixes in a file of Terraform's own language."""

from __future__ import annotations

from collections.abc import Mapping

from wa_iac.core.fix import CannotFixError, Edit
from wa_iac.parsers.terraform.text.edit import Editor, Style, style_of
from wa_iac.parsers.terraform.text.nodes import HclBlock
from wa_iac.parsers.terraform.text.syntax import read_body

from .file import FixFile, FixTarget


class HclFile(FixFile):
    """A `.tf` file."""

    def __init__(self, path: str, data: bytes) -> None:
        super().__init__(path, data)
        self._blocks: Mapping[int, HclBlock] | None = None
        self._style: Style | None = None

    @property
    def is_whole(self) -> bool:
        try:
            return bool(self._read())
        except CannotFixError:
            return False

    def edits(self, target: FixTarget) -> list[Edit]:
        block = self._read().get(target.start)
        if block is None or block.type != "resource" or block.labels != (target.declared.type, target.declared.name):
            raise CannotFixError("the resource is not written here")
        if self._style is None:
            self._style = style_of(self.data)
        editor = Editor(self.data, self.path, target.at, self._style)
        satellite = target.recipe.beside
        names = {each.partition("[")[0] for each in target.content}
        has = names & {*block.body.attributes, *(each.type for each in block.body.blocks)}
        if satellite is not None and target.declared.type not in target.recipe.types and not has:
            if any(each.labels == (satellite.type, target.declared.name) for each in self._read().values()):
                raise CannotFixError("a resource of that name exists already")
            editor.beside(block, satellite)
        else:
            editor.fill(block, target.content)
        return editor.edits

    def _read(self) -> Mapping[int, HclBlock]:
        """The blocks of the file by their first byte."""
        if self._blocks is None:
            try:
                self.data.decode()
            except UnicodeDecodeError:
                raise CannotFixError("the file is not UTF-8") from None
            body, errors = read_body(self.path, self.data)
            if errors:
                raise CannotFixError("the file cannot be read in full")
            self._blocks = {each.header.start_byte: each for each in body.blocks}
        return self._blocks
