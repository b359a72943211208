"""Policies of resources, one test for each row of `policies.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpers.resources import reference, tree
from wa_iac.core.iam_policy import statements
from wa_iac.core.logic import any_of
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.knowledge.policies.access import ONE_RESOURCE, opened
from wa_iac.knowledge.policies.scopes import OfBucket
from wa_iac.knowledge.policies.tls import objects_need_tls

TABLE: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "policies.yaml").read_text(encoding="utf-8"))
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


def rows(of: str) -> list[Any]:
    return [pytest.param(*row[1:], id=row[0]) for row in TABLE[of]]


@pytest.mark.parametrize(("answer", "source", "written"), rows("public"))
def test_a_policy_is_public_or_not(answer: str, source: str, written: Any) -> None:
    listed = statements(tree(filled(document(written))))
    scope = OfBucket() if is_of_bucket(document(written)) else ONE_RESOURCE

    assert truth(any_of(opened(each, listed, scope) for each in listed)) is ANSWERS[answer], TABLE["sources"][source]


@pytest.mark.parametrize(("answer", "source", "written"), rows("tls"))
def test_a_policy_denies_requests_without_tls_or_not(answer: str, source: str, written: Any) -> None:
    listed = statements(tree(filled(document(written))))
    denied = objects_need_tls([(each, Known(True)) for each in listed])

    assert truth(denied) is ANSWERS[answer], TABLE["sources"][source]


def test_every_row_has_an_answer_and_a_source_and_a_name_of_its_own() -> None:
    every = [*TABLE["public"], *TABLE["tls"]]

    assert len(every) >= 150
    assert {row[1] for row in every} == set(ANSWERS)
    assert {row[2] for row in every} <= set(TABLE["sources"])
    for part in ("public", "tls"):
        names = [row[0] for row in TABLE[part]]
        assert len(set(names)) == len(names)
