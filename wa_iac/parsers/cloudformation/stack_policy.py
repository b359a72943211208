"""Stack policies: the updates that a stack refuses. CloudFormation accepts one next to the template; it is found by its
name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wa_iac.core import files
from wa_iac.core.coerce import parsed
from wa_iac.core.declared import Declared
from wa_iac.core.errors import SourceError, WaIacError
from wa_iac.core.paths import Scan
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Origin, Unknown
from wa_iac.parsers.cloudformation.text.documents import MAX_BYTES


def stack_policies(template: Path, scan: Scan, errors: list[WaIacError], sources: dict[str, bytes]) -> Iterator[Declared]:
    """The stack policies beside a template, as settings of the type `stack-policy`: `shop.stack-policy.json` for `shop.yaml`, or
    `stack-policy.json` for all templates of a directory."""
    for name in (f"{template.stem}.stack-policy.json", "stack-policy.json"):
        path, shown = scan.at(template.with_name(name))
        try:
            data = files.read(path, within=scan.root, most=MAX_BYTES)
            text = data.decode()
        except FileNotFoundError as error:
            if path.is_symlink():
                errors.append(files.unread(error, shown))
            continue
        except OSError as error:
            errors.append(files.unread(error, shown))
            continue
        except ValueError:
            errors.append(SourceError("this stack policy is not UTF-8", path=shown, line=1))
            continue
        sources[shown] = data
        span = Span(shown, 1, 1, 1, 1)
        origin = Origin(span)
        content = parsed(text, [], origin)
        if not (isinstance(content, Known) and isinstance(content.value, dict)):
            why = content.why if isinstance(content, Unknown) else "it is not a JSON object"
            errors.append(SourceError(f"this stack policy is not valid: {why}", path=shown, line=1))
            continue
        yield Declared(
            kind="context",
            dialect="cloudformation",
            type="stack-policy",
            address="stack-policy",
            name="stack-policy",
            body=content,
            span=span,
            extent=span,
        )
        return
