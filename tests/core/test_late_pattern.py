"""A pattern that is compiled late finds what one finds that was compiled at once."""

import ast
import re

import pytest

from helpers.paths import PROJECT
from wa_iac.core.late_pattern import late

TEXT = "web-1, db-22\nweb-3"


@pytest.mark.parametrize("pattern", [r"([a-z]+)-(\d)", r"\d+", r"^WEB", r"nothing"])
def test_all_methods_answer_alike(pattern: str) -> None:
    one, other = (made(pattern, re.IGNORECASE | re.MULTILINE) for made in (late, re.compile))

    assert (one.pattern, one.flags) == (other.pattern, other.flags)
    for ask in ("search", "match", "fullmatch"):
        found, expected = getattr(one, ask)(TEXT), getattr(other, ask)(TEXT)
        assert (found and found.span()) == (expected and expected.span())
    assert [each.span() for each in one.finditer(TEXT)] == [each.span() for each in other.finditer(TEXT)]
    assert one.findall(TEXT) == other.findall(TEXT)
    assert one.split(TEXT) == other.split(TEXT)
    assert one.sub("<>", TEXT, count=1) == other.sub("<>", TEXT, count=1)


def test_patterns_of_bytes_are_late_too() -> None:
    assert late(rb"\d+").findall(b"1, 22") == [b"1", b"22"]


def test_a_pattern_is_compiled_when_it_is_first_used() -> None:
    broken = late("(")

    with pytest.raises(re.error):
        broken.search("")


def compiled_at_import(source: str) -> list[int]:
    """The lines of a module's constants that are patterns, compiled when it is imported."""
    values = [node.value for node in ast.parse(source).body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    return [each.lineno for each in values if isinstance(each, ast.Call) and ast.unparse(each.func) == "re.compile"]


def test_no_module_of_a_run_compiles_a_pattern_when_it_is_imported() -> None:
    modules = [each for each in (PROJECT / "wa_iac").rglob("*.py") if "maintenance" not in each.parts]

    assert [each.name for each in modules if compiled_at_import(each.read_text(encoding="utf-8"))] == []


def test_a_pattern_that_is_compiled_at_import_is_found() -> None:
    source = "X: Final = re.compile('a')\nY = late('b')\ndef f():\n    z = re.compile('c')\n"

    assert compiled_at_import(source) == [1]
