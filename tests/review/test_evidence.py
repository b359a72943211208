"""What code shows for and against a best practice: its standing follows from the verdicts, and each statement has a place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.cli import run
from helpers.paths import PROJECT
from helpers.reviews import Reviewed, practices
from wa_iac.engine.catalogue import OURS

ENCRYPTED = (
    'resource "aws_ebs_volume" "{name}" {{\n  availability_zone = "eu-west-1a"\n  size = 10\n  encrypted = {value}\n}}\n'
)
AT_REST = "SEC08-BP02"
STANDINGS = [
    pytest.param("true", "", "holds", id="passes"),
    pytest.param("false", "", "fails", id="a finding"),
    pytest.param("var.on", 'variable "on" {}\n', "open", id="undecided"),
    pytest.param("false # wa-iac: ignore[ebs-encryption] scratch", "", "open", id="accepted"),
]


@pytest.mark.parametrize(("value", "more", "standing"), STANDINGS)
def test_the_verdicts_on_a_resource_decide_how_a_practice_stands(
    reviewed: Reviewed, value: str, more: str, standing: str
) -> None:
    review = reviewed(more + ENCRYPTED.format(name="v", value=value))

    assert practices(review)[AT_REST]["standing"] == standing


def test_one_finding_outweighs_all_passes_and_both_are_listed(reviewed: Reviewed) -> None:
    review = reviewed(ENCRYPTED.format(name="good", value="true") + ENCRYPTED.format(name="bad", value="false"))

    practice = practices(review)[AT_REST]
    told = [(each["verdict"], [(place["address"], place["line"]) for place in each["places"]]) for each in practice["evidence"]]
    assert practice["standing"] == "fails"
    assert told == [("fail", [("aws_ebs_volume.bad", 9)]), ("pass", [("aws_ebs_volume.good", 1)])]


def test_an_undecided_practice_says_what_would_settle_it(reviewed: Reviewed) -> None:
    review = reviewed('variable "on" {}\n' + ENCRYPTED.format(name="v", value="var.on"))

    (cause,) = practices(review)[AT_REST]["settle"]
    assert (cause["name"], cause["path"], cause["line"]) == ("var.on", "main.tf", 1)
    assert cause["settle"]


def test_an_accepted_finding_keeps_its_reason(reviewed: Reviewed) -> None:
    review = reviewed(ENCRYPTED.format(name="v", value="false # wa-iac: ignore[ebs-encryption] scratch"))

    (evidence,) = practices(review)[AT_REST]["evidence"]
    assert evidence["verdict"] == "accepted"
    assert evidence["text"].endswith("Accepted: scratch.")


def test_advice_leaves_a_practice_open_and_the_profile_all_decides_it(reviewed: Reviewed) -> None:
    module = 'resource "aws_ecs_cluster" "c" {\n  name = "c"\n}\n'

    by_default, by_all = (practices(reviewed(module, *more))["OPS04-BP02"] for more in ((), ("--profile", "all")))

    assert (by_default["standing"], by_default["evidence"][0]["verdict"]) == ("open", "advice")
    assert by_default["evidence"][0]["places"] == by_all["evidence"][0]["places"]
    assert by_default["evidence"][0]["text"] == by_all["evidence"][0]["text"]
    assert (by_all["standing"], by_all["evidence"][0]["verdict"]) == ("fails", "fail")


def test_a_practice_without_resources_and_one_for_people_are_told_apart(reviewed: Reviewed) -> None:
    found = practices(reviewed(ENCRYPTED.format(name="v", value="true")))

    assert found["REL10-BP01"]["standing"] == "nothing"
    assert found["REL10-BP01"]["why_nothing"] == "None of its rules applies to a resource here."
    assert found["OPS01-BP01"]["standing"] == "person"
    assert found["OPS01-BP01"]["person"] == "a person judges it: organizational"


def test_a_template_that_lacks_the_subject_is_no_evidence(reviewed: Reviewed) -> None:
    """A rule on whole units passes one without any network to the premises."""
    practice = practices(reviewed(ENCRYPTED.format(name="v", value="true")))["REL02-BP02"]

    assert (practice["standing"], practice["evidence"]) == ("nothing", [])


def test_a_pillar_counts_each_practice_once(reviewed: Reviewed) -> None:
    review = reviewed(ENCRYPTED.format(name="v", value="false"))

    for pillar in review["pillars"]:
        counted = dict(pillar["practices"])
        judged = counted.pop("judged")
        assert sum(counted.values()) == sum(len(question["best_practices"]) for question in pillar["questions"])
        assert judged == counted["fails"] + counted["open"] + counted["holds"]


def test_environments_stand_side_by_side(reviewed: Reviewed, tmp_path: Path) -> None:
    (tmp_path / "dev.tfvars").write_text("on = false\n", encoding="utf-8")
    (tmp_path / "prod.tfvars").write_text("on = true\n", encoding="utf-8")

    review = reviewed(
        'variable "on" {}\n' + ENCRYPTED.format(name="v", value="var.on"),
        *("--environment", "dev=dev.tfvars", "--environment", "prod=prod.tfvars"),
    )

    assert review["environments"] == ["dev", "prod"]
    assert practices(review)[AT_REST]["environments"] == {"dev": "fails", "prod": "holds"}


def _of_both_dialects(slug: str) -> bool:
    types = OURS.load(slug).types
    return any("::" in each for each in types) and any("::" not in each for each in types)


def _said(document: dict[str, Any]) -> dict[str, set[tuple[str, str]]]:
    """What a review says by rules that both dialects have, apart from places."""
    return {
        identifier: {(each["verdict"], each["rule"]) for each in practice["evidence"] if _of_both_dialects(each["rule"])}
        for identifier, practice in practices(document).items()
    }


@pytest.mark.parametrize("twin", ["well-built", "badly-built"])
def test_both_dialects_of_one_architecture_get_the_same_statements(twin: str) -> None:
    said = {}
    for dialect in ("cloudformation", "terraform"):
        done = run(PROJECT, "review", f"fixtures/twins/{twin}/{dialect}", "--format", "json")
        said[dialect] = _said(json.loads(done.stdout))

    assert said["cloudformation"] == said["terraform"]


def test_each_piece_of_evidence_opens_the_line_of_its_resource() -> None:
    done = run(PROJECT, "review", "fixtures/twins/well-built/terraform", "--format", "json")

    text = (PROJECT / "fixtures/twins/well-built/terraform/main.tf").read_text(encoding="utf-8").splitlines()
    passes = [
        place
        for practice in practices(json.loads(done.stdout)).values()
        for each in practice["evidence"]
        if each["verdict"] == "pass"
        for place in each["places"]
        if place["address"]
    ]
    assert passes
    for place in passes:
        kind, _, name = place["address"].partition("[")[0].rpartition(".")
        assert text[place["line"] - 1].startswith(f'resource "{kind}" "{name}"' if kind else name)


def test_files_that_cannot_be_read_are_said_and_change_the_exit_code(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(ENCRYPTED.format(name="v", value="true"), encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "main.tf").write_text("resource {", encoding="utf-8")

    done = run(tmp_path, "review")

    assert done.returncode == 2
    assert "Not everything could be read: 1 error in 1 file." in done.stdout
    assert "broken/main.tf" in done.stderr


def test_a_question_begins_with_what_is_judged_the_highest_risk_first(reviewed: Reviewed) -> None:
    review = reviewed(ENCRYPTED.format(name="v", value="false"))

    risks = ["high", "medium", "low"]
    for pillar in review["pillars"]:
        for question in pillar["questions"]:
            ranks = [
                (each["standing"] in ("nothing", "person"), risks.index(each["risk"])) for each in question["best_practices"]
            ]
            assert ranks == sorted(ranks)


def test_a_path_that_is_not_there_is_an_error_and_no_review(tmp_path: Path) -> None:
    done = run(tmp_path, "review", "nowhere.yaml")

    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.yaml" in done.stderr
