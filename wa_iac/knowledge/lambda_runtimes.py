"""When AWS stops supporting each Lambda runtime, and which runtimes also run on arm64."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from wa_iac.knowledge.dated import facts


@dataclass(frozen=True, slots=True)
class Runtime:
    """`deprecated` is the day from which it gets no more security patches, if that is known; `arm64`: code moves there unchanged."""

    deprecated: date | None
    successor: str
    arm64: bool


@cache
def runtimes() -> Mapping[str, Runtime]:
    """The runtimes by name."""
    return {
        name: Runtime(
            deprecated=date.fromisoformat(row["deprecated"]) if row["deprecated"] else None,
            successor=row["successor"] or "",
            arm64=row["arm64"],
        )
        for name, row in facts("lambda_runtimes").items()
    }


def today() -> date:
    """The day to judge by; `SOURCE_DATE_EPOCH` sets another one, so that a report can be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if re.fullmatch("[0-9]{1,10}", epoch) else datetime.now(UTC).date()
