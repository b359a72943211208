"""Packs as lists for people and programs."""

from __future__ import annotations

import json

from wa_iac.report.packs import Listed, as_json, as_list, as_text

PACK = Listed("p", "A standard", "2026-11-29", {"A.1": ["a-rule", "b-rule"], "A.10": ["a-rule"]}, ["B.1"], ["C.1", "C.2"])


def test_the_list_counts_rules_and_controls() -> None:
    assert as_list([PACK]) == (
        "  p  A standard: 2 rules for 2 of 5 controls; 1 have no rule, 2 are known only at run time\n"
        "\n"
        "wa-iac packs NAME shows one; wa-iac check --pack NAME runs its rules\n"
    )


def test_a_pack_shows_each_control_with_its_rules_or_without() -> None:
    assert as_text(PACK) == (
        "A standard (p), as of 2026-11-29\n"
        "\n"
        "  A.1   a-rule, b-rule\n"
        "  A.10  a-rule\n"
        "\n"
        "No rule judges these:\n"
        "  B.1\n"
        "\n"
        "No template shows these; they are known only at run time:\n"
        "  C.1\n"
        "  C.2\n"
        "\n"
        "2 rules for 2 of 5 controls; 1 have no rule, 2 are known only at run time\n"
    )


def test_json_has_the_public_names() -> None:
    assert json.loads(as_json([PACK])) == [
        {
            "name": "p",
            "title": "A standard",
            "as_of": "2026-11-29",
            "rules": {"A.1": ["a-rule", "b-rule"], "A.10": ["a-rule"]},
            "without_rule": ["B.1"],
            "at_run_time": ["C.1", "C.2"],
        }
    ]
