"""The graphs of several units, written as one."""

from __future__ import annotations

import json

import pytest

from wa_iac.report.graph import as_json, as_text
from wa_iac.report.graph_document import GraphDocument, GraphEdge, GraphNode, Location, without_written_secrets


def _document(path: str) -> GraphDocument:
    location = Location(path=path, start_line=2, start_column=1, end_line=4, end_column=2)
    return GraphDocument(
        resources=[
            GraphNode(address="a.x", type="a", service="s", properties={"b": {"$ref": "b.x.id"}, "é": None}, location=location),
            GraphNode(address="b.x", type="b", service="s", properties={}, location=location),
        ],
        edges=[GraphEdge(source="a.x", target="b.x", via="b")],
    )


def test_json_is_one_document_in_the_public_schema() -> None:
    written = json.loads(as_json([_document("one.tf"), _document("two.tf")]))

    location = {"path": "one.tf", "start_line": 2, "start_column": 1, "end_line": 4, "end_column": 2}
    assert list(written) == ["schema", "resources", "edges"]
    assert written["schema"] == "wa-iac/graph/1"
    assert written["resources"][:2] == [
        {
            "address": "a.x",
            "type": "a",
            "service": "s",
            "properties": {"b": {"$ref": "b.x.id"}, "é": None},
            "location": location,
        },
        {"address": "b.x", "type": "b", "service": "s", "properties": {}, "location": location},
    ]
    assert [each["location"]["path"] for each in written["resources"]] == ["one.tf", "one.tf", "two.tf", "two.tf"]
    assert written["edges"] == [{"source": "a.x", "target": "b.x", "via": "b"}] * 2


def test_text_keeps_units_with_the_same_addresses_apart() -> None:
    assert as_text([_document("one.tf"), _document("two.tf")]) == (
        "a.x  a  one.tf:2\n  -> b.x (b)\nb.x  b  one.tf:2\n"
        "a.x  a  two.tf:2\n  -> b.x (b)\nb.x  b  two.tf:2\n"
        "4 resources, 2 references\n"
    )


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ({"password": "Lit3ralPw123", "engine": "mysql"}, {"password": "(sensitive)", "engine": "mysql"}),
        (
            {"variables": {"DB_PASSWORD": "0therPw9876", "TABLE": "orders"}},
            {"variables": {"DB_PASSWORD": "(sensitive)", "TABLE": "orders"}},
        ),
        ([{"Name": "API_TOKEN", "Value": "t0kenValue99"}], [{"Name": "API_TOKEN", "Value": "(sensitive)"}]),
        (
            {"name": "/app/x", "type": "SecureString", "value": "x1y2z3"},
            {"name": "/app/x", "type": "SecureString", "value": "(sensitive)"},
        ),
        ({"password": {"$ref": "random_password.p.result"}}, {"password": {"$ref": "random_password.p.result"}}),
    ],
)
def test_secrets_that_the_code_writes_are_left_out(written: object, shown: object) -> None:
    assert without_written_secrets(written) == shown
