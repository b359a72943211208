"""Conditions on a header that only someone with a secret sends.

"Use CloudFront to serve a static website hosted on Amazon S3" (AWS re:Post Knowledge Center) restricts a website's endpoint to
CloudFront by a custom header. "AWS global condition context keys" (IAM User Guide) says of `aws:Referer` and `aws:UserAgent` that
callers can send any value: they limit access only as long as nobody else knows the value.
"""

from __future__ import annotations

from typing import Final

from wa_iac.core.algebra import references
from wa_iac.core.iam_policy import Statement
from wa_iac.core.reasons import UnsetParameter, UnsetVariable, causes
from wa_iac.core.value import Known, Tree, Unknown

from .texts import texts

_HEADERS: Final = {"aws:referer": "aws:Referer", "aws:useragent": "aws:UserAgent"}
_RANDOM: Final = ("random_", "data.aws_secretsmanager_", "data.aws_ssm_parameter", "aws_secretsmanager_")


def secret_header(statement: Statement) -> str:
    """The key of the header whose secret value a statement asks for; empty if it asks for none."""
    for condition in statement.conditions:
        operator = condition.operator.lower().rpartition(":")[2]
        name = _HEADERS.get(condition.key.lower(), "")
        if name and operator in ("stringequals", "stringlike", "stringequalsignorecase"):
            values = list(texts(condition.value))
            if values and all(map(_is_secret, values)):
                return name
    return ""


def _is_secret(value: Tree) -> bool:
    """Whether a value is random, or is given from outside as a whole: a text around it, as in `https://${var.domain}/*`, says that it is
    an address."""
    if any(each.address.rpartition("module.")[2].startswith(_RANDOM) for each in references(value)):
        return True
    match value:
        case Known():
            return value.origin.sensitive or value.origin.how == "given"
        case Unknown(parts=()):
            return any(isinstance(each, UnsetVariable | UnsetParameter) for each in causes(value.reason))
        case _:
            return False
