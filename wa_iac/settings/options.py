"""The options of rules, from the settings and from the command line. Imported only if there are some."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any, get_origin

from pydantic import ValidationError

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import Options
from wa_iac.core.strict_model import kebab, wanted
from wa_iac.engine.catalogue import Catalogue, nearest


class OptionError(UsageError):
    """An option that a rule does not have, or does not accept. `option` is its name; empty if the rule has none."""

    def __init__(self, option: str, message: str) -> None:
        super().__init__(message)
        self.option = option


def options_of(slug: str, given: Mapping[str, Any], catalogue: Catalogue) -> Options:
    """The options of a rule, of which some are given. Raises `OptionError` for an option that it does not accept."""
    cls = _class(slug, catalogue)
    try:
        return cls.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = str(next(iter(first["loc"]), ""))
        if first["type"] == "extra_forbidden":
            known = [kebab(each) for each in cls.model_fields]
            named = nearest(key, known) or f"; it has {' and '.join(map(repr, known))}"
            raise OptionError(key, f"the rule {slug!r} has no option {key!r}{named}") from error
        raise OptionError(key, f"the option {key!r} of {slug!r} must be {wanted(first['msg'])}") from error


def with_written(options: Mapping[str, Options], written: Sequence[str], catalogue: Catalogue) -> dict[str, Options]:
    """Options by slug, with those that the command line has as `SLUG.NAME=VALUE`, which win. Raises `UsageError` for a mistake."""
    given: dict[str, dict[str, Any]] = {}
    for each in written:
        place, equals, value = each.partition("=")
        slug, dot, name = place.strip().partition(".")
        if not (equals and dot and slug and name):
            raise UsageError(f"--option needs SLUG.NAME=VALUE, such as rds-backup-retention.minimum-days=14; not {each!r}")
        catalogue.check(slug)
        given.setdefault(catalogue.current(slug), {})[name] = value.strip()
    found = dict(options)
    for slug, values in given.items():
        base = options[slug].model_dump(by_alias=True, exclude_unset=True) if slug in options else {}
        try:
            cls = _class(slug, catalogue)
            found[slug] = options_of(slug, base | {name: _value(text, cls, name) for name, text in values.items()}, catalogue)
        except OptionError as error:
            raise UsageError(f"--option {slug}.{error.option or next(iter(values))}: {error.message}") from error
    return found


def _class(slug: str, catalogue: Catalogue) -> type[Options]:
    cls = catalogue.load(slug).options_class
    if cls is None:
        raise OptionError("", f"the rule {slug!r} has no options")
    return cls


def _value(text: str, cls: type[Options], name: str) -> Any:
    """A value as TOML writes it, or a text without quotation marks; for a list, several of these with commas between them."""
    field = next((each for key, each in cls.model_fields.items() if kebab(key) == name), None)
    if field is not None and get_origin(field.annotation) in (list, tuple, set, frozenset) and not text.startswith("["):
        return [_single(each.strip()) for each in text.split(",") if each.strip()]
    return _single(text)


def _single(text: str) -> Any:
    try:
        found = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return found["value"] if len(found) == 1 else text
