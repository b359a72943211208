"""A crash while a module or a plan is read costs that module or plan, and is told; the others are read as ever."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.scans import scan
from helpers.terraform import Read, ReadOne
from wa_iac.core.errors import InternalError
from wa_iac.parsers.terraform.modules import configuration, module
from wa_iac.parsers.terraform.plan import read as plan_reading

_BUCKET = 'resource "aws_s3_bucket" "b" {\n}\n'


def test_a_crash_in_one_module_leaves_the_others(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    before = module.Module.output

    def crash(self: module.Module, name: str) -> object:
        if name == "crash":
            raise ZeroDivisionError
        return before(self, name)

    monkeypatch.setattr(module.Module, "output", crash)
    bad, good = read({"a/main.tf": _BUCKET + 'output "crash" {\n  value = 1\n}\n', "b/main.tf": _BUCKET})
    assert [type(each) for each in bad.errors] == [InternalError]
    assert [each.address for each in bad.declared] == ["aws_s3_bucket.b"], "what was read before the crash is judged"
    assert bad.sources.keys() == {"a/main.tf"}
    assert good.errors == []
    assert [each.address for each in good.declared] == ["aws_s3_bucket.b"]


def test_a_crash_in_one_file_leaves_the_rest_of_its_module(unit: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    before = configuration._reader

    def crash(path: str, source: bytes) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(configuration, "_reader", lambda name: crash if name == "crash.tf" else before(name))
    found = unit({"crash.tf": "locals {}\n", "main.tf": _BUCKET})
    assert [(type(each), each.path) for each in found.errors] == [(InternalError, "crash.tf")]
    assert [each.address for each in found.declared] == ["aws_s3_bucket.b"]


def test_a_crash_in_a_plan_is_an_error_of_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = tmp_path / "plan.json"
    data = json.dumps({"format_version": "1.2", "planned_values": {"root_module": {}}}).encode()

    def crash(self: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(plan_reading._Reader, "declared", crash)
    read = plan_reading.read_plan(plan, data, scan(tmp_path))
    assert read is not None
    assert [(type(each), each.path) for each in read.unit.errors] == [(InternalError, "plan.json")]
