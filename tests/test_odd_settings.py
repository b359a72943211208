"""Files that people write for us and that make no sense: a refusal with path and line, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.core.errors import UsageError
from wa_iac.engine.custom_rules.table import load as load_rule
from wa_iac.settings.file import load

SETTINGS = {
    "not UTF-8": (b"# \n\nprofile = '\xff'\n", 3),
    "lists in lists": (b"profile = 'all'\nselect = " + b"[" * 5_000 + b"]" * 5_000 + b"\n", 2),
    "names in names": (b"\n" + b".".join([b"a"] * 2_000) + b" = 1\n", 2),
    "a long number": (b"\nselect = " + b"9" * 5_000 + b"\n", 2),
    "a long number in another base": (b"\n\nselect = 0x" + b"f" * 5_000 + b"\n", 3),
    "a list for a table": (b"inputs = {a = 1}\n", 1),
    "a number for a list": (b"\nselect = 1\n", 2),
    "a name that no file can have": (b"[[inputs]]\nparameters = ['a\\u0000b', \"a\\u0000b\"]\n", None),
    "a name that is too long": (b"[[inputs]]\nparameters = ['" + b"a" * 5_000 + b"']\n", None),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_that_make_no_sense(tmp_path: Path, name: str) -> None:
    text, line = SETTINGS[name]
    path = tmp_path / "wa-iac.toml"
    path.write_bytes(text)

    with pytest.raises(UsageError) as refused:
        load(path)

    assert refused.value.path
    assert refused.value.line == line


@pytest.mark.parametrize("text", ["tool = 1\n", "tool = {wa-iac = []}\n"])
def test_a_project_file_of_another_shape(tmp_path: Path, text: str) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(text, encoding="utf-8")

    if "wa-iac" not in text:
        assert load(path).profile == "default"
        return
    with pytest.raises(UsageError, match="the settings must be a table"):
        load(path)


RULES = {
    "not UTF-8": (b"page: a\nmessage: \xff\n", 2),
    "a control character": (b"page: a\nmessage: \x00\n", 2),
    "lists in lists": (b"\npage: " + b"[" * 50_000, 2),
    "an alias in itself": (b"page: &a [*a]\n", 1),
    "a list": (b"[]\n", 1),
    "nothing": (b"", None),
}


@pytest.mark.parametrize("name", RULES)
def test_own_rules_that_make_no_sense(tmp_path: Path, name: str) -> None:
    text, line = RULES[name]
    path = tmp_path / "a-b.yaml"
    path.write_bytes(text)

    with pytest.raises(UsageError) as refused:
        load_rule(path)

    assert refused.value.path == str(path)
    assert refused.value.line == line
