"""The evaluator of policies beside others: Netflix's policyuniverse on the table's single statements, and every request tried one by
one on random policies."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from policyuniverse.statement import Statement as Oracle

from helpers.policies import ANSWERS, TABLE, document, truth
from helpers.resources import tree
from wa_iac.core.iam_policy import Statement, matches, statements
from wa_iac.core.logic import any_of
from wa_iac.core.value import Known
from wa_iac.knowledge.policies.access import opened
from wa_iac.knowledge.policies.conditions import condition_tests
from wa_iac.knowledge.policies.scopes import OfBucket

DIFFERENCES: Final = {
    "it does not have the key": {
        "an organization of the source", "VPC endpoints of an account", "an access point", "any access point of an account",
        "access points of an account", "a KMS key for uploads", "mount targets", "an external id", "requests of AWS's services",
        "subscribers of a domain", "the resource's account, compared with the caller's", "until a date that is over",
        "until a second that is over",
    },
    "it leaves operators' suffixes and prefixes aside": {
        "an organization if there is one", "an address if there is one", "an ARN, which requests without a signature lack",
        "all values of an organization", "all paths of an organization",
    },
    "it leaves the way in which values are compared to its callers": {
        "any account", "any organization beside one", "a user id", "any user id", "any bucket", "buckets whose names begin alike",
        "all of IPv4 in halves", "all of IPv4 in quarters", "half of IPv4", "broader than a class A", "no values",
        "the caller's own organization", "the caller's own account in an ARN", "a variable with a default",
    },
    "it does not look into NotPrincipal": {"all but all"},
}  # fmt: skip
"""Rows with another answer, by reason. Each was looked up in AWS's documents, which the table names."""


def single_statements() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The rows with one statement of which all is known."""
    for name, answer, _, written in TABLE["public"]:
        listed = document(written)["Statement"]
        if len(listed) == 1 and answer != "unknown" and "<" not in str(listed):
            yield name, answer, listed[0]


ROWS: Final = list(single_statements())


@pytest.mark.parametrize(("name", "answer", "statement"), ROWS, ids=[name for name, _, _ in ROWS])
def test_another_implementation_gives_the_same_answer(name: str, answer: str, statement: dict[str, Any]) -> None:
    differs = any(name in names for names in DIFFERENCES.values())

    assert (Oracle(statement).is_internet_accessible() != ANSWERS[answer]) is differs


def test_most_rows_are_compared_and_every_difference_is_a_row() -> None:
    differing = set().union(*DIFFERENCES.values())

    assert differing <= {name for name, _, _ in ROWS}
    assert len(ROWS) - len(differing) > 100


OWN = "111122223333"
KEYS: Final[dict[str, tuple[list[str], list[str], list[str | None]]]] = {
    # Operators, values in policies, and the values that a stranger's requests have.
    "aws:PrincipalOrgID": (
        ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "StringNotLikeIfExists",
         "ForAnyValue:StringEquals", "ForAllValues:StringEquals", "ForAnyValue:StringNotEquals", "Null"],
        ["o-own", "o-*", "*", "o-ow?"],
        [None, "o-another", "o-owl"],
    ),
    "aws:PrincipalAccount": (
        ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "StringEqualsIfExists", "ForAllValues:StringLike"],
        [OWN, "1111*", "*", "????????????"],
        ["999999999999", "111199999999"],
    ),
    "aws:PrincipalArn": (
        ["ArnEquals", "ArnLike", "ArnNotLike", "ArnNotEquals", "StringLike", "ArnLikeIfExists", "ArnNotLikeIfExists"],
        [f"arn:aws:iam::{OWN}:role/r", f"arn:aws:iam::{OWN}:*", "arn:aws:iam::*:role/r", "*"],
        [None, "arn:aws:iam::999999999999:role/r", "arn:aws:iam::999999999999:user/u"],
    ),
    "aws:SourceIp": (
        ["IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"],
        ["203.0.113.0/24", "0.0.0.0/0", "128.0.0.0/1", "0.0.0.0/1"],
        [None, "198.51.100.7", "1.2.3.4", "2001:4860::1"],
    ),
    "aws:SecureTransport": (["Bool", "BoolIfExists"], ["true", "false"], ["true", "false"]),
}  # fmt: skip
REQUESTS: Final = [
    *itertools.product(
        ("s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:PutObjectAcl", "s3:DeleteObject"),
        ("arn:aws:s3:::b/a/x", "arn:aws:s3:::b/c/x"),
    ),
    *itertools.product(("s3:GetBucketAcl", "s3:PutBucketAcl", "s3:ListBucket"), ("arn:aws:s3:::b",)),
]


def policy(chance: random.Random) -> list[dict[str, Any]]:
    """A random policy of a bucket."""
    effects = ["Allow", *chance.choices(["Deny", "Allow"], [2, 1], k=chance.randint(0, 3))]
    return [statement(effect, chance) for effect in effects]


def statement(effect: str, chance: random.Random) -> dict[str, Any]:
    conditions: dict[str, dict[str, Any]] = {}
    for key in chance.sample(sorted(KEYS), chance.choice([0, 1, 1, 2])):
        operators, values, _ = KEYS[key]
        operator = chance.choice(operators)
        given = chance.choice(["true", "false"]) if operator == "Null" else chance.sample(values, chance.choice([1, 1, 2]))
        conditions.setdefault(operator, {})[key] = given
    return {
        "Effect": effect,
        "Principal": chance.choice(["*", "*", "*", "*", {"AWS": OWN}]),
        chance.choice(["Action", "Action", "NotAction"]): chance.choice(["s3:GetObject", "s3:Get*", "s3:Put*", "s3:*"]),
        chance.choice(["Resource", "Resource", "NotResource"]): chance.choice(
            ["arn:aws:s3:::b/*", "arn:aws:s3:::b/a/*", "arn:aws:s3:::b", ["arn:aws:s3:::b", "arn:aws:s3:::b/*"], "*"]
        ),
        "Condition": conditions,
    }


def is_about(found: Statement, action: str, resource: str, context: Mapping[str, str | None]) -> bool:
    """Whether a statement matches a stranger's request."""

    def covered(named: tuple[Any, ...], others: tuple[Any, ...], text: str) -> bool:
        within = any(matches(each.value.lower(), text.lower()) for each in named or others)
        return within is bool(named)

    return (
        any(each.value == Known("*") for each in found.principals)
        and covered(found.actions, found.not_actions, action)
        and covered(found.resources, found.not_resources, resource)
        and all(each.holds(context[each.key]) == Known(True) for each in condition_tests(found))
    )


def is_public(listed: list[Statement]) -> bool:
    """Whether one of all requests of strangers is allowed and not denied."""
    used = sorted({each.key for found in listed for each in condition_tests(found)})
    values = {key.lower(): given for key, (_, _, given) in KEYS.items()}
    for chosen in itertools.product(*(values[key] for key in used)):
        context = dict(zip(used, chosen, strict=True))
        for action, resource in REQUESTS:
            matched = [found for found in listed if is_about(found, action, resource, context)]
            if matched and not any(found.denies for found in matched):
                return True
    return False


@pytest.mark.parametrize("seed", range(40))
def test_the_search_finds_a_request_if_there_is_one(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(10):
        written = policy(chance)
        listed = statements(tree({"Version": "2012-10-17", "Statement": written}))

        assert truth(any_of(opened(each, listed, OfBucket()) for each in listed)) is is_public(listed), written
