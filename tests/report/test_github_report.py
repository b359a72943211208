"""The report as workflow commands, compared whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.reports import judge
from helpers.sample_report import report
from wa_iac.core.errors import SourceError, UnavailableError, UsageError
from wa_iac.core.finding import Report
from wa_iac.core.span import Span
from wa_iac.report.github import render

WHOLE = """\
::error file=broken.tf,line=3,col=7,title=wa-iac%3A file could not be read or checked in full::\
a closing bracket `}` is missing
::error file=main.tf,line=2,col=1,title=wa-iac%3A file could not be read or checked in full::\
a bug in wa-iac: rule x raised ValueError: 1
::error file=cfn/queue one.yaml,line=11,endLine=11,col=11,endColumn=31,title=lambda-plaintext-secret%3A critical::\
DB_PASSWORD is readable for whoever may see the function.%0AResource: Function%0AFix:%0ASECRET_ARN: !Ref Secret
::error file=main.tf,line=4,endLine=4,col=14,endColumn=26,title=rds-multi-az%3A high::\
The database is lost with its zone: `multi_az` is false in [main](x).%0A\
Resource: module.db.aws_db_instance.this[0] and 2 more%0A\
Also: module.db.aws_db_instance.this[1], module.db.aws_db_instance.this[2]%0AFix:%0Amulti_az = true
::notice file=main.tf,line=7,endLine=7,col=35,endColumn=53,title=s3-lifecycle%3A low::\
Old objects are kept.%0AResource: aws_s3_bucket.logs%0AFix:%0Arule {%0A  status = "Enabled"%0A}
::notice file=cfn/queue one.yaml,line=5,endLine=5,col=23,endColumn=31,title=sqs-encryption%3A undecided (medium)::\
Cannot be decided: the parameter Key has no default.%0AResource: Queue
wa-iac: 3 findings (1 critical, 1 high, 1 low), 1 undecided, 1 suppressed, 4 resources in 3 files, \
1 file not read in full, 1 internal error, not everything was checked
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_errors_then_findings_then_a_summary(here: Path) -> None:
    assert render(report(), show_unknown=True, root=here) == WHOLE


def test_undecided_ones_only_on_request(here: Path) -> None:
    assert "sqs-encryption" not in render(report(), show_unknown=False, root=here)


def test_nothing_found_is_a_line_in_the_log(here: Path) -> None:
    assert render(Report(), show_unknown=False, root=here) == "wa-iac: No findings, 0 resources in 0 files\n"


def test_an_error_without_a_place_and_what_is_not_at_hand(here: Path) -> None:
    whole = Report(errors=[UsageError("nothing to check"), UnavailableError("the module x is\nnot installed", path="a.tf")])

    assert render(whole, show_unknown=False, root=here).splitlines()[:2] == [
        "::error title=wa-iac%3A file could not be read or checked in full::nothing to check",
        "wa-iac: note: a.tf: the module x is not installed",
    ]


def test_a_finding_of_several_lines_has_no_columns(here: Path) -> None:
    whole = report()
    whole.findings = [replace(whole.findings[3], span=Span("main.tf", 2, 1, 5, 2))]

    assert "::notice file=main.tf,line=2,endLine=5,title=s3-lifecycle%3A low::" in render(whole, show_unknown=False, root=here)


def test_the_remedy_of_an_item_names_the_rule_that_it_is_for(here: Path) -> None:
    """The other findings of the item come before it."""
    volume = 'resource "aws_ebs_volume" "v" {\n  type = "gp2"\n}\n'
    whole = judge(here, volume, "terraform", "ebs-encryption", "ebs-gp3")

    (annotation, *_) = render(whole, show_unknown=False, root=here).splitlines()

    assert "%0AFix of ebs-encryption:%0A" in annotation


def test_no_file_can_command_the_runner(here: Path) -> None:
    whole = Report(
        errors=[
            SourceError("100%\r\n::set-output name=x::y", path="a,b:c%0A::error::x.tf", line=1),
            UnavailableError("x ##[add-mask]e\n::stop-commands::t", path="##[error]"),
        ]
    )

    assert render(whole, show_unknown=False, root=here).splitlines() == [
        "::error file=a%2Cb%3Ac%250A%3A%3Aerror%3A%3Ax.tf,line=1,title=wa-iac%3A file could not be read or checked in full::"
        "100%25\ufffd%0A::set-output name=x::y",
        "wa-iac: note: ## [error]: x ## [add-mask]e ::stop-commands::t",
        "wa-iac: No resource was checked, 0 resources in 0 files, 1 note on unchecked parts, 1 file not read in full, "
        "not everything was checked",
    ]


def test_more_than_github_shows_is_in_the_log_and_it_says_so(here: Path) -> None:
    whole = report()
    whole.errors = []
    whole.findings = [
        replace(whole.findings[3], address=f"aws_s3_bucket.b{line}", span=Span("main.tf", line, 1, line, 2))
        for line in range(1, 12)
    ]
    lines = render(whole, show_unknown=False, root=here).splitlines()

    assert len(lines) == 13
    assert lines[11] == "wa-iac: GitHub shows 10 annotations of each type; all 11 are in this log"
