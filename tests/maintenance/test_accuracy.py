"""Findings are drawn so that each rule and each repository has its turn, and the outcome of reading them is counted."""

from pathlib import Path

import pytest

from wa_iac.maintenance.accuracy import PLACE, Row, draw, interval, outcome, published, rows, sheet, weighted

QUEUE = '  Q%d: {Type: "AWS::SQS::Queue", Properties: {SqsManagedSseEnabled: false}}\n'
TOPIC = '  T: {Type: "AWS::CloudTrail::Trail", Properties: {IsLogging: true, S3BucketName: logs}}\n'


def row(worth: str, rule: str = "a-rule", total: int = 1) -> Row:
    return Row("r", "a.tf:1", rule, "high", total, worth, "so")  # type: ignore[arg-type]  # one of the answers


@pytest.fixture
def repositories(tmp_path: Path) -> list[Path]:
    """Two repositories: one with many faults of one rule, one with the same fault once."""
    for name, text in (("many", "".join(QUEUE % number for number in range(5)) + TOPIC), ("few", QUEUE % 0)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stack.yaml").write_text(f"Resources:\n{text}", encoding="utf-8")
    return [tmp_path / "many", tmp_path / "few"]


def test_each_rule_is_drawn_once_before_one_is_drawn_twice(repositories: list[Path]) -> None:
    found = [each.finding.rule.slug for each in draw(repositories, 100, seed=7)]

    different = len(set(found))
    assert different > 2
    assert len(set(found[:different])) == different


def test_of_a_rule_the_repository_with_fewer_draws_comes_first(repositories: list[Path]) -> None:
    queues = [each for each in draw(repositories, 100, seed=7) if each.finding.rule.slug == "sqs-encryption"]

    assert {each.repository for each in queues[:2]} == {"many", "few"}
    assert {each.total for each in queues} == {6}
    assert {each.place for each in queues if each.repository == "few"} == {"stack.yaml:2"}


def test_the_same_seed_draws_the_same(repositories: list[Path]) -> None:
    assert sheet(draw(repositories, 6, seed=3)) == sheet(draw(repositories, 6, seed=3))


def test_a_sheet_is_read_back_when_it_is_filled_in(repositories: list[Path]) -> None:
    empty = sheet(draw(repositories, 1, seed=1))

    with pytest.raises(ValueError, match="needs one of yes, shrug, wrong, and a reason"):
        rows(empty)
    header, line = empty.splitlines()[:2]
    assert [each.worth for each in rows(f"{header}\n{line.replace(',,,', ',shrug,a test,', 1)}")] == ["shrug"]


def test_the_share_of_a_frequent_rule_weighs_more() -> None:
    read = [row("wrong", "frequent", total=99), row("yes", "rare")]

    assert weighted(read, "wrong") == pytest.approx(0.99)


def test_an_interval_stays_between_nothing_and_all() -> None:
    low, high = interval(0, 150)
    assert (low, round(high, 3)) == (0.0, 0.025)
    assert interval(150, 150)[1] == 1.0


def test_the_outcome_names_the_rules_that_were_not_always_worth_it() -> None:
    text = outcome([row("yes"), row("yes", "good"), row("wrong")])

    assert "| `a-rule` | 2 | 0 | 1 |" in text
    assert "good" not in text


def test_the_published_outcome_is_that_of_the_published_table() -> None:
    document = PLACE.document.read_text(encoding="utf-8")

    assert document == PLACE.within(document, published())
