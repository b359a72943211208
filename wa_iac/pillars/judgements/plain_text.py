"""Secrets that are written in plain text."""

from dataclasses import replace
from typing import Final

from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import DynamicReference, Follows
from wa_iac.core.remedy import Remedy
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Confidence, Flags, Severity, flag, undecided
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.called import words_of
from wa_iac.knowledge.fixtures import is_fixture
from wa_iac.knowledge.secret_names import (
    has_form_of_secret,
    holds_key_id,
    is_for_browsers,
    is_key_in_words,
    is_other_key,
    is_to_fill_in,
    may_be_secret,
    names_a_secret,
    names_something_public,
    protects_what_is_stored,
)

_OF_USER: Final = late(r"\b(?:user ?name|user|login|account)$")
"""How a name ends that says who somebody is: the SMTP user name of Amazon SES has the form of an access key's ID."""
_KEY_ID: Final = "If this key belongs to a program here, let the program use its role instead, and then delete the key. The ID itself need not be hidden."
_BRIEF: Final = " By its place, this is for a test or a trial, which goes away again: see that it opens nothing else."
_COUNTED: Final = (
    "The API decides without this key whether somebody may call, so that it need not be hidden like a password. Make sure that no other API accepts it. Programs and "
    "tables that keep the key need the new one if you change it."
)

_PLAIN: Final = "{{resolve:ssm:"
"""How a dynamic reference begins that reads parameters of the types String and StringList only."""
_REFERRED: Final = (
    'Keep the secret in Secrets Manager, and refer to it there ("{{resolve:secretsmanager:<the secret>:SecretString:<the key>}}"). Change it, and delete the parameter: its history '
    "keeps the present one. Programs that read the parameter, or sign in with the old value, need the new one then."
)
_PERHAPS_OPEN: Final = "First see what this opens. If web pages or devices get it anyway, or it only counts calls, it is not a secret: suppress this with that as the reason. Otherwise:"
_STORED: Final = "Data that a running system stored with the old value cannot be used with another one: change it there only by the software's own procedure."


def judge(
    secret: Tree, message: str, *, resource: Resource | None = None, holder: Resource | None = None, instead: str | Remedy = ""
) -> Flags:
    """Flag a secret that is written as text; say what is undecided where only some of its outcomes are. `instead` takes the place of the
    rule's remedy. `holder` is what has the secret, if the finding names no `resource`. A text that only shows where the secret goes is none. One that
    a dynamic reference reads from a parameter of the type String is in plain text there."""
    match secret:
        case Unknown(reason=DynamicReference(text), itself=True) if text.startswith(_PLAIN):
            yield flag(
                secret,
                f"{text} reads a parameter of type String, which keeps this secret in plain text: anyone who may read parameters can read it.",
                resource=resource,
                severity=Severity.HIGH,
                instead=_REFERRED,
            )
        case Known(str() as text) if text.strip() and secret.origin.how != "given":
            if not is_to_fill_in(text):
                kind = holder or resource
                brief = kind is not None and is_fixture(kind)
                yield flag(
                    secret,
                    f"{message}{_BRIEF}" if brief else message,
                    resource=resource,
                    instead=instead,
                    severity=Severity.MEDIUM if brief else None,
                    confidence=Confidence.LOW if brief else None,
                )
        case Unknown(alternatives=outcomes) if any(
            isinstance(outcome.value, Known) and not is_to_fill_in(str(outcome.value.value)) for outcome in outcomes
        ):
            yield undecided(secret, resource=resource)
        case _:
            return


def judge_variable(name: str, value: Tree, message: str, holder: Resource, graph: Graph, *, instead: str | Remedy) -> Flags:
    """Flag an environment variable that holds a secret as text: by its name, or by the form of its value alone. A reference to a
    resource is that resource's address, not the secret. What only identifies is milder."""
    match value:
        case Known(str() as text) if value.origin.how != "given":
            if (names_something_public(name) and is_for_browsers(text)) or is_key_in_words(name, text):
                return
            if holds_key_id(text) and not has_form_of_secret(text):
                if not _OF_USER.search(words_of(name)):
                    yield flag(
                        value,
                        f"The variable {name} holds the ID of an access key. It opens nothing without its secret key, but the key lasts until "
                        "somebody deletes it.",
                        severity=Severity.MEDIUM,
                        confidence=Confidence.LOW,
                        instead=_KEY_ID,
                    )
            elif names_a_secret(name) and may_be_secret(text) and _only_counts_calls(name, value, holder, graph):
                yield flag(
                    value,
                    f"The variable {name} holds an API key in plain text. By itself it lets nobody in: the API counts calls by it.",
                    severity=Severity.LOW,
                    confidence=Confidence.LOW,
                    instead=_COUNTED,
                )
            elif has_form_of_secret(text) or (names_a_secret(name) and not value.origin.references and may_be_secret(text)):
                found = _with_source(value, _kept_readable(name, instead))
                if is_other_key(name, text):
                    yield flag(value, message, severity=Severity.HIGH, instead=_for_key(found))
                else:
                    yield flag(value, message, instead=found)
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


def _kept_readable(name: str, instead: str | Remedy) -> str | Remedy:
    """The remedy with what another value would do to what is stored."""
    if not isinstance(instead, Remedy) or not protects_what_is_stored(name):
        return instead
    return replace(instead, decision=f"{instead.decision} {_STORED}")


def _for_key(instead: str | Remedy) -> str | Remedy:
    """The remedy for a key or a token, of which the code does not show what it opens."""
    return replace(instead, decision=f"{_PERHAPS_OPEN} {instead.decision}") if isinstance(instead, Remedy) else instead


def _with_source(value: Tree, instead: str | Remedy) -> str | Remedy:
    """The remedy with the place from which the secret is passed, where it would stay in plain text."""
    chain = value.origin.chain
    # What chose the secret by a condition does not hold it.
    if not chain or any(each.chooses for each in chain) or not isinstance(instead, Remedy):
        return instead
    last = chain[-1]
    source = (
        f"the default of {last.default_of}"
        if last.default_of
        else f'the argument "{last.argument}" of the call'
        if last.argument
        else ""
    )
    return replace(instead, decision=f"{instead.decision} Delete {source} too.") if source else instead


def _only_counts_calls(name: str, value: Tree, holder: Resource, graph: Graph) -> bool:
    """The same question, with the service of APIs imported only where a secret was found."""
    from wa_iac.knowledge.usage_plan_keys import only_counts_calls

    return only_counts_calls(name, value, holder, graph)
