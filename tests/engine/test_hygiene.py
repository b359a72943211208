"""What is told of suppressions that do not hold, or have nothing to suppress: the line, the columns, the words."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge, judge_files, told
from wa_iac.core.declared import Dialect
from wa_iac.core.rule import Rule
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules.examples import Example, examples
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Settings, SuppressionPolicy
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES

SLUGS = tuple(SUPPRESSION_RULES)
RULES = ("s3-versioning", "s3-lifecycle", "rds-multi-az", *SLUGS)
SELECTED = Selection(select=RULES)
VERSIONED = """
resource "aws_s3_bucket_versioning" "a" {
  bucket = aws_s3_bucket.a.id
  versioning_configuration {
    status = "Enabled"
  }
}
"""


def terraform(directory: Path, source: str) -> list[str]:
    return told(judge(directory, source, "terraform", *RULES))


def template(directory: Path, source: str) -> list[str]:
    return told(judge(directory, source, "cloudformation", *RULES))


CASES = [
    pytest.param(rule, example, id=f"{rule.slug}-{example.dialect}-{'good' if example.compliant else 'bad'}")
    for rule in SUPPRESSION_RULES.values()
    for example in examples(rule.page)
]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_the_examples_of_the_pages(rule: Rule, example: Example, tmp_path: Path) -> None:
    name = "main.tf" if example.dialect == "terraform" else "stack.yaml"
    (tmp_path / name).write_text(example.source, encoding="utf-8")
    policy = SuppressionPolicy(allowed=frozenset({"s3-versioning"}) if rule.slug == "suppression-not-allowed" else None)
    report = check([tmp_path], Selection(), settings=Settings(suppressions=policy))

    found = [(each.rule.slug, each.span.start_line) for each in report.failing() if each.rule.slug in SUPPRESSION_RULES]
    line = next((number for number, text in enumerate(example.source.splitlines(), 1) if "wa-iac:" in text), 0)
    assert found == ([] if example.compliant else [(rule.slug, line)])


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        (
            "# wa-iac: ignore[s3-version] scratch",
            "main.tf:1:52-62 unknown-rule aws_s3_bucket.a: "
            "There is no rule 's3-version', so nothing is suppressed; did you mean 's3-versioning'?",
        ),
        (
            "// wa-iac: ignore[] scratch",
            "main.tf:1:35-62 unknown-rule aws_s3_bucket.a: "
            "Nothing is suppressed: this is not in the form # wa-iac: ignore[SLUG] REASON.",
        ),
        (
            "# wa-iac: ignore[s3-*] scratch",
            "main.tf:1:52-56 unknown-rule aws_s3_bucket.a: 's3-*' is a pattern, so nothing is suppressed: name each rule.",
        ),
        (
            "# wa-iac: ignore[CKV_AWS_21] scratch",
            "main.tf:1:52-62 unknown-rule aws_s3_bucket.a: "
            "There is no rule 'CKV_AWS_21', so nothing is suppressed; did you mean 's3-versioning'?",
        ),
        (
            "# wa-iac: ignore[s3-versioning]",
            "main.tf:1:35-66 without-reason aws_s3_bucket.a: It gives no reason, so it has no effect: say why this is accepted.",
        ),
        (
            "# wa-iac: ignore[s3-versioning] -- until=2999-12-31",
            "main.tf:1:35-86 without-reason aws_s3_bucket.a: It gives no reason, so it has no effect: say why this is accepted.",
        ),
        (
            "# wa-iac: ignore[s3-versioning] <why this is accepted>",
            "main.tf:1:35-89 without-reason aws_s3_bucket.a: "
            "Its reason is still the placeholder, so it has no effect: say why this is accepted.",
        ),
        (
            "# wa-iac: ignore[s3-versioning, s3-lifecycle] scratch until=soon",
            "main.tf:1:35-99 invalid-date aws_s3_bucket.a: 'soon' is not a date (write until=2027-06-30), so it would never end.",
        ),
        (
            "# wa-iac: ignore[s3-versioning] scratch until=2027-02-30",
            "main.tf:1:35-91 invalid-date aws_s3_bucket.a: '2027-02-30' is not a date (write until=2027-06-30), so it would never end.",
        ),
        (
            "# wa-iac: ignore[s3-versioning] scratch until=10000-01-01",
            "main.tf:1:35-92 invalid-date aws_s3_bucket.a: '10000-01-01' is not a date (write until=2027-06-30), so it would never end.",
        ),
        (
            "# wa-iac: ignore[s3-versioning] scratch until=2020-01-01",
            "main.tf:1:35-91 expired aws_s3_bucket.a: It was valid until 2020-01-01 and has expired.",
        ),
    ],
)
def test_a_suppression_that_does_not_hold(comment: str, message: str, tmp_path: Path) -> None:
    assert terraform(tmp_path, f'resource "aws_s3_bucket" "a" {{ }}  {comment}\n') == [message]


@pytest.mark.parametrize("until", ["2999-12-31", "9999-12-31"])
def test_one_that_holds_is_not_told(until: str, tmp_path: Path) -> None:
    assert (
        terraform(tmp_path, f'resource "aws_s3_bucket" "a" {{}} # wa-iac: ignore[s3-versioning] scratch until={until}\n') == []
    )


def test_of_several_slugs_the_one_that_has_nothing_to_suppress(tmp_path: Path) -> None:
    source = f'# wa-iac: ignore[s3-lifecycle, s3-versioning] scratch\nresource "aws_s3_bucket" "a" {{}}\n{VERSIONED}'

    assert terraform(tmp_path, source) == [
        "main.tf:1:32-45 unused aws_s3_bucket.a: s3-versioning checked this place and found nothing to suppress."
    ]


def test_a_comment_at_another_line_than_the_finding(tmp_path: Path) -> None:
    source = """\
Resources:
  Reports:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: reports # wa-iac: ignore[s3-versioning] scratch
      VersioningConfiguration:
        Status: Suspended
"""
    assert template(tmp_path, source.replace("\n", "\r\n")) == [
        "template.yaml:5:44-57 unused Reports: s3-versioning checked this place and found nothing to suppress."
    ]


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        ('"s3-versioning"', "without-reason A: It gives no reason, so it has no effect: say why this is accepted."),
        ('{"rule": "s3-version", "reason": "x"}', "unknown-rule A: There is no rule 's3-version', so nothing is suppressed; did you mean 's3-versioning'?"),
        ('{"reason": "x"}', "unknown-rule A: It names no rule, so nothing is suppressed: write {rule: SLUG, reason: REASON}."),
        ('{"rule": "s3-versioning", "reason": "x", "until": "2020-01-01"}', "expired A: It was valid until 2020-01-01 and has expired."),
        ('{"rule": "s3-versioning", "reason": "x", "until": 7}', "invalid-date A: '7' is not a date (write until=2027-06-30), so it would never end."),
        ('{"rule": "rds-multi-az", "reason": "x"}', None),
        ('{"rule": "s3-versioning", "reason": "x"}', None),
    ],
)  # fmt: skip
def test_metadata(entry: str, found: str | None, tmp_path: Path) -> None:
    """All on one line, as a program writes it: what stands at one resource says nothing of another."""
    source = (
        f'{{"Resources": {{"A": {{"Type": "AWS::S3::Bucket", "Metadata": {{"wa-iac": {{"ignore": [{entry}]}}}}}}, '
        '"B": {"Type": "AWS::S3::Bucket"}}}'
    )
    begin = source.index(entry) + 1
    expected = [] if found is None else [f"template.yaml:1:{begin}-{begin + len(entry)} {found}"]

    assert template(tmp_path, source) == expected


def test_metadata_that_has_nothing_to_suppress(tmp_path: Path) -> None:
    source = """\
Resources:
  A:
    Type: AWS::S3::Bucket
    Metadata:
      wa-iac: {ignore: [{rule: s3-versioning, reason: scratch, until: 2999-01-01}]}
    Properties:
      VersioningConfiguration: {Status: Enabled}
"""
    assert template(tmp_path, source) == [
        "template.yaml:5:25-82 unused A: s3-versioning checked this place and found nothing to suppress."
    ]


TEXTS: list[tuple[Dialect, str]] = [
    ("terraform", 'resource "aws_s3_bucket" "a" {\n  bucket = <<E\n# wa-iac: ignore[nothing]\nE\n}\n'),
    ("terraform", 'resource "aws_s3_bucket" "a" {\n  bucket = "# wa-iac: ignore[nothing]"\n}\n'),
    ("cloudformation", "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: |\n        # wa-iac: ignore[nothing]\n"),
    ("cloudformation", 'Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties:\n      BucketName: "a # wa-iac: ignore[nothing]"\n'),
    ("cloudformation", '{"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "# wa-iac: ignore[nothing]"}}}}'),
]  # fmt: skip


@pytest.mark.parametrize(("dialect", "source"), TEXTS, ids=["heredoc", "string", "block scalar", "quoted scalar", "json"])
def test_text_is_no_comment(dialect: Dialect, source: str, tmp_path: Path) -> None:
    report = judge(tmp_path, source, dialect, *RULES)
    assert told(report) == []

    report = judge(tmp_path, source.replace("[nothing]", "[s3-versioning] a reason"), dialect, *RULES)
    assert [each.suppressed for each in report.findings if each.rule.slug == "s3-versioning"] == [None]


BUCKET = 'resource "aws_s3_bucket" "a" {{ # wa-iac: ignore[s3-versioning] scratch\n{body}}}\n'


def test_an_installed_module_is_nobodys_to_mend(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "logs" {\n  source  = "example/logs/aws"\n  version = "1.0.0"\n}\n',
        ".terraform/modules/modules.json": '{"Modules": [{"Key": "logs", "Source": "registry.terraform.io/example/logs/aws", "Version": "1.0.0", "Dir": ".terraform/modules/logs"}]}',
        ".terraform/modules/logs/main.tf": 'resource "aws_s3_bucket" "a" {} # wa-iac: ignore[s3-version]\n',
    }
    report = judge_files(tmp_path, files, *RULES)

    assert "module.logs.aws_s3_bucket.a" in {each.address for each in report.failing()}
    assert told(report) == []


def test_in_a_template_that_stands_as_a_text_in_another_one(tmp_path: Path) -> None:
    source = """\
Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      StackSetName: everywhere
      PermissionModel: SELF_MANAGED
      TemplateBody: |
        Resources:
          # wa-iac: ignore[s3-versioning, s3-version] scratch
          A:
            Type: AWS::S3::Bucket
"""
    report = judge(tmp_path, source, "cloudformation", *RULES)

    assert ("s3-versioning", True) in {(each.rule.slug, each.suppressed is not None) for each in report.findings}
    assert [each.partition(" ")[0] for each in told(report)] == ["template.yaml:9:43-53"]


def test_in_a_sam_template(tmp_path: Path) -> None:
    source = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  F: # wa-iac: ignore[lambda-xray-tracing, lambda-arm64] nobody waits for it
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      CodeUri: s3://a/b
      Tracing: Active
      Events:
        A: {Type: Api, Properties: {Path: /, Method: get}}
"""
    (tmp_path / "stack.yaml").write_text(source, encoding="utf-8")
    report = check([tmp_path], Selection(profile="all"))

    assert told(report) == [
        "stack.yaml:3:23-42 unused F: lambda-xray-tracing checked this place and found nothing to suppress."
    ]
    assert "lambda-arm64" in {each.rule.slug for each in report.findings if each.suppressed is not None}


def test_what_is_written_for_other_analyzers_is_not_judged(tmp_path: Path) -> None:
    assert terraform(tmp_path, 'resource "aws_s3_bucket" "a" {\n  # checkov:skip=CKV_AWS_21\n}\n' + VERSIONED) == []


@pytest.mark.parametrize(
    ("policy", "message"),
    [
        (SuppressionPolicy(allowed=frozenset({"s3-lifecycle"})), "The settings do not allow s3-versioning to be suppressed in the code, so this suppression has no effect."),
        (SuppressionPolicy(inline=False), "The settings do not allow suppressions in the code, so this suppression has no effect."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", ["", VERSIONED], ids=["needed", "not needed"])
def test_what_the_policy_does_not_allow_is_told_once(
    policy: SuppressionPolicy, message: str, beside: str, tmp_path: Path
) -> None:
    (tmp_path / "main.tf").write_text(BUCKET.format(body="") + beside, encoding="utf-8")
    report = check([tmp_path], Selection(select=RULES), settings=Settings(suppressions=policy))

    assert told(report) == [f"main.tf:1:49-62 not-allowed aws_s3_bucket.a: {message}"]
    assert ("s3-versioning" in {each.rule.slug for each in report.failing()}) is not bool(beside)


@pytest.mark.parametrize(
    "comment",
    [
        "# wa-iac: ignore[s3-versioning, suppression-unused] the account of the tests needs it\n",
        "# wa-iac: ignore[suppression-unused] the account of the tests needs it\n# wa-iac: ignore[s3-versioning] scratch\n",
    ],
)
def test_these_findings_can_be_suppressed_too(comment: str, tmp_path: Path) -> None:
    report = judge(tmp_path, f'{comment}resource "aws_s3_bucket" "a" {{}}\n{VERSIONED}', "terraform", "s3-versioning", *SLUGS)

    assert told(report) == []
    assert [(each.rule.slug, each.suppressed is not None) for each in report.findings] == [("suppression-unused", True)]


def test_cfn_lint_slugs_count_where_it_ran(tmp_path: Path) -> None:
    source = "Resources:\n  A: # wa-iac: ignore[cfn-lint-E3030] x\n    Type: AWS::S3::Bucket\n"
    (tmp_path / "a.yaml").write_text(source, encoding="utf-8")

    assert told(check([tmp_path], Selection())) == []
    assert told(check([tmp_path], Selection(cfn_lint=True))) == [
        "a.yaml:2:23-37 unused A: cfn-lint-E3030 checked this place and found nothing to suppress."
    ]


@pytest.mark.parametrize(
    "comment",
    [
        "# wa-iac: ignore s3-versioning rebuilt every night",
        "# wa-iac:ignore:s3-versioning rebuilt every night",
        "# wa-iac ignore[s3-versioning] rebuilt every night",
        "# WA-IAC: ignore[s3-versioning] rebuilt every night",
        "# wa-iac: disable[s3-versioning] rebuilt every night",
    ],
)
def test_what_was_meant_to_be_a_suppression_and_is_none_is_told(tmp_path: Path, comment: str) -> None:
    report = judge(
        tmp_path, f'{comment}\nresource "aws_s3_bucket" "a" {{}}\n', "terraform", "s3-versioning", "suppression-unknown-rule"
    )

    assert [(each.rule.slug, each.span.start_line, each.message) for each in report.failing()] == [
        ("suppression-unknown-rule", 1, "Nothing is suppressed: this is not in the form # wa-iac: ignore[SLUG] REASON."),
        (
            "s3-versioning",
            2,
            "This bucket has no versioning: an object that is overwritten or deleted cannot be restored from it.",
        ),
    ]


def test_a_block_comment_is_told_that_it_does_not_count(tmp_path: Path) -> None:
    source = '/* wa-iac: ignore[s3-versioning] rebuilt every night */\nresource "aws_s3_bucket" "a" {}\n'
    report = judge(tmp_path, source, "terraform", "suppression-unknown-rule")

    [finding] = report.failing()
    assert finding.message == (
        "Nothing is suppressed: only a comment with # or // counts, not /* */: write # wa-iac: ignore[SLUG] REASON."
    )


def test_words_about_ignoring_are_no_suppression(tmp_path: Path) -> None:
    source = '# wa-iac ignores hidden files; see how to ignore findings\nresource "aws_s3_bucket" "a" {}\n'
    report = judge(tmp_path, source, "terraform", "suppression-unknown-rule")

    assert report.failing() == []
