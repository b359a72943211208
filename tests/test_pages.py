"""Every rule's page runs: the marked lines of its non-compliant examples are reported, and nothing else is."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator

import pytest

from wa_iac.core.rule import Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import SECTIONS, Example, examples
from wa_iac.engine.custom_rules.pages import wrong_with
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

CASES = [
    pytest.param(rule.slug, example, id=f"{rule.slug}-{example.dialect}-{example.section.replace(' ', '-')}-{example.line}")
    for rule in OURS.all()
    if rule.slug not in SUPPRESSION_RULES  # a mark would be a part of the comment: tests/engine/test_hygiene.py judges theirs
    for example in examples(rule.page, SECTIONS)
]


@pytest.mark.parametrize(("slug", "example"), CASES)
def test_the_example_gives_exactly_its_marked_findings(slug: str, example: Example) -> None:
    assert list(wrong_with(OURS.load(slug), example, OURS)) == []


ONLY_TERRAFORM = {
    "ami-trusted-owner",
    "glacier-policy-public",
    "iam-password-policy",
    "iam-policy-attachment-exclusive",
    "ec2-key-pair-in-state",
    "s3-account-public-access-block",
    "terraform-competing-resources",
    "terraform-create-before-destroy",
    "terraform-state-locking",
    "terraform-versions-pinned",
}
"""CloudFormation has no such things."""


@pytest.mark.parametrize("rule", OURS.all(), ids=lambda rule: rule.slug)
def test_the_page_has_examples_of_both_kinds_in_both_dialects(rule: Rule) -> None:
    kinds = {(example.dialect, example.compliant) for example in examples(rule.page)}

    assert kinds >= ({("terraform", True), ("terraform", False)} if rule.slug in ONLY_TERRAFORM else BOTH)


ALWAYS_DECIDED = {
    "backup-restore-testing": "the rule only asks whether there is a restore testing plan",
    "clb-legacy": "the type of the resource is the fault, whatever its settings are",
    "cloudformation-no-explicit-names": "a name that is not written is the remedy",
    "cloudformation-plaintext-secrets": "a secret that is not written is the remedy",
    "ec2-standalone-instance": "only what is written shows that an instance serves clients",
    "ecs-cluster-density": "the rule reports clusters that certainly run one service only",
    "rds-instance-density": "the rule counts databases that are certainly small and of one engine",
    "rds-plaintext-password": "a password that is not written is the remedy",
    "cloudformation workload-nonprod-schedule": "only tags that are written show that an environment is not for production",
    "vpc-peering-default-route": "a range that is given from outside is hardly ever that of the whole internet",
    "waf-classic": "the type of the resource is the fault, whatever its settings are",
    "workload-static-credentials": "a credential that is not written is the remedy",
    "ec2-user-data-secrets": "a secret that is not written is the remedy",
    "terraform autoscaling-update-policy": "a block that may be there counts as one that is there",
    "terraform iam-user-policies": "the attachment itself is the fault, whatever the policy is",
    "cloudformation iam-policy-attachment-exclusive": "CloudFormation has no such resource",
    "ec2-key-pair-in-state": "only a reference to the generated key shows the fault",
    "cloudformation s3-account-public-access-block": "CloudFormation has no such resource",
    "cloudformation terraform-competing-resources": "it is about Terraform",
    "terraform-create-before-destroy": "what is in use, and how it is replaced, is written",
    "cloudformation terraform-state-locking": "it is about Terraform",
    "cloudformation terraform-versions-pinned": "it is about Terraform",
    "cloudformation ami-trusted-owner": "CloudFormation does not look up images",
    "cloudformation iam-password-policy": "CloudFormation has no policy for passwords",
    "cloudformation glacier-policy-public": "CloudFormation has no vaults of S3 Glacier",
}
"""Rules, or rules in one dialect, that give no undecided result for any single hidden value, and why."""


@pytest.mark.parametrize(
    "rule", [each for each in OURS.all() if each.slug not in SUPPRESSION_RULES], ids=lambda rule: rule.slug
)
def test_the_page_shows_when_the_rule_cannot_tell(rule: Rule) -> None:
    shown = {example.dialect for example in examples(rule.page, ("undecided",))}
    decided = {each for each in ("cloudformation", "terraform") if {rule.slug, f"{each} {rule.slug}"} & ALWAYS_DECIDED.keys()}

    assert shown == {"cloudformation", "terraform"} - decided


NOT_SHOWN = {
    "sns-ssl-publish-only: SAM makes it, and has no settings for it": "a resource that SAM makes has no line of its own",
    "sqs-long-polling: SAM makes it, and has no settings for it": "a resource that SAM makes has no line of its own",
    "sqs-ssl-requests-only: SAM makes it, and has no settings for it": "a resource that SAM makes has no line of its own",
    "vpc-security-group-description: a rule of either direction is judged once": "the same resource is shown as a finding",
    "terraform-versions-pinned: the root module decides on the version": "it is about a module that another one calls",
}
"""Reasons why a rule does not apply to a resource that no example of one file can show, and why."""


@pytest.mark.parametrize(
    "rule", [each for each in OURS.all() if each.slug not in SUPPRESSION_RULES], ids=lambda rule: rule.slug
)
def test_the_page_shows_each_reason_why_the_rule_does_not_apply(rule: Rule) -> None:
    marks = [mark for each in examples(rule.page, ("not applicable",)) for mark in each.marks()]
    shown = {mark.words for mark in marks if mark.verdict == "not-applicable" and mark.words}
    missing = {
        f"{rule.slug}: {''.join(reason)}"
        for reason in _reasons(inspect.getsource(inspect.getmodule(rule.function) or rule.function))
        if not any(words in part or part.strip() in words for words in shown for part in reason)
    }

    assert missing == {each for each in NOT_SHOWN if each.startswith(f"{rule.slug}: ")}


def _reasons(source: str) -> Iterator[list[str]]:
    """The reasons that a module gives to `exempt` or `not_applicable`, if it writes them itself: the literal parts of each."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("exempt", "not_applicable"):
            match call.args[-1]:
                case ast.Constant(value=str(reason)):
                    yield [reason]
                case ast.JoinedStr(values=values):
                    literals = [each.value for each in values if isinstance(each, ast.Constant)]
                    yield [each for each in literals if isinstance(each, str) and each.strip()]
                case _:
                    pass


BOTH = {("cloudformation", True), ("cloudformation", False), ("terraform", True), ("terraform", False)}


def test_a_rule_is_loaded_by_its_slug() -> None:
    assert OURS.load("s3-versioning").title == "S3 bucket has no versioning"
