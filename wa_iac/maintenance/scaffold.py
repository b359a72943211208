"""A new rule's file, ready to be filled in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Final

import typer

import wa_iac.pillars
from wa_iac.core.resource import Resource, fields_of
from wa_iac.core.rule import PILLARS

_PRACTICES: Final = {
    "operations": "OPS",
    "security": "SEC",
    "reliability": "REL",
    "performance": "PERF",
    "cost": "COST",
    "sustainability": "SUS",
}
"""The prefix of each pillar's best practices."""

_TEMPLATE: Final = '''"""# {kind} has no ...

## Why

What is wrong, and what happens if it stays.

## What it checks

Which resources, what of them, and from where on it reports.

## What is left out

What looks like the fault and is not reported, and why.

## Non-compliant

```yaml
Resources:
  Example: # finding
    Type: {cfn}
```

```hcl
resource "{tf}" "example" {{}} # finding
```

## Compliant

```yaml
Resources:
  Example:
    Type: {cfn}
```

```hcl
resource "{tf}" "example" {{}}
```

## Sources

- [Title of the document](https://docs.aws.amazon.com/...), read on {today}
"""

from wa_iac.aws.{service} import {kind}
from wa_iac.core.rule import Flags, Remedy, Severity, flag, rule, settled
from wa_iac.core.value import Absent


@rule(
    practices=["{practices}00-BP00"],
    severity=Severity.MEDIUM,
    remedy=Remedy(cfn="...", tf="..."),
)
def check({argument}: {kind}) -> Flags:
    # `settled` ends the check, undecided, if the value is not known. Other words: `accept`, `exempt`, `expect`, `refuse`, `require`.
    value = settled({argument}.{field})
    if isinstance(value, Absent):
        yield flag(value, "What is wrong here, and what happens if it stays.")
'''


def write(slug: str, pillar: str, resource: str) -> Path:
    """Write the file and return its path. Raises `typer.BadParameter` for a name that is taken or invalid."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", slug):
        raise typer.BadParameter(f"{slug!r} is not service-topic in lower case, such as s3-versioning")
    if pillar not in PILLARS:
        raise typer.BadParameter(f"{pillar!r} is not one of {', '.join(PILLARS)}")
    cls = _resource(resource)
    path = Path(wa_iac.pillars.__path__[0]) / pillar / f"{slug.replace('-', '_')}.py"
    if path.exists():
        raise typer.BadParameter(f"{path} exists already")
    service, kind = resource.split(".")
    fields = list(fields_of(cls))
    path.write_text(
        _TEMPLATE.format(
            kind=kind,
            today=datetime.now(tz=UTC).date(),
            service=service,
            practices=_PRACTICES[pillar],
            cfn=(*cls.cfn, "AWS::...")[0],
            tf=(*cls.tf, "aws_...")[0],
            argument=re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower(),
            field=(*fields, "field")[0],
        ),
        encoding="utf-8",
    )
    return path


def _resource(name: str) -> type[Resource]:
    """The class `service.Class`. Raises `typer.BadParameter` if it does not exist."""
    service, _, kind = name.partition(".")
    try:
        found = getattr(import_module(f"wa_iac.aws.{service}"), kind, None)
    except ModuleNotFoundError:
        found = None
    if not (isinstance(found, type) and issubclass(found, Resource)):
        raise typer.BadParameter(
            f"{name!r} is not a resource class of wa_iac.aws, such as s3.Bucket; a new service is written first (docs/writing-rules.md)"
        )
    return found
