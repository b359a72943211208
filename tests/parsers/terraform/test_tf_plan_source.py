"""Plans beside their source: where findings point, and what is judged by which of the two."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers.planned_modules import DATABASE, judge, places, switched, write
from helpers.plans import Plan, constant, reference
from wa_iac.cli.app import whole


class TestPlaces:
    def test_a_finding_points_into_the_source(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        path = switched().write(tmp_path)

        assert places(judge(path, "rds-multi-az")) == [("main.tf", 7, "aws_db_instance.main")]

    def test_the_plan_may_stand_in_a_directory_below(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        switched().write(tmp_path / "plans" / "prod")

        assert places(judge(tmp_path, "rds-multi-az")) == [("main.tf", 7, "aws_db_instance.main")]

    def test_another_module_is_no_source_of_it(self, tmp_path: Path) -> None:
        write(tmp_path, main='resource "aws_sqs_queue" "a" {\n}\n')
        path = switched().write(tmp_path)

        [(name, _, _)] = places(judge(path, "rds-multi-az"))
        assert name == "plan.json"

    def test_each_resource_is_judged_once(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main=DATABASE + 'module "m" {\n  source = "./m"\n}\n',
            m__main='resource "aws_sqs_queue" "a" {\n}\n',
            other__main='resource "aws_sqs_queue" "b" {\n}\n',
        )
        plan = switched()
        plan.resource("module.m.aws_sqs_queue.a", {}, {})
        plan.write(tmp_path)

        report = judge(tmp_path)

        assert report.resources == 3
        assert {each.address for each in report.judgements if each.address} == {
            "aws_db_instance.main",
            "module.m.aws_sqs_queue.a",
            "aws_sqs_queue.b",
        }
        assert all(len(each.instances) == 1 for each in report.grouped(report.findings))

    def test_two_plans_of_one_source_are_both_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        switched(multi_az=False).write(tmp_path, "test.json")
        switched(multi_az=True).write(tmp_path, "prod.json")

        report = judge(tmp_path, "rds-multi-az")

        assert [each.verdict for each in report.judgements] == ["pass", "fail"]
        assert places(report) == [("main.tf", 7, "aws_db_instance.main")]

    def test_modules_say_who_calls_them(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main='module "db" {\n  source = "./db"\n  count  = 1\n}\n',
            db__main='resource "aws_db_instance" "main" {\n  multi_az = false\n}\n',
        )
        plan = Plan()
        plan.resource("module.db[0].aws_db_instance.main", {"multi_az": False}, {"multi_az": constant(False)})

        report = judge(plan.write(tmp_path), "rds-multi-az")

        assert places(report) == [("main.tf", 2, "module.db[0].aws_db_instance.main")]
        assert [step.note for step in report.failing()[0].related] == ['module "db"']

    def test_what_the_source_does_not_have_points_into_the_plan(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        plan = switched(multi_az=True)
        plan.resource("aws_db_instance.stray", {"multi_az": False}, {})

        [(name, _, address)] = places(judge(plan.write(tmp_path), "rds-multi-az"))
        assert (name, address) == ("plan.json", "aws_db_instance.stray")

    def test_what_the_plan_destroys_is_not_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE + 'resource "aws_db_instance" "old" {\n  multi_az = false\n}\n')
        plan = switched(multi_az=True)
        plan.resource("aws_db_instance.old", None, {}, actions=("delete",))

        assert places(judge(plan.write(tmp_path), "rds-multi-az")) == []

    def test_what_was_written_after_the_plan_was_made_is_judged_too(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main=DATABASE + 'module "m" {\n  source = "./m"\n}\n\nresource "aws_db_instance" "new" {\n}\n',
            m__main='resource "aws_db_instance" "inner" {\n}\n',
        )

        assert places(judge(switched(multi_az=True).write(tmp_path), "rds-multi-az")) == [
            ("main.tf", 1, "module.m.aws_db_instance.inner"),
            ("main.tf", 13, "aws_db_instance.new"),
        ]

    def test_what_is_configured_and_has_no_instances_is_not(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE + 'resource "aws_db_instance" "none" {\n  count = var.multi_az == null ? 1 : 0\n}\n')
        plan = switched(multi_az=True)
        none = {"address": "aws_db_instance.none", "mode": "managed", "type": "aws_db_instance", "name": "none"}
        plan.root["resources"].append({**none, "expressions": {}, "count_expression": reference("var.multi_az")})

        assert judge(plan.write(tmp_path)).resources == 1

    def test_a_module_that_is_elsewhere_is_seen_through_the_plan(self, tmp_path: Path) -> None:
        write(tmp_path, main='module "db" {\n  source  = "acme/db/aws"\n  version = "~> 1.0"\n}\n')
        plan = Plan()
        plan.resource("module.db.aws_db_instance.main", {"multi_az": False}, {"multi_az": constant(False)})
        path = plan.write(tmp_path)

        report = judge(path, "rds-multi-az")

        [(name, _, address)] = places(report)
        assert (name, address) == ("plan.json", "module.db.aws_db_instance.main")
        assert [(Path(step.span.path).name, step.span.start_line, step.note) for step in report.failing()[0].related] == [
            ("main.tf", 1, 'module "db"')
        ]
        assert [line for _, line, _ in places(judge(path, "terraform-versions-pinned"))] == []

    def test_what_comes_out_of_it_is_known_by_the_plan(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
module "store" {
  source = "acme/store/aws"
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = module.store.id
  versioning_configuration {
    status = "Enabled"
  }
}
""",
        )
        plan = Plan()
        plan.resource("module.store.aws_s3_bucket.this", {"bucket_prefix": "x"}, {})
        plan.configured("module.store")["outputs"]["id"] = {"expression": reference("aws_s3_bucket.this.id")}
        plan.resource(
            "aws_s3_bucket_versioning.v",
            {"versioning_configuration": [{"status": "Enabled"}]},
            {"bucket": reference("module.store.id"), "versioning_configuration": [{"status": constant("Enabled")}]},
            unknown={"bucket": True},
        )
        path = plan.write(tmp_path)

        assert judge(path, "s3-versioning").findings == []
        assert places(judge(path, "terraform-versions-pinned")) == [("main.tf", 1, "module.store")]


class TestSuppressions:
    @pytest.mark.parametrize(
        "source",
        [
            DATABASE.replace("var.multi_az\n", "var.multi_az # wa-iac: ignore[rds-multi-az] a copy is elsewhere\n"),
            DATABASE.replace('"main" {', '"main" { # wa-iac: ignore[rds-multi-az] a copy is elsewhere'),
        ],
        ids=["at the argument", "at the header"],
    )
    def test_they_count(self, source: str, tmp_path: Path) -> None:
        write(tmp_path, main=source)

        report = judge(switched().write(tmp_path), "rds-multi-az")

        assert report.failing() == []
        [finding] = report.findings
        assert finding.suppressed is not None
        assert finding.suppressed.reason == "a copy is elsewhere"


def test_an_error_in_the_source_is_not_lost(tmp_path: Path) -> None:
    write(tmp_path, main=DATABASE, broken='resource "aws_sqs_queue" {{\n')
    report = judge(switched().write(tmp_path), "rds-multi-az")

    assert report.exit_code() == 2
    assert {Path(str(each.path)).name for each in report.errors} == {"broken.tf"}


def test_the_graph_of_a_plan(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource("aws_s3_bucket.a", {"bucket": "a"}, {})
    plan.resource("aws_s3_bucket_policy.a", {}, {"bucket": reference("aws_s3_bucket.a.id")}, unknown={"bucket": True})

    result = CliRunner().invoke(whole(), ["graph", str(plan.write(tmp_path)), "--format", "json"])

    document = json.loads(result.stdout)
    assert [each["address"] for each in document["resources"]] == ["aws_s3_bucket.a", "aws_s3_bucket_policy.a"]
    assert document["edges"] == [{"source": "aws_s3_bucket_policy.a", "target": "aws_s3_bucket.a", "via": "bucket"}]
