"""The marks on a page's examples: what they ask for, and what is said of one that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.engine.custom_rules import catalogue
from wa_iac.engine.custom_rules.examples import examples
from wa_iac.engine.custom_rules.pages import wrong

RULE = """\
page: |
  # Queue keeps messages for less than a day

  ## Non-compliant

  ```yaml
  Resources:
    Orders:
      Type: AWS::SQS::Queue
      Properties:
        MessageRetentionPeriod: 60 {finding}
  ```

  ## Compliant

  ```yaml
  Resources:
    Orders:
      Type: AWS::SQS::Queue
      Properties:
        MessageRetentionPeriod: 86400
  ```

  ## Undecided

  ```yaml
  Parameters:
    Seconds:
      Type: Number
  Resources:
    Orders:
      Type: AWS::SQS::Queue
      Properties:
        MessageRetentionPeriod: !Ref Seconds {undecided}
  ```
severity: low
resource: {{cloudformation: AWS::SQS::Queue}}
value: {{cloudformation: MessageRetentionPeriod}}
condition: {{at-least: 86400}}
practices: [REL04-BP01]
message: Messages are lost over a weekend.
remedy: {{cloudformation: "MessageRetentionPeriod: 1209600"}}
"""


def said(folder: Path, finding: str, undecided: str) -> list[str]:
    path = folder / "reliability" / "sqs_retention.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(RULE.format(finding=finding, undecided=undecided), encoding="utf-8")
    found = catalogue([folder], user=False)
    return wrong(found.load("sqs-retention"), found)


@pytest.mark.parametrize("finding", ["# finding", "# finding: lost over a weekend"])
def test_a_page_with_right_marks(tmp_path: Path, finding: str) -> None:
    assert said(tmp_path, finding, '# undecided: parameter "Seconds" has no default') == []


def test_a_finding_without_the_words(tmp_path: Path) -> None:
    assert said(tmp_path, "# finding: lost tomorrow", '# undecided: "Seconds"') == [
        "the example at line 6 of the page: line 5 is reported without the words 'lost tomorrow': Messages are lost over a weekend."
    ]


def test_an_undecided_result_of_another_value(tmp_path: Path) -> None:
    (mistake,) = said(tmp_path, "# finding", '# undecided: parameter "Minutes"')

    assert mistake.startswith(
        "the example at line 26 of the page: line 8 is undecided without the words 'parameter \"Minutes\"': Cannot be decided:"
    )


def test_an_undecided_result_whose_mark_names_nothing(tmp_path: Path) -> None:
    assert said(tmp_path, "# finding", "# undecided") == [
        "the example at line 26 of the page marks line 8 with '# undecided', without words that name the value"
    ]


def test_an_undecided_result_without_a_mark(tmp_path: Path) -> None:
    first, second = said(tmp_path, "# finding", "")

    assert first == "the example at line 26 of the page is undecided, but marks no line with '# undecided: ...'"
    assert second.startswith("the example at line 26 of the page: line 8 is undecided: Cannot be decided:")


def test_a_mark_for_a_result_that_is_another(tmp_path: Path) -> None:
    mistakes = said(tmp_path, "# not applicable", '# undecided: "Seconds"')

    assert mistakes == [
        "the example at line 6 of the page is non-compliant, but marks no line with '# finding'",
        "the example at line 6 of the page: line 5 is marked, but the rule applies to it",
        "the example at line 6 of the page: line 5 is reported, but not marked: Messages are lost over a weekend.",
    ]


def test_the_marks_of_an_example() -> None:
    page = "## Not applicable\n```yaml\nA: # not applicable: a daemon\nB: x # finding\nC: y # undecided: z\nD: no mark # findings\n```\n"
    (example,) = examples(page, ("not applicable",))

    assert [tuple(mark) for mark in example.marks()] == [
        (1, "not-applicable", "a daemon"),
        (2, "fail", ""),
        (3, "unknown", "z"),
    ]
