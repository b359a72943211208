"""Secrets in plain text in the properties of a resource: where one is expected, or in what a store keeps."""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from wa_iac.aws.cloudformation import Holder
from wa_iac.core.binding import elements, value_at
from wa_iac.core.coerce import EmbeddedDocument, coercion
from wa_iac.core.ignored_changes import ALL, ignored_changes
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import PartlyMap
from wa_iac.core.rule import Flags, Remedy, Severity, milder
from wa_iac.core.span import Span
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.knowledge.secret_names import (
    has_form_of_secret,
    is_key_in_words,
    is_other_key,
    looks_generated,
    may_be_secret,
    names_a_secret,
)
from wa_iac.knowledge.secret_places import PLACES, REPLACED, STORES

from .plain_text import judge

NO_DEFAULT: Final = (
    "Remove the default, and pass another value when the stack is deployed, since anyone who sees this code knows this one. Better still, remove the parameter, and use a dynamic "
    'reference to a secret ("{{resolve:secretsmanager:<the secret>:SecretString:<the key>}}") in the property that needs the value. Metadata (AWS::CloudFormation::Init) does not accept '
    "such a reference: there, as in user data, a script of the instance reads the secret itself. If the stack runs already, who signs in with the old value needs the new one then."
)
DYNAMIC: Final = '"{{resolve:secretsmanager:<the secret>:SecretString:<the key>}}"'
_CHANGED: Final = (
    "Change the secret also: anyone who has seen this code, its history or its state knows the old one. Programs that sign in with it need the new one "
    "then. The state holds that too: let few read it."
)
_FIRST: Final = "The first {} is in plain text here, and Terraform ignores changes of it: unless somebody has changed it since, anyone who can read it can use it."
_REPLACES: Final = "{tool} replaces it, with all that it holds, for another password: if it runs already, change the password in the service itself, and {then}."

_as_document: Final = coercion(EmbeddedDocument)
_VALUE: Final = late(r"(?i)[.]?value$")
"""The end of a path that says nothing of its kind: `ApiKeyValue`, `api_key.value`."""
_LETTERS: Final = late(r"[A-Za-z]+(?:[\s_.-]+[A-Za-z]+)*")
"""Words, such as say that the value is put there by hand (`ROTATE-ME-LATER`)."""
_NAMED_SECRET: Final = late(r"(?i)[_\-./]?(?:secrets?|credentials?)(?:[_\-./]?(?:version|value))?$")
"""How a store is called, whatever it keeps: `DbHostSecret`."""
_OF_STORE: Final = Remedy(
    cfn={"GenerateSecretString": {"ExcludePunctuation": True}},
    removes=("SecretString",),
    decision="Let Secrets Manager generate another value (GenerateSecretString) in the place of SecretString, or leave both out, and let a person or a pipeline put the value there "
    "(aws secretsmanager put-secret-value). Change the value where it is used too: anyone who has seen this code or its history knows the old one.",
)
_IN_JSON: Final = (
    "{0} Programs read it by its members: keep the others in SecretStringTemplate, and name {1} as GenerateStringKey."
)
_OF_TERRAFORM: Final = (
    "Take the value from a variable without a default, or from an ephemeral random_password, by the write-only argument ({0}_wo with {0}_wo_version, Terraform 1.11), which keeps it out of "
    "the state too. Or create this with any first value, add ignore_changes = [{0}] to its lifecycle, and put the real one there by hand. Change the value where it is used too: anyone who "
    "has seen this code, its history or its state knows the old one."
)
_WRITE_ONLY: Final = "_wo"
"""How Terraform's arguments end that stay out of the state. They are in the code like others."""
_UNVERSIONED: Final = frozenset({"host_key_body_wo"})
_RAISED: Final = "Raise {}_version too, without which Terraform does not send the new value."
_SEEN: Final = "anyone who has seen this code or its history knows the old one."
_OF_WRITE_ONLY: Final = "Take the value from an ephemeral variable without a default, or from an ephemeral random_password. {} Change the value where it is used too: {}"


def judge_holder(holder: Holder, judged: Collection[Span]) -> Flags:
    """Flags what is written in the properties of a resource. `judged` are the defaults that are reported at their parameters."""
    for path in PLACES[holder.declared.type]:
        name, argument = path.rsplit(".", 1)[-1], path.split(".", 1)[0].removesuffix("[]")
        kind = _VALUE.sub("", path).rsplit(".", 1)[-1]
        for value in elements(holder.declared.body, path):
            if isinstance(value, Known) and isinstance(value.value, str) and is_key_in_words(kind, value.value):
                continue
            step = value.origin.default_step
            if isinstance(value, Unknown) or value.origin.how != "default" or step is None or step.span not in judged:
                first = not ignored_changes(holder.declared).isdisjoint({argument, name, *ALL})
                found = judge(
                    value,
                    _FIRST.format(name) if first else f"The {name} is in plain text here: anyone who can read it can use it.",
                    resource=holder,
                    instead=_instead(holder, name, of_default=value.origin.how == "default"),
                )
                yield from milder(found, severity=Severity.HIGH) if first else found


def _instead(holder: Holder, name: str, *, of_default: bool) -> str | Remedy:
    """The remedy for a property of a resource, with what another value does to one that runs already; empty for the rule's own."""
    kept = holder.declared.type not in REPLACED or ignored_changes(holder.declared) & {name, *ALL}
    if holder.dialect == "terraform":
        return _looked_up(
            name,
            "" if kept else _REPLACES.format(tool="Terraform", then=f"first add ignore_changes = [{name}] to its lifecycle"),
        )
    if kept:
        return NO_DEFAULT if of_default else ""
    decision = _REPLACES.format(tool="CloudFormation", then="leave this text as it is. For a new one")
    return Remedy(cfn=DYNAMIC, decision=f"{decision.removesuffix('.')}:")


def _looked_up(name: str, first: str) -> Remedy:
    """Terraform's code for an argument, or for the one element of a list."""
    source = "data.aws_secretsmanager_secret_version.<the secret>.secret_string"
    argument = name.removesuffix("[]")
    if name.endswith(_WRITE_ONLY):
        raised = "" if name in _UNVERSIONED else _RAISED.format(name)
        return Remedy(
            tf=f"{name} = {source.replace('data.', 'ephemeral.', 1)}",
            decision=f"{first} {raised} Change the secret also: {_SEEN} Programs that sign in with it need the new one then.".strip(),
        )
    return Remedy(
        tf=f"{argument} = {source}" if argument == name else f"{argument} = [{source}]",
        decision=f"{first} {_CHANGED}".lstrip(),
    )


def judge_store(holder: Holder, judged: Collection[Span]) -> Flags:
    """Flags secrets in what a store keeps: a text, or members of JSON. A text of words, an address or a setting is none."""
    body = holder.declared.body
    if holder.declared.type == "aws_ssm_parameter" and value_at(body, "type") != Known("SecureString"):
        return
    for argument in STORES[holder.declared.type]:
        for value in elements(body, argument):
            if value.origin.how in ("computed", "from defaults") and judged and holder.as_cloudformation:
                continue  # A text around a parameter, which is reported itself.
            first = not ignored_changes(holder.declared).isdisjoint({argument, *ALL})
            for name, secret in _secrets_in(value, holder):
                step = secret.origin.default_step
                if step is not None and step.span in judged:
                    continue
                what = f"{name} in the {argument}" if name else argument
                found = judge(
                    secret,
                    _FIRST.format(what)
                    if first
                    else f"The {what} is in plain text here: anyone who can read this code can use it.",
                    resource=holder,
                    instead=_stored(argument) if holder.dialect == "terraform" else _generated(value, name),
                )
                mild = first or is_other_key(name, secret.value)
                yield from milder(found, severity=Severity.HIGH) if mild else found


def _stored(argument: str) -> Remedy:
    """Terraform's remedy for what a store keeps."""
    if argument.endswith(_WRITE_ONLY):
        return Remedy(decision=_OF_WRITE_ONLY.format(_RAISED.format(argument), _SEEN))
    return Remedy(decision=_OF_TERRAFORM.format(argument))


def _generated(value: Tree, name: str) -> Remedy:
    """CloudFormation's remedy for what a store keeps: a value that is generated, beside the other members of its JSON."""
    document = _as_document(value, lambda _: None)
    if not name or not isinstance(document, Known) or not isinstance(document.value, dict) or name not in document.value:
        return _OF_STORE if not name else Remedy(decision=_IN_JSON.format(_OF_STORE.decision, name))
    others = {key: each.value for key, each in document.value.items() if key != name and isinstance(each, Known)}
    plain = all(isinstance(each, str | int | float) for each in others.values())
    secret = any(key != name for key, _ in _members("", document))
    if len(others) < len(document.value) - 1 or not plain or secret:
        return Remedy(decision=_IN_JSON.format(_OF_STORE.decision, name))
    template = json.dumps(others)
    return replace(
        _OF_STORE,
        cfn={"GenerateSecretString": {"SecretStringTemplate": template, "GenerateStringKey": name, "ExcludePunctuation": True}},
    )


def _secrets_in(value: Tree, holder: Holder) -> Iterator[tuple[str, Known[str]]]:
    """The secrets in a text, each with its name in JSON."""
    document = _as_document(value, lambda _: None)
    if isinstance(document, PartlyMap) or (isinstance(document, Known) and isinstance(document.value, dict)):
        yield from _members("", document)
    elif isinstance(value, Known) and isinstance(value.value, str) and value.origin.how != "given":
        text = value.value
        plain = (
            may_be_secret(text)
            and not _LETTERS.fullmatch(text.strip())
            and not value.origin.references
            and len(text.split()) == 1
        )
        if has_form_of_secret(text) or (plain and (looks_generated(text) or _is_of_secret(holder))):
            yield "", value


def _members(name: str, tree: Tree) -> Iterator[tuple[str, Known[str]]]:
    match tree:
        case Known(dict() as entries) | PartlyMap(entries=entries):
            for key, each in entries.items():
                yield from _members(str(key), each)
        case Known(str() as text) if name and tree.origin.how != "given":
            named = (
                names_a_secret(name)
                and may_be_secret(text)
                and not _LETTERS.fullmatch(text.strip())
                and not tree.origin.references
            )
            if has_form_of_secret(text) or named:
                yield name, tree
        case _:
            return


def _is_of_secret(holder: Holder) -> bool:
    """Whether its name says that it keeps a secret: `DbPasswordSecret`, `/orders/db_password`."""
    names: list[Tree] = [
        Known(holder.declared.name),
        *elements(holder.declared.body, "Name"),
        *elements(holder.declared.body, "name"),
    ]
    for each in names:
        match each:
            case Known(str() as name) | Unknown(parts=[*_, str() as name]):
                if names_a_secret(_NAMED_SECRET.sub("", name)):
                    return True
            case _:
                pass
    return False
