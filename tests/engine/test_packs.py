"""Packs select rules by the controls of a standard, and name the controls that no rule judges."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from wa_iac.core.errors import UncoveredError, UsageError, WaIacError
from wa_iac.engine import packs
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.engine.packs import Pack
from wa_iac.maintenance.packs_page import PACKS, packs_page

PACK = Pack(
    "p",
    "P",
    "config",
    {"S3_BUCKET_VERSIONING_ENABLED": "yes", "NOBODY_JUDGES": "partly", "AT_RUN_TIME": "no"},
    (),
    "2026-11-29",
)


def test_a_pack_has_the_rules_that_name_one_of_its_controls() -> None:
    assert PACK.rules(OURS) == {"S3_BUCKET_VERSIONING_ENABLED": ["s3-versioning"]}


def test_what_has_no_rule_is_listed_by_whether_templates_show_it() -> None:
    assert PACK.without_rule(OURS) == ["NOBODY_JUDGES"]
    assert PACK.at_run_time(OURS) == ["AT_RUN_TIME"]


def test_a_teams_own_rule_counts() -> None:
    own = replace(OURS.load("s3-versioning"), slug="own-rule", equivalents={"config": ("NOBODY_JUDGES",)})

    assert PACK.rules(Catalogue({"own-rule": own}))["NOBODY_JUDGES"] == ["own-rule"]


def test_selecting_a_pack_notes_how_many_of_its_controls_no_rule_judges() -> None:
    notes: list[WaIacError] = []

    slugs = packs.selected(["fsbp"], OURS, notes)

    assert "s3-ssl-requests-only" in slugs
    assert len(set(slugs)) == len(slugs)
    [note] = notes
    assert isinstance(note, UncoveredError)
    assert "wa-iac packs fsbp lists them" in note.message


def test_an_unknown_pack_is_an_error_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match="there is no pack 'fsb'; did you mean 'fsbp'"):
        packs.load("fsb")


@pytest.mark.parametrize("name", packs.names())
def test_each_pack_says_where_it_is_from_and_has_rules(name: str) -> None:
    pack = packs.load(name)

    assert pack.sources
    assert date(2026, 1, 1) <= date.fromisoformat(pack.as_of)
    assert {*pack.controls.values()} <= {"yes", "partly", "no"}
    assert pack.rules(OURS)


def test_each_security_hub_id_of_a_rule_is_a_control_of_the_standard() -> None:
    known = packs.load("fsbp").controls
    named = {name for rule in OURS.all() for name in rule.equivalents.get("security_hub", ())}

    assert sorted(named - known.keys()) == []


def test_the_page_of_packs_is_up_to_date() -> None:
    assert Path(PACKS).read_text(encoding="utf-8") == packs_page(), "stale: run `python -m wa_iac.maintenance docs`"


def test_the_files_hold_nothing_but_what_a_pack_has() -> None:
    folder = Path(packs.__file__).parent.parent / "pillars" / "packs"
    for path in folder.glob("*.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        assert list(content) == ["title", "analyzer", "as_of", "sources", "controls"]
