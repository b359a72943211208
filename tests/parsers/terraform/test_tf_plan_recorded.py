"""What a real Terraform has planned (`record_plans.py` asks it again): against our evaluation, and judged."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from parsers.terraform import plan_comparison, record_plans
from parsers.terraform.plan_comparison import Comparison, compared
from parsers.terraform.record_plans import RECORDED, Terraform, account, record

from helpers.planned_modules import judge
from wa_iac.core.errors import mistakes
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

PLANS = sorted(RECORDED.glob("*.json"))
WHOLE = plan_comparison.whole()
FRESH = plan_comparison.fresh()
SETTINGS = ("WA_IAC_TERRAFORM", "WA_IAC_TERRAFORM_MIRROR", "WA_IAC_MOTO")
OPEN = ("vpc-security-group-ingress-ssh", "s3-policy-public", "iam-admin-policy")


@cache
def comparison(path: Path) -> Comparison:
    return compared(path.with_suffix(""), json.loads(path.read_text(encoding="utf-8")))


class TestEvaluation:
    def test_there_are_plans(self) -> None:
        assert len(WHOLE) >= 25

    @pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
    def test_every_address_and_every_known_property_is_the_plan_s(self, path: Path) -> None:
        found = comparison(path)

        assert found.errors == []
        assert (found.missing, found.extra) == ([], [])
        different = {(path.stem, each.address, each.name) for each in found.of("different")}
        assert different == {each for each in plan_comparison.ACCEPTED if each[0] == path.stem}, found.of("different")

    def test_of_what_rules_read_and_a_plan_knows_we_know_nearly_all(self) -> None:
        tally = sum((comparison(path).tally() for path in FRESH), Counter[str]())

        assert tally.total() > 300
        assert (tally["known"] + tally["default"]) / tally.total() >= 0.97

    def test_what_the_plan_knows_and_we_do_not_is_listed(self) -> None:
        listed = plan_comparison.UNKNOWN.read_text(encoding="utf-8")

        assert listed == plan_comparison.table({path.stem: comparison(path) for path in FRESH}), (
            "run PYTHONPATH=tests python tests/parsers/terraform/plan_comparison.py"
        )


def report_of(name: str, directory: Path, *slugs: str, source: bool = False) -> Report:
    """The report of a recorded plan, alone or beside its source."""
    target = directory / name
    directory.mkdir(exist_ok=True)
    if source:
        record_plans.copy(RECORDED / name, target)
    else:
        target.mkdir()
    shutil.copy(RECORDED / f"{name}.json", target / "plan.json")
    return judge(target, *slugs)


def failing(report: Report) -> list[str]:
    return sorted({each.address for each in report.failing()})


@pytest.mark.parametrize("source", [False, True], ids=["alone", "beside its source"])
class TestPlansOfWhatExists:
    """Old values stand in what is not changed: nothing of them is reported, and what is new is."""

    @pytest.mark.parametrize("name", ["existing-narrowed", "existing-parts-deleted", "existing-unchanged", "existing-replaced"])
    def test_what_was_open_is_not_any_more(self, name: str, source: bool, tmp_path: Path) -> None:
        report = report_of(name, tmp_path, *OPEN, source=source)

        assert failing(report) == []
        assert report.errors == []

    def test_what_becomes_open_is_found_where_it_is_opened(self, source: bool, tmp_path: Path) -> None:
        assert failing(report_of("existing-opened", tmp_path, *OPEN, source=source)) == [
            "aws_iam_role_policy.worker",
            "aws_iam_role_policy_attachment.worker",
            "aws_s3_bucket_policy.store",
            "aws_vpc_security_group_ingress_rule.ssh",
        ]

    def test_nothing_is_left_of_what_is_destroyed(self, source: bool, tmp_path: Path) -> None:
        report = report_of("existing-destroyed", tmp_path, source=source)

        assert (report.errors, failing(report), report.resources) == ([], [], 0)

    def test_what_moves_or_is_imported_exists_once_and_what_is_given_up_does_not(self, source: bool, tmp_path: Path) -> None:
        report = report_of("moved-and-imported", tmp_path, source=source)

        assert report.errors == []
        assert report.resources == 2

    def test_documents_that_are_read_during_apply_count(self, source: bool, tmp_path: Path) -> None:
        report = report_of("read-later", tmp_path, "s3-policy-public", "s3-ssl-requests-only", source=source)

        assert failing(report) == ['aws_s3_bucket_policy.store["open"]']
        assert report.undecided() == []


def verdicts(report: Report, verdict: str) -> set[tuple[str, str]]:
    return {(each.slug, each.address) for each in report.judgements if each.verdict == verdict}


@pytest.mark.parametrize("path", WHOLE, ids=lambda path: path.stem)
def test_what_fails_by_a_plan_alone_does_not_pass_beside_its_source(path: Path, tmp_path: Path) -> None:
    """Nor the other way round: what one of the two does not show is undecided."""
    alone = report_of(path.stem, tmp_path)
    joined = report_of(path.stem, tmp_path / "joined", source=True)

    assert verdicts(alone, "fail") & verdicts(joined, "pass") == set()
    assert verdicts(joined, "fail") & verdicts(alone, "pass") == set()


class TestPlansOfTheState:
    def test_what_exists_is_judged_and_it_is_told(self, tmp_path: Path) -> None:
        report = report_of("existing-refresh-only", tmp_path, *OPEN)

        assert failing(report) == [
            "aws_iam_role_policy.worker",
            "aws_iam_role_policy_attachment.worker",
            "aws_s3_bucket_policy.store",
            "aws_vpc_security_group_ingress_rule.ssh",
        ]
        assert ["only refreshes" in each.message for each in report.errors] == [True]


class TestPlansOfAPart:
    def test_alone_they_are_not_clean(self, tmp_path: Path) -> None:
        report = report_of("target", tmp_path, "sqs-dead-letter-queue")

        assert ["aws_sqs_queue.left_out" in each.message for each in mistakes(report.errors)] == [True]

    def test_their_source_says_the_rest(self, tmp_path: Path) -> None:
        report = report_of("target", tmp_path, source=True)

        assert mistakes(report.errors) == []
        assert len(report.errors) == 1
        assert report.resources == 2

    def test_what_was_not_finished_is_an_error(self, tmp_path: Path) -> None:
        report = report_of("errored", tmp_path)

        assert ["did not finish" in each.message for each in mistakes(report.errors)] == [True]


def test_a_place_that_a_local_chooses_leaves_a_network_undecided(tmp_path: Path) -> None:
    """A plan alone does not show which subnet the NAT gateway stands in; its source does."""
    alone = report_of("network", tmp_path, "vpc-gateway-endpoints")
    joined = report_of("network", tmp_path / "joined", "vpc-gateway-endpoints", source=True)

    assert [each.address for each in alone.undecided()] == ["aws_vpc.main"]
    assert failing(joined) == ["aws_vpc.main"]


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_every_recorded_plan_is_read_without_an_error_of_ours(path: Path) -> None:
    report = check([path], Selection(profile="all"))

    expected = 1 if json.loads(path.read_text(encoding="utf-8")).get("complete") is False else 0
    assert len(mistakes(report.errors)) == expected


@pytest.mark.slow
@pytest.mark.skipif(
    any(not os.environ.get(each) for each in SETTINGS),
    reason=f"needs a Terraform, a provider and moto's server: {', '.join(SETTINGS)}",
)
def test_terraform_still_plans_what_was_recorded(tmp_path: Path) -> None:
    """One module of each kind: all of them take minutes."""

    def changes(plan: dict[str, Any]) -> dict[str, Any]:
        return {each["address"]: (each["change"]["actions"], each["change"]["after"]) for each in plan["resource_changes"]}

    with account(os.environ["WA_IAC_MOTO"]):
        terraform = Terraform(os.environ["WA_IAC_TERRAFORM"], os.environ["WA_IAC_TERRAFORM_MIRROR"], tmp_path)
        for name in ("modules", "target"):
            again = record(terraform, record_plans.RECORDED / name)
            assert changes(again) == changes(json.loads((RECORDED / f"{name}.json").read_text(encoding="utf-8")))
