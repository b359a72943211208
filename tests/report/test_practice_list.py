"""The framework's best practices, each with the rules that serve it or with what a person has to judge."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.sample_report import ENCRYPTION, MULTI_AZ
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.suppressions.rules import SUPPRESSION_RULES
from wa_iac.maintenance.practices_page import PRACTICES, practices_page
from wa_iac.report.practice_list import Served, as_json, as_text, of_rules, served, totals

FIRST = replace(MULTI_AZ, slug="a-first", practices=("REL10-BP01",))
SECOND = replace(ENCRYPTION, slug="a-second", practices=("SEC08-BP02", "REL10-BP01"))


def one(identifier: str, *rules: str) -> Served:
    chosen = [each for each in (SECOND, FIRST) if each.slug in rules]
    return next(each for each in served(of_rules(chosen)) if each.id == identifier)


def test_a_practice_has_the_rules_that_serve_it_the_closest_first() -> None:
    assert one("REL10-BP01", "a-first", "a-second").rules == ("a-first", "a-second")


@pytest.mark.parametrize(
    ("identifier", "rules", "said"),
    [
        ("REL10-BP01", ("a-first",), ""),
        ("OPS01-BP01", (), "a person judges it: organizational"),
        (
            "REL01-BP05",
            (),
            "no rule judges it; templates could show Terraform's aws_servicequotas_service_quota; "
            "AWS::Events::Rule on Trusted Advisor/quota events",
        ),
    ],
)
def test_it_says_what_needs_a_person(identifier: str, rules: tuple[str, ...], said: str) -> None:
    assert one(identifier, *rules).by_person == said


def test_a_practice_that_templates_show_in_part_leaves_the_rest_to_a_person() -> None:
    shown_in_part = replace(FIRST, practices=("REL11-BP05",))

    found = next(each for each in served(of_rules([shown_in_part])) if each.id == "REL11-BP05")

    assert found.by_person == "in part; a person judges the rest"


def test_every_practice_of_the_framework_is_listed_in_text_and_json() -> None:
    practices = served(of_rules([FIRST]))
    text = as_text(practices, {FIRST.slug: FIRST.title})

    assert len(practices) == 307
    assert [each.id for each in practices if f"    {each.id} " not in text] == []
    assert (
        "    REL10-BP01 Deploy the workload to multiple locations (high risk)\n      a-first  Database lives in one zone\n"
        in text
    )
    entry = next(each for each in json.loads(as_json(practices)) if each["id"] == "REL10-BP01")
    assert (entry["question"], entry["risk"], entry["templates"], entry["rules"]) == ("REL10", "high", "yes", ["a-first"])


def test_the_totals_count_what_templates_show() -> None:
    assert totals(served(of_rules([FIRST]))) == (
        "Rules serve 1 of the 63 best practices that templates show, and 0 of the 143 that they show in part. "
        "A person judges the other 101."
    )


def test_the_page_of_the_framework_is_up_to_date() -> None:
    assert Path(PRACTICES).read_text(encoding="utf-8") == practices_page(), "stale: run `python -m wa_iac.maintenance docs`"


def test_a_practice_that_no_template_shows_has_no_rule() -> None:
    """Such a rule would be no evidence in a review. Our rules on suppressions are about exceptions, which are written in templates."""
    far = {
        each.id: [slug for slug in each.rules if slug not in SUPPRESSION_RULES]
        for each in served(of_rules(OURS.all()))
        if each.templates == "no"
    }

    assert {identifier: slugs for identifier, slugs in far.items() if slugs} == {}
