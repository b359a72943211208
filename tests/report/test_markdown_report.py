"""The report as Markdown: compared whole, and read by GitHub's own parser of Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.markdown import read, written
from helpers.sample_report import report
from wa_iac.core.errors import SourceError, UnavailableError
from wa_iac.core.finding import Finding, Report
from wa_iac.core.rule import Remedy
from wa_iac.core.span import Span
from wa_iac.report.markdown import MAX_BYTES, render

WHOLE = """\
### wa-iac: 3 findings

3 findings (1 critical, 1 high, 1 low), 1 undecided, 1 suppressed, 4 resources in 3 files, 1 file not read in full, \
1 internal error, not everything was checked

| pillar | critical | high | low |
| --- | --- | --- | --- |
| security | 1 | - | - |
| reliability | - | 1 | - |
| sustainability | - | - | 1 |

#### Not checked (2)

- <code>broken.tf:3:7</code>: a closing bracket &#96;}&#96; is missing
- <code>main.tf:2:1</code>: a bug in wa-iac: rule x raised ValueError: 1

To leave out this file: --exclude 'broken.tf', or &#96;exclude&#96; in the settings.

#### Critical (1)

| Where | Rule | Resource | What is wrong |
| --- | --- | --- | --- |
| <code>cfn/queue one.yaml:11</code> | lambda-plaintext-secret | <code>Function</code> | \
DB&#95;PASSWORD is readable for whoever may see the function. |

#### High (1)

| Where | Rule | Resource | What is wrong |
| --- | --- | --- | --- |
| <code>main.tf:4</code> | rds-multi-az | <code>module.db.aws&#95;db&#95;instance.this&#91;0&#93;</code><br>\
<code>module.db.aws&#95;db&#95;instance.this&#91;1&#93;</code><br><code>module.db.aws&#95;db&#95;instance.this&#91;2&#93;</code> | \
The database is lost with its zone: &#96;multi&#95;az&#96; is false in &#91;main&#93;(x). |

#### Low (1)

| Where | Rule | Resource | What is wrong |
| --- | --- | --- | --- |
| <code>main.tf:7</code> | s3-lifecycle | <code>aws&#95;s3&#95;bucket.logs</code> | Old objects are kept. |

#### Undecided (1)

| Where | Rule | Resource | What is wrong |
| --- | --- | --- | --- |
| <code>cfn/queue one.yaml:5</code> | sqs-encryption, undecided (medium) | <code>Queue</code> | \
Cannot be decided: the parameter Key has no default. |

<details><summary>How to fix <code>lambda-plaintext-secret</code> in CloudFormation</summary>

What is wrong, and what follows.

```yaml
SECRET_ARN: !Ref Secret
```

</details>

<details><summary>How to fix <code>rds-multi-az</code> in Terraform</summary>

What is wrong, and what follows.

```hcl
multi_az = true
```

</details>

<details><summary>How to fix <code>s3-lifecycle</code> in Terraform</summary>

What is wrong, and what follows.

```hcl
rule {
  status = "Enabled"
}
```

</details>
"""

SLASH = "\u2215"
HOSTILE = [
    "a | b \\| c \\\\| d",
    "<script>alert(1)</script><img src=x onerror=y>",
    "[click](javascript:x) ![i](https://e.example/i.png) <https://e.example>",
    "see https://e.example/x and www.e.example, or mail me@e.example",
    "`tick ``two``` and ~~~",
    "**bold** _it_ ~~gone~~ $x^2$",
    "line\n\n# heading\n\n- item\n> quote\n| a | b |\n|---|---|",
    "</code></td></table></details>",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "@somebody and #12 and x/y#3",
    "%0A::error::x",
    "\ud800 half, \0 nul, \u202e turned",
]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_errors_then_tables_then_what_mends_them(here: Path) -> None:
    assert render(report(), show_unknown=True, root=here) == WHOLE


def test_undecided_ones_only_on_request(here: Path) -> None:
    assert "sqs-encryption" not in render(report(), show_unknown=False, root=here)


def test_it_is_the_page_that_is_meant(here: Path) -> None:
    page = read(WHOLE)

    assert page.tags.count("table") == 5
    assert page.tags.count("details") == 3
    assert page.tags.count("a") == 0
    assert [each.strip() for each in page.cells if "main.tf" in each] == [
        "main.tf:2:1: a bug in wa-iac: rule x raised ValueError: 1",
        "main.tf:4",
        "main.tf:7",
    ]


def test_nothing_found(here: Path) -> None:
    whole = Report(errors=[UnavailableError("the module x is not installed", path="a.tf", line=1)], resources=2)

    assert render(whole, show_unknown=False, root=here) == (
        "### wa-iac: no findings\n\n"
        "No findings, 2 resources in 0 files, 1 note on unchecked parts\n\n"
        "#### Not available (1)\n\n- <code>a.tf:1</code>: the module x is not installed\n"
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_files_hold_is_text_and_nothing_else(text: str, here: Path) -> None:
    plain = read(render(_one("plain"), show_unknown=False, root=here))
    page = read(render(_one(text), show_unknown=False, root=here))

    assert page.tags == plain.tags
    assert len(page.cells) == len(plain.cells)
    shown = " ".join(written(text).translate({0: 0xFFFD, 0x202E: 0xFFFD}).split())
    assert [each.replace("\u200b", "").strip() for each in page.cells] == [
        f"{shown.replace('/', SLASH)}.tf:1: {shown}",
        "main.tf:7",
        "s3-lifecycle",
        shown,
        shown,
    ]


def _one(text: str) -> Report:
    """One finding and one error that both say `text`; nothing to mend, so that the last cell is the last thing."""
    whole = report()
    finding = whole.findings[3]
    rule = replace(finding.rule, remedy=Remedy(cfn="", tf=""))
    name = text.replace("/", SLASH)  # a name of a file holds no slash
    whole.findings = [replace(finding, rule=rule, message=text, address=text)]
    whole.errors = [SourceError(text, path=f"{name}.tf", line=1)]
    return whole


def test_nobody_is_notified_and_nothing_is_linked(here: Path) -> None:
    text = render(_one("@somebody, #12, https://e.example"), show_unknown=False, root=here)

    for each in ("@somebody", "#12", "https://"):
        assert each not in text


def test_a_remedy_stays_in_its_fence(here: Path) -> None:
    whole = report()
    rule = replace(whole.findings[3].rule, remedy=Remedy(cfn="", tf="x\n````\n<b>\n```"))
    whole.findings = [replace(whole.findings[3], rule=rule)]

    assert "b" not in read(render(whole, show_unknown=False, root=here)).tags


def _many(finding: Finding, number: int) -> Iterator[Finding]:
    return (
        replace(
            finding,
            address=f"aws_s3_bucket.b{index:05}",
            span=Span("main.tf", index + 1, 1, index + 1, 2),
            message=f"{index} {finding.message}",
            fingerprint=str(index),
        )
        for index in range(number)
    )


@pytest.mark.parametrize("errors", [0, 5_000])
def test_it_is_never_larger_than_a_comment_and_says_what_is_left_out(errors: int, here: Path) -> None:
    whole = report()
    whole.findings = [*_many(replace(whole.findings[3], message="é|" * 400), 25_001), whole.findings[0]]
    whole.errors = [SourceError("🙂" * 600, path="a.tf", line=index) for index in range(1, errors + 1)]
    text = render(whole, show_unknown=False, root=here)
    page = read(text)

    assert MAX_BYTES * 0.8 < len(text.encode()) <= MAX_BYTES
    of_pillars = text.count("\n| security |") + text.count("\n| sustainability |")
    rows = page.tags.count("tr") - page.tags.count("table") - of_pillars
    assert f"\n{25_002 - rows:,} more findings do not fit here: see the report in another format.\n" in text
    assert "lambda-plaintext-secret" in text
    assert text.startswith("### wa-iac: 25,002 findings\n")
    if errors:
        shown = sum(each.startswith("a.tf:") for each in page.cells)
        assert shown > 5
        assert f"- and {errors - shown:,} more\n" in text
