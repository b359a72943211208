"""The schema fixture is made from what Terraform prints; types that it lacks keep what is there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from wa_iac.maintenance import schemas
from wa_iac.maintenance.schemas import reduced, write

RAW: dict[str, Any] = {
    "provider_schemas": {
        "registry.terraform.io/hashicorp/aws": {
            "resource_schemas": {
                "aws_shelf": {
                    "block": {
                        "attributes": {
                            "arn": {"type": "string", "computed": True},
                            "id": {"type": "string", "optional": True, "computed": True},
                            "name": {"type": "string", "required": True},
                            "labels": {"type": ["map", "string"], "optional": True},
                            "rows": {"type": ["set", ["list", "number"]], "optional": True},
                            "size": {"type": ["object", {"x": "number"}], "optional": True},
                            "locks": {
                                "nested_type": {
                                    "attributes": {"key": {"type": "string", "required": True}},
                                    "nesting_mode": "list",
                                },
                                "optional": True,
                            },
                        },
                        "block_types": {
                            "door": {"nesting_mode": "list", "max_items": 1, "min_items": 1, "block": {"attributes": {}}},
                            "book": {
                                "nesting_mode": "set",
                                "block": {"attributes": {"title": {"type": "string", "optional": True}}},
                            },
                        },
                    }
                }
            }
        }
    }
}


def test_a_printed_schema_is_reduced_to_names_types_and_blocks() -> None:
    assert reduced(RAW) == {
        "provider": "hashicorp/aws",
        "resources": {
            "aws_shelf": {
                "id": "string",
                "name": "string!",
                "labels": "map(string)",
                "rows": "list(list(number))",
                "size": "any",
                "locks": {"args": {"key": "string!"}, "block": "list"},
                "door": {"args": {}, "block": "single", "required": True},
                "book": {"args": {"title": "string"}, "block": "list"},
            }
        },
    }


def test_types_that_the_schema_lacks_keep_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "terraform_types", lambda: {"aws_shelf", "aws_desk"})
    source, target = tmp_path / "raw.json", tmp_path / "fixture.json"
    source.write_text(json.dumps(RAW), encoding="utf-8")
    before = {"provider": "hashicorp/aws", "version": "6.0.0", "resources": {"aws_desk": {"legs": "number"}, "aws_old": {}}}
    target.write_text(json.dumps(before), encoding="utf-8")

    write(source, target)
    written = json.loads(target.read_text(encoding="utf-8"))

    assert written["version"] == "6.0.0"
    assert sorted(written["resources"]) == ["aws_desk", "aws_shelf"]
    assert written["resources"]["aws_desk"] == {"legs": "number"}


def test_a_type_that_nobody_has_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "terraform_types", lambda: {"aws_shelf", "aws_lamp"})
    source = tmp_path / "raw.json"
    source.write_text(json.dumps(RAW), encoding="utf-8")

    with pytest.raises(ValueError, match="has aws_lamp"):
        write(source, tmp_path / "fixture.json")
