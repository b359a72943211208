"""The map of packages in the architecture document is what the packages say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.maintenance.package_map import PLACE, package_map

ROOT = Path(__file__).parents[1]


def test_the_map_is_current() -> None:
    document = (ROOT / PLACE.document).read_text(encoding="utf-8")

    assert PLACE.within(document, package_map()) == document, "run: python -m wa_iac.maintenance docs"


def test_each_package_is_on_it_with_its_modules() -> None:
    listed = package_map()

    assert "| `core` |" in listed
    assert "`graph`" in listed
    assert "| `parsers.terraform.plan` |" in listed
    assert "cloudtrail_enabled" not in listed


def test_a_document_without_a_place_for_the_map_is_refused() -> None:
    with pytest.raises(ValueError, match="has no place for this part"):
        PLACE.within("# Architecture\n", package_map())
