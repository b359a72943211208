"""A file that fixes edit, and what they edit in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import NamedTuple

from wa_iac.core.declared import Declared
from wa_iac.core.fix import Content, Edit, Recipe


class FixTarget(NamedTuple):
    """A resource to be edited: its start in the file, and the finding's."""

    declared: Declared
    recipe: Recipe
    content: Content
    start: int
    at: int


class FixFile(ABC):
    """One file's text, parsed when first asked for."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self.data = data

    @property
    @abstractmethod
    def is_whole(self) -> bool:
        """Whether it can be read without any error."""

    @abstractmethod
    def edits(self, target: FixTarget) -> list[Edit]:
        """The edits for a target. Raises `CannotFixError`."""
