"""The report for a person, compared whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.reports import judge, judge_files
from helpers.sample_report import LIFECYCLE, report
from wa_iac.core.errors import SourceError, UsageError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.span import Span
from wa_iac.report.text import error_line, render, summary

DEFAULT = """\
cfn/queue one.yaml:11:11  critical  lambda-plaintext-secret  Function
  DB_PASSWORD is readable for whoever may see the function.  [security SEC02-BP03]
  fix: SECRET_ARN: !Ref Secret
  see: SEC02-BP03 Store and use secrets securely

main.tf:4:14  high  rds-multi-az  module.db.aws_db_instance.this[0] and 2 more
  The database is lost with its zone: `multi_az` is false in [main](x).  [reliability REL10-BP01]
  also: module.db.aws_db_instance.this[1], module.db.aws_db_instance.this[2]
      4 |   multi_az = var.multi_az
  via vars.tf:3 (default of var.multi_az)
  via main.tf:2 (module.db[0])
  fix: multi_az = true
  fixable: with --fix --unsafe-fixes
  see: REL10-BP01 Deploy the workload to multiple locations

main.tf:7:35  low  s3-lifecycle  aws_s3_bucket.logs
  Old objects are kept.  [sustainability SUS04-BP03]
      7 | resource "aws_s3_bucket" "logs" { bucket = "🙂-logs" }
  fix:
      rule {
        status = "Enabled"
      }
  see: SUS04-BP03 Use policies to manage the lifecycle of your datasets

broken.tf:3:7  error
  a closing bracket `}` is missing

main.tf:2:1  error
  a bug in wa-iac: rule x raised ValueError: 1

To leave out this file: --exclude 'broken.tf', or `exclude` in the settings.

pillar          critical  high  low
security               1     -    -
reliability            -     1    -
sustainability         -     -    1

3 findings (1 critical, 1 high, 1 low), 1 undecided (--show-unknown lists them), 1 suppressed, 4 resources in 3 files, \
1 file not read in full, 1 internal error, not everything was checked
"""

UNDECIDED = """\
cfn/queue one.yaml:5:23  undecided (medium)  sqs-encryption  Queue
  Cannot be decided: the parameter Key has no default.  [security SEC08-BP02]
      5 |       KmsMasterKeyId: !Ref Key
"""


def test_findings_then_errors_then_a_summary() -> None:
    assert render(report(), show_unknown=False) == DEFAULT


def test_undecided_ones_on_request() -> None:
    text = render(report(), show_unknown=True)

    assert UNDECIDED in text
    assert "1 undecided, 1 suppressed" in text


def test_an_undecided_one_with_a_condition_says_how_to_mend_it() -> None:
    whole = report()
    whole.findings = [replace(whole.findings[1], when="IsProd is false", message="Fails when IsProd is false: it is open.")]

    assert "fix: SqsManagedSseEnabled: true" in render(whole, show_unknown=True)


def test_nothing_found() -> None:
    whole = Report(resources=1, sources={"a.tf": b""})

    assert render(whole, show_unknown=False) == "No findings, 1 resource in 1 file\n"


def test_nothing_found_is_no_good_news_where_something_was_not_read() -> None:
    whole = Report(errors=[UsageError("there is no such file or directory", path="nope"), SourceError("x", path="nope")])

    assert summary(whole) == "No findings, 0 resources in 0 files, 1 file not read in full, not everything was checked"
    assert summary(Report(errors=[UsageError("nothing to check")])) == (
        "No findings, 0 resources in 0 files, not everything was checked"
    )


def test_an_error_without_a_place() -> None:
    assert render(Report(errors=[UsageError("nothing to check")]), show_unknown=False).startswith(
        "wa-iac  error\n  nothing to check\n"
    )


def test_a_scanned_file_cannot_command_the_terminal() -> None:
    finding = Finding(
        rule=LIFECYCLE,
        verdict="fail",
        message="named \033]0;x\a",
        address="a\u202eb",
        type="aws_s3_bucket",
        dialect="terraform",
        span=Span("\033[2J.tf", 1, 1, 1, 2),
    )

    text = render(Report(findings=[finding], sources={"\033[2J.tf": b"\033[31mred"}), show_unknown=False)

    head = "\ufffd[2J.tf:1:1  low  s3-lifecycle  a\ufffdb"
    assert text.startswith(f"{head}\n  named \ufffd]0;x\ufffd  [sustainability SUS04-BP03]\n      1 | \ufffd[31mred\n")


def test_a_practice_of_another_pillar_is_no_mistake() -> None:
    whole = report()
    rule = replace(whole.findings[0].rule, pillar="reliability", practices=("SEC08-BP04",))
    whole.findings = [replace(whole.findings[0], rule=rule)]

    assert "[reliability, asked by SEC08-BP04]" in render(whole, show_unknown=False)


def test_an_error_in_one_line() -> None:
    assert error_line(SourceError("it\033 ends", path="a.tf", line=2)) == "wa-iac: a.tf:2: it\ufffd ends"


def test_a_remedy_is_written_once_for_files_of_one_language(tmp_path: Path) -> None:
    template = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n"
    files = dict.fromkeys(("a.yaml", "b.yml", "c.template", "d.yaml"), template)
    report = judge_files(tmp_path, files, "s3-versioning")

    assert render(report, show_unknown=False).count("VersioningConfiguration:") == 1


def test_a_verbose_report_writes_the_remedy_of_each_resource(tmp_path: Path) -> None:
    template = """
Resources:
  {name}:
    Type: AWS::DocDB::DBCluster
  First:
    Type: AWS::DocDB::DBInstance
    Properties: {{DBClusterIdentifier: !Ref {name}, DBInstanceClass: db.r6g.large}}
"""
    files = {f"{name}.yaml": template.format(name=name) for name in ("Orders", "Films", "Songs", "Books")}
    report = judge_files(tmp_path, files, "documentdb-multi-az")

    assert render(report, show_unknown=False).count("DBClusterIdentifier: !Ref") == 1
    assert render(report, show_unknown=False, verbose=True).count("DBClusterIdentifier: !Ref") == 4


def test_a_report_on_missing_modules_alone_does_not_look_clean(tmp_path: Path) -> None:
    call = 'module "network" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = "~> 6.0"\n}\n'
    report = judge(tmp_path, call, "terraform", "s3-versioning")

    assert summary(report).startswith("No resource was checked, 0 resources in 1 file, 1 note")
