"""Secrets that are written in plain text."""

from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, flag, undecided
from wa_iac.core.value import Known, Tree, Unknown


def judge(secret: Tree, message: str, *, resource: Resource | None = None) -> Flags:
    """Flag a secret that is written as text; say what is undecided where only some of its outcomes are."""
    match secret:
        case Known(str() as text) if text.strip() and secret.origin.how != "given":
            yield flag(secret, message, resource=resource)
        case Unknown(alternatives=outcomes) if any(isinstance(outcome.value, Known) for outcome in outcomes):
            yield undecided(secret, resource=resource)
        case _:
            return
