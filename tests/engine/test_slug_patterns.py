"""Patterns of slugs select, ignore and grade rules; a pattern never names nothing in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.errors import UsageError
from wa_iac.core.rule import Severity
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.selection import Selection
from wa_iac.engine.settings import Settings, SuppressionPolicy
from wa_iac.engine.slug_patterns import value_for
from wa_iac.settings.file import load


def test_a_pattern_selects_the_rules_of_the_profile_that_it_names() -> None:
    slugs = Selection(select=("s3-*",)).slugs()
    assert "s3-versioning" in slugs
    assert all(slug.startswith("s3-") for slug in slugs)
    assert not any(map(OURS.on_request, slugs))
    assert any(map(OURS.on_request, Selection(select=("*",), profile="all").slugs()))


def test_a_pattern_ignores_the_rules_that_it_names() -> None:
    slugs = Selection(ignore=("s3-*", "kms-key-rotatio?")).slugs()
    assert not any(slug.startswith("s3-") for slug in slugs)
    assert "kms-key-rotation" not in slugs
    assert "sqs-encryption" in slugs


@pytest.mark.parametrize(
    "selection", [Selection(select=("s33-*",)), Selection(ignore=("*-nothing",)), Selection(select=("s3-[a-z]*",))]
)
def test_a_pattern_that_names_no_rule_is_a_mistake(selection: Selection) -> None:
    with pytest.raises(UsageError, match="no rule matches"):
        selection.slugs()


def test_a_pattern_for_rules_outside_of_the_profile_says_so() -> None:
    only = next(slug for slug in OURS if OURS.on_request(slug))
    with pytest.raises(UsageError, match="--profile all"):
        Selection(select=(f"{only[:-1]}?",)).slugs()
    assert only in Selection(select=(only,)).slugs()


def test_a_slug_wins_over_a_pattern_and_a_later_pattern_over_an_earlier_one() -> None:
    table = {"s3-*": 1, "s3-versioning": 2, "*": 3}
    assert value_for("s3-versioning", table) == 2
    assert value_for("s3-lifecycle", table) == 3
    assert value_for("sqs-encryption", {"s3-*": 1}) is None


def test_settings_know_patterns(tmp_path: Path) -> None:
    file = tmp_path / "wa-iac.toml"
    file.write_text(
        'ignore = ["lambda-*"]\n[severity]\n"s3-*" = "low"\n[[overrides]]\npaths = ["old/**"]\nignore = ["s3-*"]\n'
        '[suppressions]\nallow = ["s3-*"]\n'
    )
    config = load(file)
    assert not any(slug.startswith("lambda-") for slug in config.selection.slugs())
    assert config.settings.leaves_out("s3-versioning", str(tmp_path / "old" / "main.tf"))
    assert not config.settings.leaves_out("s3-versioning", str(tmp_path / "new" / "main.tf"))
    assert value_for("s3-versioning", config.settings.severity) is Severity.LOW
    assert config.settings.suppressions.allows("s3-versioning")
    assert not SuppressionPolicy(allowed=frozenset({"s3-*"})).allows("sqs-encryption")


def test_a_pattern_in_the_settings_that_names_no_rule_is_a_mistake_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "wa-iac.toml"
    file.write_text('fail-on = "low"\nignore = ["s33-*"]\n')
    with pytest.raises(UsageError, match="no rule matches 's33-\\*'") as caught:
        load(file)
    assert caught.value.line == 2


def test_settings_of_a_tree_count_each_rule_that_a_pattern_makes_milder(tmp_path: Path) -> None:
    file = tmp_path / "wa-iac.toml"
    file.write_text('[severity]\n"s3-*" = "low"\n')
    trace = load(file, within=tmp_path).settings.trace
    assert trace is not None
    milder = [slug for slug in OURS if slug.startswith("s3-") and OURS.load(slug).severity is not Severity.LOW]
    assert trace.lowered == len(milder) > 1


def test_the_command_line_leaves_out_files_by_patterns_relative_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings().excluding(["old", "../elsewhere/*.tf", str(tmp_path / "one.yaml")])
    assert settings.excludes(Path("old/main.tf"))
    assert settings.excludes(tmp_path.parent / "elsewhere" / "main.tf")
    assert settings.excludes(Path("one.yaml"))
    assert not settings.excludes(Path("new/main.tf"))
    assert not settings.excludes(tmp_path.parent / "elsewhere" / "deeper" / "main.tf")
