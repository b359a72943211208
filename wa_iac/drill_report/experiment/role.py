"""The experiment's role as the data of IAM's policies, with texts still in pieces."""

from __future__ import annotations

from typing import Any, Final

from .model import Ambient, Experiment, Statement, Text

_LOGS: Final = Statement(
    ("logs:CreateLogDelivery", "logs:DescribeLogGroups", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy")
)
"""To write what happens into a log group: "Experiment logging for AWS FIS" in the AWS FIS User Guide."""


def trust() -> dict[str, Any]:
    """Who may take the role: experiments of this account."""
    return {
        "Version": ("2012-10-17",),
        "Statement": [
            {
                "Effect": ("Allow",),
                "Principal": {"Service": ("fis.amazonaws.com",)},
                "Action": ("sts:AssumeRole",),
                "Condition": {
                    "StringEquals": {"aws:SourceAccount": (Ambient.ACCOUNT,)},
                    "ArnLike": {"aws:SourceArn": ("arn:", Ambient.PARTITION, ":fis:*:", Ambient.ACCOUNT, ":experiment/*")},
                },
            }
        ],
    }


def permissions(experiment: Experiment) -> dict[str, Any]:
    """What the role may do."""
    return {"Version": ("2012-10-17",), "Statement": [_statement(each) for each in (*experiment.statements, _LOGS)]}


def _statement(statement: Statement) -> dict[str, Any]:
    conditions: dict[str, dict[str, list[Text]]] = {}
    for operator, key, values in statement.conditions:
        conditions.setdefault(operator, {})[key] = list(values)
    return {
        "Effect": ("Allow",),
        "Action": [(each,) for each in statement.actions],
        "Resource": list(statement.resources) or ("*",),
        **({"Condition": conditions} if conditions else {}),
    }


def needs_all_targets(experiment: Experiment) -> bool:
    """Whether the experiment fails if a target has no resources. One for a zone may find a group without an instance in it."""
    return experiment.zone is None or len(experiment.actions) == 1
