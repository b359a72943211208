"""The life of slugs: earlier names, deprecated rules and rules in preview."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.sample_report import LIFECYCLE
from wa_iac.core.lifecycle import Lifecycle
from wa_iac.core.rule import Rule
from wa_iac.engine import baseline
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.report.sarif_rules import descriptor
from wa_iac.settings.file import load

BUCKET = 'resource "aws_s3_bucket" "a" {}\n'
VERSIONING = OURS.load("s3-versioning")


def catalogue(**life: object) -> Catalogue:
    """Ours, with a team's rule `team-versioning` that has a life."""
    rule: Rule = replace(VERSIONING, slug="team-versioning", life=Lifecycle(**life))  # type: ignore[arg-type]
    return Catalogue({rule.slug: rule})


RENAMED = catalogue(renamed_from=("team-versions",))


def test_an_earlier_name_is_the_rules(tmp_path: Path) -> None:
    assert RENAMED.knows("team-versions")
    assert RENAMED.load("team-versions").slug == "team-versioning"
    assert RENAMED.note("team-versions") == "the rule 'team-versions' is now called 'team-versioning': write the new name"
    assert RENAMED.note("team-versioning") == ""


def test_a_suppression_with_an_earlier_name_holds_and_a_note_names_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text("# wa-iac: ignore[team-versions] scratch\n" + BUCKET, encoding="utf-8")
    report = check([tmp_path], Selection(select=("team-versioning", "suppression-unknown-rule"), catalogue=RENAMED))

    assert [each.suppressed is not None for each in report.findings] == [True]
    assert [(each.line, each.message) for each in report.errors] == [
        (1, "the rule 'team-versions' is now called 'team-versioning': write the new name")
    ]
    assert report.exit_code() == 0


def test_settings_with_an_earlier_name_hold_and_a_note_names_the_new_one(tmp_path: Path) -> None:
    file = tmp_path / "wa-iac.toml"
    file.write_text('ignore = ["team-versions"]\n[severity]\nteam-versions = "low"\n', encoding="utf-8")
    config = load(file, RENAMED)

    assert config.ignore == ("team-versioning",)
    assert list(config.settings.severity) == ["team-versioning"]
    assert ["team-versioning" in each.message for each in config.notes] == [True]


def test_a_baseline_with_an_earlier_name_holds_and_a_note_names_the_new_one(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(BUCKET, encoding="utf-8")
    selection = Selection(select=("team-versioning",), catalogue=RENAMED)
    file = tmp_path / "known.json"
    known = [each.known for each in baseline.standing(check([tmp_path], selection), tmp_path)]
    baseline.save(file, [each._replace(rule="team-versions") for each in known])
    report = check([tmp_path], selection)
    baseline.apply(report, file, RENAMED)

    assert [each.suppressed is not None for each in report.findings] == [True]
    assert ["team-versioning" in each.message for each in report.errors] == [True]


def test_a_rule_in_preview_runs_only_on_request() -> None:
    preview = catalogue(preview=True)

    assert "team-versioning" not in Selection(catalogue=preview).slugs()
    assert "team-versioning" in Selection(catalogue=preview, profile="all").slugs()
    assert "team-versioning" in Selection(catalogue=preview, select=("team-versioning",)).slugs()


def test_a_deprecated_rule_says_what_to_use_instead() -> None:
    assert catalogue(deprecated="Use s3-versioning.").note("team-versioning") == (
        "the rule 'team-versioning' is deprecated: Use s3-versioning."
    )


def test_sarif_has_earlier_names() -> None:
    assert descriptor(replace(LIFECYCLE, life=Lifecycle(renamed_from=("s3-life",)))).deprecated_names == ["s3-life"]
