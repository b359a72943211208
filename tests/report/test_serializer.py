"""sarif-om's objects as JSON data."""

from __future__ import annotations

import json

import pytest
import sarif_om as om

from wa_iac.report.sarif_serializer import default


def test_names_are_those_of_the_standard_and_unset_values_are_left_out() -> None:
    location = om.Location(id=1, physical_location=om.PhysicalLocation(region=om.Region(start_line=3)))

    assert json.loads(json.dumps(location, default=default)) == {"id": 1, "physicalLocation": {"region": {"startLine": 3}}}
    assert default(om.Location()) == {}


def test_a_level_is_written_even_where_it_is_the_default() -> None:
    assert default(om.Result(message=None)) == {"level": "warning"}
    assert default(om.ReportingConfiguration()) == {"level": "warning"}
    assert default(om.Notification(message=None)) == {"level": "warning"}


def test_the_state_of_a_suppression_has_its_final_name() -> None:
    assert default(om.Suppression("inSource", state="accepted")) == {"kind": "inSource", "status": "accepted"}


def test_a_default_made_by_a_factory_is_left_out() -> None:
    assert default(om.Run("tool")) == {"tool": "tool"}


def test_other_objects_are_refused() -> None:
    with pytest.raises(TypeError, match="object is not a SARIF object"):
        default(object())
