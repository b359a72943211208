"""Patterns for all of IAM's resources of a kind: all roles, users, groups or policies of an account.

Their ARNs are `arn:aws:iam::123456789012:role/path/name` ("IAM identifiers", IAM User Guide). In a policy of an identity, its own account counts.
"""

from typing import Final

from wa_iac.core.iam_policy import Statement, matches
from wa_iac.core.logic import any_of
from wa_iac.core.value import Known, Unknown, Value

_OTHER: Final = "\ue003"
"""Stands for a name that no pattern has."""
_UNKNOWN: Final = "\ue004"
"""Stands for an unknown piece."""
_PARTS: Final = 6


def covers_all_of(statement: Statement, kind: str) -> Value[bool]:
    """Whether a statement is about all roles (users, groups, policies) of an account, or about everything."""
    everything = statement.covers_every_resource()
    if everything == Known(True) or statement.unknown is not None:
        return everything
    return any_of((everything, *(Known(is_of_all(each, kind), each.origin) for each in statement.resources)))


def is_of_all(resource: Value[str], kind: str) -> bool:
    """Whether an ARN in a statement is surely a pattern for all resources of a kind. What may be anything is not."""
    match resource:
        case Known(text):
            return _fits(str(text), kind)
        case Unknown(parts=parts) if parts:
            return _fits("".join(each if isinstance(each, str) else _UNKNOWN for each in parts), kind)
        case _:
            return False


def _fits(text: str, kind: str) -> bool:
    if not text.strip("*"):
        return bool(text)
    parts = text.split(":", _PARTS - 1)
    if text.startswith(_UNKNOWN):
        # The beginning of an ARN is not known, and its end is.
        return len(parts) > 1 and parts[-1].startswith(f"{kind}/") and matches(parts[-1], f"{kind}/{_OTHER}")
    if len(parts) < _PARTS:
        return parts[0] == "arn" and parts[-1] == "*" and parts[2:3] in (["iam"], ["*"]) and set(parts[3:]) <= {"", "*"}
    first, _, service, region, _, named = parts
    return first == "arn" and service in ("iam", "*") and region in ("", "*") and matches(named, f"{kind}/{_OTHER}")
