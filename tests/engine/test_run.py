"""Discovery, selection, and what a run makes of trouble."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from helpers.counting import growth
from helpers.reports import judge_files
from wa_iac.core.errors import UsageError
from wa_iac.core.finding import Report
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Rule
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.json import render as as_json
from wa_iac.report.sarif import render as as_sarif
from wa_iac.report.text import render as as_text

BUCKET_TF = 'resource "aws_s3_bucket" "a" {}\n'
BUCKET_YAML = "Resources:\n  A:\n    Type: AWS::S3::Bucket\n"


def found(report: Report) -> list[tuple[str, int, str]]:
    return [(Path(each.span.path).name, each.span.start_line, each.address) for each in report.failing()]


def errors(report: Report) -> list[tuple[str, str]]:
    return [(Path(each.path or "").name, each.message) for each in report.errors]


def test_both_dialects_are_found_by_their_content(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": BUCKET_TF,
        "tofu/main.tofu": BUCKET_TF,
        "json/main.tf.json": '{"resource": {"aws_s3_bucket": {"a": {}}}}',
        "stack.yaml": BUCKET_YAML,
        "stack.template": BUCKET_YAML,
        "values.yaml": "replicas: 3\n",
        "package.json": '{"name": "x"}\n',
        "node_modules/x/main.tf": BUCKET_TF,
        ".terraform/modules/x/main.tf": BUCKET_TF,
    }
    report = judge_files(tmp_path, files, "s3-versioning")

    assert report.errors == []
    assert found(report) == [
        ("main.tf", 1, "aws_s3_bucket.a"),
        ("main.tf.json", 1, "aws_s3_bucket.a"),
        ("stack.template", 2, "A"),
        ("stack.yaml", 2, "A"),
        ("main.tofu", 1, "aws_s3_bucket.a"),
    ]
    assert report.summary()["files"] == 5


def test_a_module_is_judged_where_it_is_called_and_reported_once(tmp_path: Path) -> None:
    files = {
        "modules/bucket/main.tf": BUCKET_TF,
        "shop/main.tf": 'module "logs" {\n  source = "../modules/bucket"\n}\n',
        "office/main.tf": 'module "logs" {\n  source = "../modules/bucket"\n}\n',
    }
    report = judge_files(tmp_path, files, "s3-versioning")

    [finding] = report.failing()
    assert [(each.address, Path(each.unit).name) for each in finding.instances] == [
        ("module.logs.aws_s3_bucket.a", "office"),
        ("module.logs.aws_s3_bucket.a", "shop"),
    ]
    assert [step.note for step in finding.related] == ['module "logs"']


def test_naming_one_file_judges_its_module(tmp_path: Path) -> None:
    judge_files(tmp_path, {"main.tf": BUCKET_TF, "other.tf": 'resource "aws_s3_bucket" "b" {}\n'})

    report = check([tmp_path / "main.tf"], Selection(select=("s3-versioning",)))

    assert found(report) == [("main.tf", 1, "aws_s3_bucket.a"), ("other.tf", 1, "aws_s3_bucket.b")]


class TestTrouble:
    """A clear error for each, and everything else still judged."""

    def test_a_path_that_is_not_there(self, tmp_path: Path) -> None:
        report = check([tmp_path / "nowhere"], Selection())

        assert errors(report) == [("nowhere", "there is no such file or directory")]
        assert report.exit_code() == 2

    def test_nothing_to_check(self, tmp_path: Path) -> None:
        report = check([tmp_path], Selection())

        [(_, message)] = errors(report)
        assert message.startswith("nothing to check in ")
        assert report.exit_code() == 2

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"", "the file is empty: there is nothing to check"),
            (b"\x7fELF\0\0\0", "this is a binary file, neither CloudFormation nor Terraform"),
            (
                b"replicas: 3\n",
                "this is neither a CloudFormation template (no Resources with an AWS type) nor a Terraform file (*.tf) "
                "nor a plan (terraform show -json)",
            ),
            (
                b"Parameters:\n  A: {Type: String\n  B: {}\n",
                "not YAML: while parsing a flow mapping (from line 2): did not find expected ',' or '}'",
            ),
        ],
        ids=["empty", "binary", "other", "broken before its first resource"],
    )
    def test_a_named_file_that_is_no_template(self, content: bytes, message: str, tmp_path: Path) -> None:
        path = tmp_path / "stack.yaml"
        path.write_bytes(content)

        assert errors(check([path], Selection())) == [("stack.yaml", message)]
        assert check([path], Selection(), skip_other_files=True).exit_code() == 0

    def test_a_broken_template_beside_a_sound_one(self, tmp_path: Path) -> None:
        files = {"a.yaml": "AWSTemplateFormatVersion: '2010-09-09'\nResources: {A: [\n", "b.yaml": BUCKET_YAML}
        report = judge_files(tmp_path, files, "s3-versioning")

        assert [Path(each.path or "").name for each in report.errors] == ["a.yaml"]
        assert report.errors[0].line is not None
        assert found(report) == [("b.yaml", 2, "A")]
        assert report.exit_code() == 2

    def test_broken_hcl_beside_sound_hcl(self, tmp_path: Path) -> None:
        files = {"a.tf": 'resource "aws_s3_bucket" {{{\n', "b.tf": BUCKET_TF}
        report = judge_files(tmp_path, files, "s3-versioning")

        assert [Path(each.path or "").name for each in report.errors] == ["a.tf"]
        assert ("b.tf", 1, "aws_s3_bucket.a") in found(report)
        assert report.exit_code() == 2

    def test_a_rule_that_crashes_is_our_bug_and_stops_no_other(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        sound = Rule.run

        def run(rule: Rule, graph: Graph, subject: Resource | None) -> list[Flag]:
            if rule.slug == "s3-lifecycle":
                raise ZeroDivisionError("oops")
            return sound(rule, graph, subject)

        monkeypatch.setattr(Rule, "run", run)
        report = judge_files(tmp_path, {"main.tf": BUCKET_TF}, "s3-versioning", "s3-lifecycle")

        ((path, message),) = errors(report)
        assert path == "main.tf"
        assert message.startswith("this is a bug in wa-iac: rule s3-lifecycle on aws_s3_bucket.a of ")
        assert re.search(
            r" raised ZeroDivisionError in [\w.]+:\d+; please report it with the text near \S+main\.tf:1$", message
        )
        assert "oops" not in message
        assert found(report) == [("main.tf", 1, "aws_s3_bucket.a")]
        assert report.exit_code() == 2


class TestSelection:
    def test_an_unknown_rule_is_an_error_with_the_nearest(self) -> None:
        with pytest.raises(UsageError, match="there is no rule 's3-versionin'; did you mean 's3-versioning'"):
            Selection(select=("s3-versionin",)).slugs()

    def test_select_ignore_and_pillar_narrow(self) -> None:
        assert Selection(select=("s3-versioning", "s3-lifecycle"), ignore=("s3-lifecycle",)).slugs() == ["s3-versioning"]
        assert "s3-versioning" in Selection(pillars=("reliability",)).slugs()
        assert "s3-versioning" not in Selection(pillars=("security", "cost")).slugs()


def test_fingerprints_survive_moved_lines(tmp_path: Path) -> None:
    before = judge_files(tmp_path / "infra", {"main.tf": BUCKET_TF}, "s3-versioning")
    after = judge_files(tmp_path / "infra", {"main.tf": "# A comment.\n\n" + BUCKET_TF}, "s3-versioning")

    assert [each.fingerprint for each in before.findings] == [each.fingerprint for each in after.findings]
    assert len(before.findings[0].fingerprint) == 32


def test_what_a_syntax_error_may_have_swallowed_is_not_missing(tmp_path: Path) -> None:
    """Half-typed code is what an editor shows most of the time: no block in it may be blamed for what it may well say."""
    source = (
        'resource "aws_ebs_volume" "typed" {\n  encrypted =\n}\n'
        'resource "aws_ebs_volume" "closed" {\n  size = 10 )\n  encrypted = true\n}\n'
        'resource "aws_ebs_volume" "quoted" {\n  size = "10\n  encrypted = true\n}\n'
        'resource "aws_ebs_volume" "bare" {\n  size = 10\n}\n'
        'module "a" {\n  source = "./m"\n  encrypted = \n}\n'
    )
    module = 'variable "encrypted" {\n  default = false\n}\nresource "aws_ebs_volume" "x" {\n  encrypted = var.encrypted\n}\n'
    report = judge_files(tmp_path, {"main.tf": source, "m/main.tf": module}, "ebs-encryption")

    assert found(report) == [("main.tf", 12, "aws_ebs_volume.bare")]
    assert [(each.address, each.message) for each in report.undecided()] == [
        (
            "module.a.aws_ebs_volume.x",
            'Cannot be decided: module "a" has a syntax error: its arguments are not known; fix the error.',
        ),
        ("aws_ebs_volume.typed", "Cannot be decided: its block has a syntax error; fix the error."),
        ("aws_ebs_volume.closed", "Cannot be decided: its block has a syntax error; fix the error."),
        ("aws_ebs_volume.quoted", "Cannot be decided: its block has a syntax error; fix the error."),
    ]
    assert [(each.line, each.message) for each in report.errors] == [
        (2, "syntax error: unexpected end of the line"),
        (5, "syntax error: unexpected ')'"),
        (9, "syntax error: this string is not closed on its line"),
        (17, "syntax error: unexpected end of the line"),
    ]


@pytest.mark.parametrize("member", ['"Role" = "orders"', '"dimensions" {\n  }'])
def test_a_name_in_quotes_is_said_to_be_one(tmp_path: Path, member: str) -> None:
    """Terraform before 0.12 accepted it."""
    report = judge_files(tmp_path, {"main.tf": f'resource "aws_sqs_queue" "orders" {{\n  {member}\n}}\n'}, "sqs-encryption")

    assert [(each.line, each.message) for each in report.errors] == [
        (2, "syntax error: the name of an argument or a block is written without quotes")
    ]


def test_a_broken_satellite_may_belong_to_anything(tmp_path: Path) -> None:
    source = (
        'resource "aws_s3_bucket" "a" {}\n'
        'resource "aws_s3_bucket_versioning" "a" {\n  bucket = \n  versioning_configuration {\n    status = "Enabled"\n  }\n}\n'
    )
    report = judge_files(tmp_path, {"main.tf": source}, "s3-versioning")

    assert report.failing() == []
    assert [each.address for each in report.undecided()] == ["aws_s3_bucket.a"]


def test_paths_are_shown_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is followed from a path beside the working directory is shown beside it, too."""
    files = {
        "../infra/main.tf": 'module "m" {\n  source = "./m"\n}\n',
        "../infra/m/main.tf": BUCKET_TF,
        "../infra/a.yaml": BUCKET_YAML,
    }
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    judge_files(here, files, "s3-versioning")
    report = check([Path("../infra")], Selection(select=("s3-versioning",)))
    assert [each.span.path for each in report.failing()] == ["../infra/a.yaml", "../infra/m/main.tf"]
    report = check([tmp_path / "infra"], Selection(select=("s3-versioning",)))
    assert [each.span.path for each in report.failing()] == [f"{tmp_path}/infra/a.yaml", f"{tmp_path}/infra/m/main.tf"]


def test_what_is_not_at_hand_is_told_once_and_fails_nothing(tmp_path: Path) -> None:
    """Nobody can mend it in the code, and the rest is judged; but it never looks as if it had been judged, too."""
    call = 'module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n'
    macro = "Transform: Ours\n" + BUCKET_YAML
    report = judge_files(tmp_path, {"a/main.tf": call + BUCKET_TF, "b/main.tf": call, "c.yaml": macro}, "s3-versioning")

    assert [Path(each.path or "").name for each in report.unavailable()] == ["c.yaml", "main.tf"]
    assert report.mistakes() == []
    assert (report.exit_code(), report.summary()["errors"]) == (1, 0)
    assert json.loads(as_json(report, show_unknown=False))["notes"] == [
        {
            "path": f"{tmp_path}/c.yaml",
            "line": 1,
            "message": 'the macro "Ours" runs only in AWS: the template is checked as it is written',
        },
        {
            "path": f"{tmp_path}/a/main.tf",
            "line": 1,
            "message": "the module terraform-aws-modules/vpc/aws is not installed here, so its resources are not checked: "
            '"terraform init" installs it',
        },
    ]
    assert as_text(report, show_unknown=False).endswith(
        "2 findings (2 medium), 2 resources in 3 files, --diff --unsafe-fixes shows what can be fixed, 2 notes on unchecked parts\n"
    )
    notifications = json.loads(as_sarif(report, show_unknown=False, root=tmp_path))["runs"][0]["invocations"][0]
    assert {each["level"] for each in notifications["toolExecutionNotifications"]} == {"note"}


def test_many_resources_need_work_in_proportion(tmp_path: Path) -> None:
    """What points back at a resource is looked up, not asked of all the others."""

    def judged(number: int) -> None:
        source = "Resources:\n" + "".join(f"  B{each}:\n    Type: AWS::S3::Bucket\n" for each in range(number))
        report = judge_files(tmp_path, {"t.yaml": source}, "s3-versioning", "s3-ssl-requests-only")
        assert report.errors == []
        assert len(report.failing()) == 2 * number

    assert growth(judged, 250) < 1.1
