"""The table of policies, `tests/knowledge/policies.yaml`, and what its rows leave out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Unknown, Value

from .resources import reference

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "knowledge" / "policies.yaml").read_text(encoding="utf-8"))
ANSWERS = {"open": True, "closed": False, "denied": True, "accepted": False, "unknown": None}
UNKNOWN = {
    "<unknown>": Unknown(Said("var.given has no default"), "given"),
    "<arn>": reference("aws_sqs_queue.a", "arn"),
    "<other arn>": reference("aws_sqs_queue.b", "arn"),
}


def filled(content: Any) -> Any:
    """A statement with its unknown values in place of their names."""
    match content:
        case dict():
            return {key: filled(value) for key, value in content.items()}
        case list():
            return [filled(each) for each in content]
        case _:
            return UNKNOWN.get(content, content)


def document(written: Any) -> dict[str, Any]:
    """A whole policy, with what a row leaves out."""
    listed = written if isinstance(written, list) else [written]
    return {"Version": "2012-10-17", "Statement": [whole(each) if isinstance(each, dict) else each for each in listed]}


def whole(statement: dict[str, Any]) -> dict[str, Any]:
    principal = {} if "NotPrincipal" in statement else {"Principal": "*"}
    resource = {} if "NotResource" in statement else {"Resource": "*"}
    return {"Effect": "Allow", **principal, **resource, **statement}


def truth(answer: Value[bool]) -> bool | None:
    return answer.value if isinstance(answer, Known) else None if isinstance(answer, Unknown) else False


def is_of_bucket(policy: dict[str, Any]) -> bool:
    return "'s3:" in str(policy)
