"""The generated indices are what the generator writes."""

from __future__ import annotations

from wa_iac.maintenance.index import AWS, PILLAR_FOLDERS, equivalents_source, practices_source, rules_source, services_source

STALE = "stale: run `python -m wa_iac.maintenance index`"


def test_the_index_of_services_is_fresh() -> None:
    assert (AWS / "_index.py").read_text(encoding="utf-8") == services_source(), STALE


def test_the_index_of_rules_is_fresh() -> None:
    assert (PILLAR_FOLDERS / "_index.py").read_text(encoding="utf-8") == rules_source(), STALE


def test_the_index_of_practices_is_fresh() -> None:
    assert (PILLAR_FOLDERS / "_practices.py").read_text(encoding="utf-8") == practices_source(), STALE


def test_the_index_of_equivalents_is_fresh() -> None:
    assert (PILLAR_FOLDERS / "_equivalents.py").read_text(encoding="utf-8") == equivalents_source(), STALE
