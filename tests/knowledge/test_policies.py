"""Policies of resources, one test for each row of `policies.yaml`."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.policies import ANSWERS, TABLE, document, filled, is_of_bucket, truth
from helpers.resources import tree
from wa_iac.core.graph import Graph
from wa_iac.core.iam_policy import statements
from wa_iac.core.logic import any_of
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.access import ONE_RESOURCE, opened
from wa_iac.knowledge.policies.federation import open_provider, opened_to_accounts
from wa_iac.knowledge.policies.scopes import OfBucket
from wa_iac.knowledge.policies.tls import objects_need_tls


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


@pytest.mark.parametrize(("answer", "source", "written"), rows("federation"))
def test_a_role_trusts_every_account_of_a_provider_or_not(answer: str, source: str, written: Any) -> None:
    [found] = statements(tree(filled(document({"Action": "sts:AssumeRoleWithWebIdentity", **written}))))
    provider = open_provider(found, Graph("cloudformation", []))
    trusted = opened_to_accounts(found, provider) if provider else Known(False)

    assert truth(trusted) is ANSWERS[answer], TABLE["sources"][source]


def test_every_row_has_an_answer_and_a_source_and_a_name_of_its_own() -> None:
    every = [*TABLE["public"], *TABLE["tls"], *TABLE["federation"]]

    assert len(every) >= 150
    assert {row[1] for row in every} == set(ANSWERS)
    assert {row[2] for row in every} <= set(TABLE["sources"])
    for part in ("public", "tls", "federation"):
        names = [row[0] for row in TABLE[part]]
        assert len(set(names)) == len(names)


def test_many_denials_cost_no_more_than_their_number() -> None:
    """Each can be escaped in several ways: all combinations are far too many to be tried."""
    some = [
        {
            "Effect": "Deny",
            "Action": "s3:*",
            "Condition": {
                "StringEquals": {"aws:PrincipalOrgID": f"o-{number}"},
                "ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{number:012}:*"},
                "IpAddress": {"aws:SourceIp": f"10.{number}.0.0/16"},
            },
        }
        for number in range(60)
    ]
    others = {"Effect": "Deny", "Action": "s3:*", "Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-own"}}}
    opening, *denials = statements(tree(document([{"Action": "s3:*"}, *some, others])))

    assert truth(opened(opening, [opening, *denials], OfBucket())) is False
    assert truth(opened(opening, [opening, *denials[:-1]], OfBucket())) is True
