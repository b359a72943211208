"""Statements of buckets' policies: whether they are about every object, and whether they deny requests without TLS."""

from typing import Final

from wa_iac.core.iam_policy import Statement
from wa_iac.core.logic import all_of, any_of, holds
from wa_iac.core.value import Known, Tree, Unknown, Value

_OF_SERVICES: Final = frozenset({"aws:principalisawsservice", "aws:viaawsservice"})
_SOMETHING: Final = "\0"
"""Stands for a piece of an ARN that is not known."""


def about_every_object(statement: Statement) -> Value[bool]:
    """Whether it is about every object of its bucket."""
    if statement.unknown is not None:
        return statement.unknown
    return Known(True) if statement.not_resources else any_of(map(_whole, statement.resources))


def _whole(resource: Value[str]) -> Value[bool]:
    """Whether an ARN is that of all objects of a bucket, whichever it is. What is put together keeps its known pieces."""
    match resource:
        case Unknown(parts=parts) if parts:
            text = "".join(each if isinstance(each, str) else _SOMETHING for each in parts)
            covers = _covers(text)
            below = text.rpartition(":::")[2].partition("/")[2]
            may_be_all = _SOMETHING in below and not below.replace(_SOMETHING, "").strip("*")
            return resource if not covers and may_be_all else Known(covers, resource.origin)
        case Unknown(origin=origin) if origin.references and all(each.attribute.lower() == "arn" for each in origin.references):
            return Known(False, origin)  # the bucket's own ARN
        case Unknown(origin=origin) if origin.references and not any(each.attribute for each in origin.references):
            # A plan alone: the text is made of the bucket's ARN, and what stands around it is not shown.
            return Known(True, origin)
        case _:
            return holds(resource, _covers)


def _covers(arn: str) -> bool:
    """Whether it covers every key: `arn:aws:s3:::shop/*`, `arn:aws:s3:::*`, `*`; `{bucket's ARN}/*` too."""
    bucket, slash, key = arn.rpartition(":::")[2].partition("/")
    return key.strip("*") == "" and key != "" if slash else bucket.endswith("*")


def denies_plain_http(statement: Statement) -> Value[bool]:
    """Whether it denies everyone what comes without TLS, of what it is about."""
    if not statement.denies:
        return statement.effect if isinstance(statement.effect, Unknown) else Known(False)
    if statement.conditions_unknown is not None:
        return statement.conditions_unknown
    of_some = [isinstance(each.value, Known) and each.value != Known("*") for each in statement.principals]
    # All conditions have to hold: another one leaves requests out, but for those that AWS's services make themselves.
    asked = [
        _is_false(value) if key.lower() == "aws:securetransport" and operator.lower().startswith("bool") else Known(False)
        for operator, key, value in statement.conditions
        if key.lower() not in _OF_SERVICES
    ]
    return Known(False) if not asked or (of_some and all(of_some)) else all_of(asked)


def _is_false(value: Tree) -> Value[bool]:
    if isinstance(value, Known) and isinstance(value.value, list):
        return any_of(map(_is_false, value.value))  # one of several is enough
    return holds(value, lambda content: str(content).lower() == "false")
