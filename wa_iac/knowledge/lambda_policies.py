"""Permissions of functions and layers, as the statements that Lambda makes of them.

"AddPermission" (AWS Lambda API Reference) and "Working with resource-based IAM policies in Lambda" (AWS Lambda Developer Guide).
"""

from typing import Final

from wa_iac.aws.lambda_function import LayerVersionPermission, Permission
from wa_iac.core.iam_policy import Statement, statements
from wa_iac.core.value import Absent, Known, Tree

_OF_URLS: Final = frozenset({"lambda:functionurlauthtype", "lambda:invokedviafunctionurl"})


def as_statement(permission: Permission | LayerVersionPermission) -> Statement:
    """The statement that Lambda adds to the policy for a permission."""
    limits: list[tuple[str, str, Tree]] = [("StringEquals", "aws:PrincipalOrgID", permission.organization)]
    if isinstance(permission, Permission):
        limits += [
            ("ArnLike", "aws:SourceArn", permission.source_arn),
            ("StringEquals", "aws:SourceAccount", permission.source_account),
            ("StringEquals", "lambda:EventSourceToken", permission.event_source_token),
        ]
    conditions: dict[str, dict[str, Tree]] = {}
    for operator, key, value in limits:
        if not isinstance(value, Absent):
            conditions.setdefault(operator, {})[key] = value
    action: Tree = permission.action if isinstance(permission, Permission) else Known("lambda:GetLayerVersion")
    written: dict[str, Tree] = {"Effect": Known("Allow"), "Action": action, "Principal": permission.principal}
    written["Condition"] = Known({operator: Known(keys) for operator, keys in conditions.items()})
    (statement,) = statements(Known({"Version": Known("2012-10-17"), "Statement": Known(written)}))
    return statement


def is_for_url(statement: Statement) -> bool:
    """Whether a statement is about requests to a function URL."""
    return any(each.key.lower() in _OF_URLS for each in statement.conditions)
