"""When AWS stops supporting each Lambda runtime: the table that cfn-lint ships, read as data, without importing cfn-lint."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path


@cache
def deprecations() -> Mapping[str, tuple[date | None, str]]:
    """By runtime: the day from which it gets no more security patches, if that is set, and its successor, if there is one.

    Raises `FileNotFoundError` where cfn-lint's data is not installed.
    """
    spec = find_spec("cfnlint")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("cfn-lint is not installed")
    table = Path(spec.origin).parent / "data" / "AdditionalSpecs" / "LmbdRuntimeLifecycle.json"
    rows = json.loads(table.read_text(encoding="utf-8"))
    return {
        name: (date.fromisoformat(row["deprecated"]) if row.get("deprecated") else None, row.get("successor") or "")
        for name, row in rows.items()
    }


def today() -> date:
    """The day to judge by; `SOURCE_DATE_EPOCH` sets another one, so that a report can be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else datetime.now(UTC).date()
