"""Plans that are none, are broken, or are beyond the bounds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.plans import database
from wa_iac.core.errors import InternalError
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection


class TestBadInput:
    def errors(self, path: Path) -> list[tuple[int | None, str]]:
        report = check([path], Selection())
        assert report.exit_code() == 2
        assert {each.path for each in report.errors} == {str(path)}
        return [(each.line, each.message) for each in report.errors]

    def test_cut_off(self, tmp_path: Path) -> None:
        path = database(multi_az=False).write(tmp_path)
        path.write_text(path.read_text()[:600])

        [(line, message)] = self.errors(path)
        assert message.startswith("the plan is broken or cut off: ")
        assert line == len(path.read_text().splitlines())

    def test_cut_off_in_a_directory(self, tmp_path: Path) -> None:
        path = database(multi_az=False).write(tmp_path)
        path.write_text(path.read_text()[:600])

        assert check([tmp_path], Selection()).exit_code() == 2

    @pytest.mark.parametrize(
        ("section", "content", "message"),
        [
            ("planned_values", [], "planned_values is not an object: wa-iac cannot read this plan"),
            ("resource_changes", {}, "resource_changes is not a list: wa-iac cannot read this plan"),
            ("configuration", "x", "configuration is not an object: wa-iac cannot read this plan"),
            ("planned_values", {"root_module": {"resources": [{}]}}, "a resource of the plan has no address, type or name"),
            ("format_version", "2.0", "the plan's format_version is 2.0: only 0.x and 1.x are known"),
            ("errored", True, "Terraform met errors in this plan and did not finish it"),
        ],
    )
    def test_a_section_of_another_type(self, section: str, content: Any, message: str, tmp_path: Path) -> None:
        plan = database(multi_az=False)
        plan.extra[section] = content
        path = plan.write(tmp_path)

        [(line, said)] = self.errors(path)
        assert said == message
        assert line is not None
        assert line > 1

    @pytest.mark.parametrize("value", [[], "x", 1, None, True])
    @pytest.mark.parametrize(
        "key", ["root_module", "resources", "child_modules", "values", "change", "expressions", "after_unknown"]
    )
    def test_nonsense_inside_is_no_crash(self, key: str, value: Any, tmp_path: Path) -> None:
        content = json.loads(database(multi_az=False).write(tmp_path).read_text())
        path = tmp_path / "plan.json"
        path.write_text(json.dumps(_replaced(content, key, value)))

        report = check([path], Selection())

        assert not report.crashed

    def test_binary_plans_and_states_are_named(self, tmp_path: Path) -> None:
        binary = tmp_path / "tfplan"
        binary.write_bytes(b"PK\x03\x04\x14\0tfplan\0\0")
        state = tmp_path / "terraform.tfstate"
        state.write_text('{"version": 4, "terraform_version": "1.9.8", "resources": []}')

        assert [message for _, message in self.errors(binary)] == [
            "this is a plan in Terraform's binary format: check the output of `terraform show -json PLAN`"
        ]
        assert [message for _, message in self.errors(state)] == [
            "this is a Terraform state, not a plan: check the output of `terraform show -json PLAN`"
        ]

    def test_other_json_is_passed_over(self, tmp_path: Path) -> None:
        for name, text in {
            "package.json": '{"name": "x", "format_version": "1.0"}',
            "notes.json": '{"text": "\\"format_version\\": \\"1.0\\", \\"planned_values\\": {}"}',
            "list.json": '[{"format_version": "1.0", "planned_values": {}}]',
            "state.json": '{"format_version": "1.0", "terraform_version": "1.9.8", "values": {}}',
            "broken.json": '{"name": ',
        }.items():
            (tmp_path / name).write_text(text)

        report = check([*sorted(tmp_path.iterdir())], Selection(), skip_other_files=True)

        assert (report.exit_code(), report.sources) == (0, {})

    def test_a_plan_that_is_too_large(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("wa_iac.parsers.terraform.plan.document.MAX_PLAN", 1_000)
        path = database(multi_az=False, identifier="x" * 1_000).write(tmp_path)

        assert self.errors(path) == [(None, "the plan is larger than 0 MB: not read")]

    def test_a_plan_that_is_nested_too_deeply(self, tmp_path: Path) -> None:
        deep: Any = {}
        for _ in range(150):
            deep = {"a": deep}
        [(line, message)] = self.errors(database(deep=deep).write(tmp_path))

        assert message == "more than 120 levels of nesting in one plan"
        assert line is not None

    def test_a_bomb_of_brackets(self, tmp_path: Path) -> None:
        path = tmp_path / "plan.json"
        path.write_text('{"format_version": "1.2", "terraform_version": "1.9.8", "planned_values": ' + "[" * 200_000)

        [(_, message)] = self.errors(path)
        assert message == "more than 120 levels of nesting in one plan"

    def test_not_utf_8(self, tmp_path: Path) -> None:
        path = database(multi_az=False, identifier="NAME").write(tmp_path)
        path.write_bytes(path.read_bytes().replace(b"NAME", b"\xff"))

        [(line, message)] = self.errors(path)
        assert message == "the plan is not UTF-8"
        assert line is not None


def _replaced(content: Any, key: str, value: Any) -> Any:
    if isinstance(content, dict):
        return {name: value if name == key else _replaced(each, key, value) for name, each in content.items()}
    return [_replaced(each, key, value) for each in content] if isinstance(content, list) else content


@pytest.mark.parametrize("odd", [[], {}, None, 1, [[]]])
@pytest.mark.parametrize("name", ["mode", "type"])
def test_kinds_that_are_no_text(name: str, odd: object, tmp_path: Path) -> None:
    plan = database(multi_az=False)
    for each in (plan.planned["resources"][0], plan.changes[0], plan.root["resources"][0]):
        each[name] = odd

    assert not [each for each in plan.judge(tmp_path).errors if isinstance(each, InternalError)]
