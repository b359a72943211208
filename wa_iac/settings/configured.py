"""What the commands share: settings and rules as the command line asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from wa_iac.core.errors import UsageError, WaIacError

if TYPE_CHECKING:
    from wa_iac.engine.catalogue import Catalogue
    from wa_iac.engine.settings import Settings
    from wa_iac.settings.config import Config


def config_of(
    paths: Sequence[Path], file: Path | None, none: bool, own: Sequence[Path] | None = None, rules: Catalogue | None = None
) -> Config:
    """The settings of a run (named, found, or none), and all available rules: `rules`, if they are loaded already."""
    from wa_iac.engine.custom_rules import catalogue
    from wa_iac.settings.config import Config
    from wa_iac.settings.find import configured

    rules = rules or catalogue(own or (), user=not none)
    return Config(catalogue=rules) if none else configured(paths, file, rules)


def with_options(settings: Settings, no_inline: bool, no_gitignore: bool, exclude: Sequence[str]) -> Settings:
    """The settings with what the command line changes in them. Raises `UsageError` for an empty path: it would leave out everything."""
    if not all(each.strip() for each in exclude):
        raise UsageError("--exclude needs a path")
    settings = settings.without_inline() if no_inline else settings
    settings = settings.with_ignored() if no_gitignore else settings
    return settings.excluding(exclude)


def of_packs(values: Sequence[str] | None, catalogue: Catalogue, notes: list[WaIacError]) -> tuple[str, ...]:
    """The rules of the packs that an option names, with notes on what these leave out."""
    if not (names := split(values)):
        return ()
    from wa_iac.engine.packs import selected

    return selected(names, catalogue, notes)


def rules_named(values: Sequence[str] | None, catalogue: Catalogue, notes: list[WaIacError]) -> tuple[str, ...]:
    """The rules that an option names, with notes on old names."""
    if not (names := split(values)):
        return ()
    from wa_iac.engine.names import selected

    return selected(names, catalogue, notes)


def with_rule_options(settings: Settings, written: Sequence[str], catalogue: Catalogue) -> Settings:
    """The settings, with the options of rules from the command line."""
    if not written:
        return settings
    from wa_iac.settings.options import with_written

    return replace(settings, options=with_written(settings.options, written, catalogue))


def split(values: Sequence[str] | None) -> tuple[str, ...]:
    """Each value once, of an option that may be repeated and may hold several values separated by commas."""
    pieces = (piece.strip() for value in values or () for piece in value.split(","))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
