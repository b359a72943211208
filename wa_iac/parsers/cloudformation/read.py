"""Reads one template: recognised by its content, parsed, evaluated. Its mistakes are in the unit's errors."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Final

from wa_iac.core.contain import contained
from wa_iac.core.declared import Unit
from wa_iac.core.errors import SourceError, UnavailableError, UserError, WaIacError, mistakes
from wa_iac.core.paths import SourcePath
from wa_iac.core.value import Tree
from wa_iac.parsers.cloudformation.text.documents import parsed, read_text
from wa_iac.parsers.cloudformation.text.located import ScalarNode
from wa_iac.parsers.cloudformation.text.recognise import begins_as_json, claims_to_be_template, is_template, recognise
from wa_iac.parsers.cloudformation.text.template_engines import filled_by_sub, made_by

from .stacks import Stacks
from .template import declare

_INPUT: Final = "files are input for a program that makes templates, and are not checked"


def read_template(
    file: SourcePath,
    data: bytes,
    *,
    only_if_recognised: bool = True,
    given: Mapping[str, Tree] | None = None,
    stacks: Stacks | None = None,
    exports: Mapping[Hashable, Tree] | None = None,
) -> Unit | None:
    """The template in a file, evaluated.

    Args:
        file: its path, and its shown name in spans, errors and the unit.
        data: its content.
        given: the values given to parameters.
        stacks: follows the template's nested stacks.
        exports: what other stacks of this run export.
        only_if_recognised: ignore a file that is not a template. Otherwise it is an error of the unit.

    Returns:
        None for a file that is not a template. Never raises for mistakes in the file: they go into `Unit.errors`.
    """
    if only_if_recognised and not recognise(data):
        return None
    path, shown = file
    unit = Unit(shown, "cloudformation", sources={shown: data})

    def fill() -> bool:
        """Adds the template's declarations to the unit. Returns whether it is a template."""
        document = parsed(data, shown)
        if document is None or not is_template(document.root):
            if only_if_recognised and document is not None and isinstance(document.root, ScalarNode) and begins_as_json(data):
                raise SourceError("this is a text, not an object: JSON has no comments", path=shown, line=1)
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
    maker = made_by(data, unit.errors, partial(read_text, shown=shown)) if mistakes(unit.errors) else ""
    if is_one and not maker:
        maker = filled_by_sub(data, unit.errors, partial(parsed, shown=shown))
    if maker:
        message = f"{shown} is input for {maker}, not a finished template: it is not checked; check the result instead"
        return Unit(
            shown, "cloudformation", sources={shown: data}, errors=[UnavailableError(message, path=shown, line=1, kind=_INPUT)]
        )
    return unit
