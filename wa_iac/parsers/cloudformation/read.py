"""Reads one template: recognised by its content, parsed, evaluated. Whatever is wrong with it is in the unit's errors."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from functools import partial
from typing import Final

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import BoundError, SourceError, UnavailableError, UserError, WaIacError, mistakes
from wa_iac.core.files import once
from wa_iac.core.paths import SourcePath
from wa_iac.core.value import Tree
from wa_iac.parsers.cloudformation.text.json_reader import read_json
from wa_iac.parsers.cloudformation.text.located import Document
from wa_iac.parsers.cloudformation.text.recognise import claims_to_be_template, is_template, recognise
from wa_iac.parsers.cloudformation.text.template_engines import made_by
from wa_iac.parsers.cloudformation.text.yaml_reader import read_yaml

from .stacks import Stacks
from .template import declare

MAX_BYTES: Final = 20_000_000
"""Size of a file. CloudFormation itself takes templates of up to 1 MB."""


def read_template(
    file: SourcePath,
    data: bytes,
    *,
    only_if_recognised: bool = True,
    given: Mapping[str, Tree] | None = None,
    stacks: Stacks | None = None,
    exports: Mapping[str, Tree] | None = None,
) -> Unit | None:
    """The template in a file, evaluated.

    Args:
        file: where it is, and what it is called in spans, errors and the unit.
        data: its content.
        given: the values of parameters that somebody gives.
        stacks: follows the template's nested stacks.
        exports: what other stacks of this run export.
        only_if_recognised: pass over a file that is no template. Otherwise that it is none is an error of the unit.

    Returns:
        None for a file that is not a template. Never raises for what stands in the file: that goes into `Unit.errors`.
    """
    if only_if_recognised and not recognise(data):
        return None
    path, shown = file
    unit = Unit(shown, "cloudformation", sources={shown: data})

    def fill() -> bool:
        """Puts what the template says into the unit; whether it is a template."""
        document = parsed(data, shown)
        if document is None or not is_template(document.root):
            if only_if_recognised:
                return False
            raise SourceError("this is not a CloudFormation template: it has no Resources", path=shown)
        unit.errors += document.errors
        follow = stacks.follower(unit, path) if stacks is not None else None
        includes = b"AWS::Include" in data
        declare(unit, document.root, given=given, follow=follow, exports=exports, includes=includes)
        return True

    failures: list[WaIacError] = []
    is_one = contained(shown, fill, failures.append)
    for error in failures:
        if only_if_recognised and not unit.errors and isinstance(error, UserError) and not claims_to_be_template(data):
            return None
        unit.errors.append(error)
    if is_one is False:
        return None
    maker = made_by(data, unit.errors, partial(_read, shown=shown)) if mistakes(unit.errors) else ""
    if maker:
        message = f"{shown} is input for {maker}, not a finished template: it is not checked; check the result instead"
        return Unit(shown, "cloudformation", sources={shown: data}, errors=[UnavailableError(message, path=shown, line=1)])
    return unit


def parsed(data: bytes, shown: str) -> Document | None:
    """A file's text as located nodes; None where there is none. Raises `SourceError` and `BoundError`."""
    if len(data) > MAX_BYTES:
        raise BoundError(f"larger than {MAX_BYTES // 1_000_000} MB (wa-iac's safety limit)", path=shown)
    return once("document", shown, data, lambda: _read(data, shown))


def _read(data: bytes, shown: str) -> Document | None:
    text, skipped = _decoded(data, shown)
    try:
        return read_yaml(text, shown, skipped)
    except SourceError:
        # Some JSON is not YAML, and an error in JSON is best told in JSON's own terms.
        if text.lstrip()[:1] == "{" and text.lstrip("{ \t\r\n")[:1] in ('"', "}"):
            return read_json(text, shown, skipped)
        raise


def _decoded(data: bytes, shown: str) -> tuple[str, int]:
    """The text of a file, and the length of its byte-order mark in bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, skipped = "utf-16", 2
    else:
        encoding, skipped = "utf-8", 3 if data.startswith(codecs.BOM_UTF8) else 0
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode(encoding, "replace")) + 1
        raise SourceError("the file is not text in UTF-8", path=shown, line=line, column=column) from None
    return text.removeprefix("\ufeff"), skipped
