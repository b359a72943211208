"""Terraform's `lifecycle`: arguments whose changes it ignores."""

from wa_iac.core.value import Known, Value


def ignored(names: Value[list[Value[str]]], argument: str) -> bool:
    """Whether `ignore_changes` names `argument`, or all."""
    match names:
        case Known(written):
            return any(name in (Known(argument), Known("all")) for name in written)
        case _:
            return False
