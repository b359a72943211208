"""Secrets that are written in plain text."""

from wa_iac.core.reasons import Follows
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, flag, undecided
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.secret_names import (
    has_form_of_secret,
    is_for_browsers,
    is_to_fill_in,
    may_be_secret,
    names_a_secret,
    names_something_public,
)


def judge(secret: Tree, message: str, *, resource: Resource | None = None, instead: str | Remedy = "") -> Flags:
    """Flag a secret that is written as text; say what is undecided where only some of its outcomes are. `instead` takes the place of the
    rule's remedy. A text that only shows where the secret goes is none."""
    match secret:
        case Known(str() as text) if text.strip() and secret.origin.how != "given":
            if not is_to_fill_in(text):
                yield flag(secret, message, resource=resource, instead=instead)
        case Unknown(alternatives=outcomes) if any(
            isinstance(outcome.value, Known) and not is_to_fill_in(str(outcome.value.value)) for outcome in outcomes
        ):
            yield undecided(secret, resource=resource)
        case _:
            return


def judge_variable(name: str, value: Tree, message: str, *, instead: str | Remedy) -> Flags:
    """Flag an environment variable that holds a secret as text: by its name, or by the form of its value alone. A reference to a
    resource is that resource's address, not the secret."""
    match value:
        case Known(str() as text) if value.origin.how != "given":
            if names_something_public(name) and is_for_browsers(text):
                return
            if has_form_of_secret(text) or (names_a_secret(name) and not value.origin.references and may_be_secret(text)):
                yield flag(value, message, instead=instead)
        case Unknown() if names_a_secret(name) and not value.origin.references and not value.parts:
            why = f"the value of {name} is not known here, and a secret would be in plain text"
            yield undecided(
                Unknown(
                    Follows(why, value.reason),
                    ("given", value.identity),
                    value.origin,
                    choice=value.choice,
                    alternatives=value.alternatives,
                )
            )
        case _:
            return
