"""What is wrong with a file is said with its place; the rest of the module is evaluated. Bounds hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from helpers.counting import growth
from helpers.scans import scan
from helpers.terraform import Read, ReadOne, block, bodies, known, unknown
from wa_iac.core.errors import BoundError, SourceError
from wa_iac.parsers.terraform import read_modules


@pytest.mark.parametrize("source", ["", "\n", "# only\n", "/* a */ // b", "\ufeff# x\n", "\ufeffterraform {}\n"])
def test_files_without_content(unit: ReadOne, source: str) -> None:
    found = unit(source)
    assert found.errors == []
    assert list(found.sources) == ["main.tf"]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("a = 1\nb = = 2\n", "main.tf:2:5: syntax error: unexpected '= 2'"),
        ('a = "é ${\n  1\n} b"\nb = [1 2]\n', "main.tf:4:8: syntax error: unexpected '2'"),
        ('resource "r" "r" {\n  x = 1\n', "main.tf:2:8: syntax error: the file ends too early, '}' is expected here"),
        ('resource "r" "r" {\n', "main.tf:1:19: syntax error: the file ends too early, '}' is expected here"),
        ("%%%", "main.tf:1:1: syntax error: unexpected '%%%'"),
        ('resource "r" "r" {\n  x = [1, 2\n}\n', "main.tf:3:1: syntax error: unexpected '}'"),
        (
            'resource "r" "r" {\n  x = "a\\n\\d+"\n}\n',
            "main.tf:2:11: syntax error: \\d is not an escape sequence; a backslash itself is written \\\\",
        ),
    ],
)
def test_syntax_errors(unit: ReadOne, source: str, error: str) -> None:
    (found,) = unit(source).errors
    assert isinstance(found, SourceError)
    assert str(found) == error


def test_what_stands_around_an_error_is_evaluated(unit: ReadOne) -> None:
    found = unit(
        {
            "a.tf": 'resource "r" "a" {\n  x = 1\n  y = [1, = 2]\n  z = 3\n}\nresource "r" "b" {\n  x = r.a.x\n}\n',
            "b.tf": 'resource "r" "c" {}\n',
            "c.tf": b'resource "r" "\xff" {}\n',
        }
    )
    assert [(error.path, error.line) for error in found.errors] == [("a.tf", 3), ("c.tf", 1)]
    assert {"r.b", "r.c"} <= set(bodies(found))
    assert known(block(found, "r.b").body.value["x"]) == 1


def test_what_only_tree_sitter_rejects_is_no_error(unit: ReadOne) -> None:
    found = unit('resource "r" "r" {\n  x = 1\n}\nlocals {\n  y = a.0.1\n}\n')
    assert found.errors == []
    assert bodies(found) == {"r.r": {"x": 1}}


def test_a_file_that_is_not_text(unit: ReadOne) -> None:
    (error,) = unit({"main.tf": b"a = 1\nb = \xff\n"}).errors
    assert str(error) == "main.tf:2:5: it is not UTF-8"


def test_a_file_that_git_crypt_has_encrypted(unit: ReadOne) -> None:
    (error,) = unit({"main.tf": b"\0GITCRYPT\0\xe1\x9f"}).errors
    assert error.message == "git-crypt has encrypted it: unlock the repository first"


def test_a_file_that_is_too_large(unit: ReadOne) -> None:
    (error,) = unit({"main.tf": b"#" * 5_000_001}).errors
    assert isinstance(error, BoundError)
    assert str(error) == "main.tf: it is larger than 5 MB: not read"


def test_a_file_as_large_as_may_be(unit: ReadOne) -> None:
    assert unit({"main.tf": b"#" + b"x" * 4_999_998 + b"\n"}).errors == []


def test_links_out_of_the_scan(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "secret.tf").write_text('resource "r" "secret" {}\n')
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "main.tf").write_text('resource "r" "r" {\n  x = file("t")\n}\nmodule "m" {\n  source = "./m"\n}\n')
    (tmp_path / "in" / "link.tf").symlink_to(tmp_path / "out" / "secret.tf")
    (tmp_path / "in" / "t").symlink_to(tmp_path / "out" / "secret.tf")
    (tmp_path / "in" / "m").symlink_to(tmp_path / "out")
    (unit,) = read_modules([tmp_path / "in"], scan(tmp_path / "in"))
    assert [str(error) for error in unit.errors] == [
        "link.tf: it is a symbolic link that leads out of the scanned directory: not read",
        'main.tf:4:1: module "m" comes from ./m, which is outside the scanned directory: not read',
    ]
    assert [each.address for each in unit.declared] == ["r.r", "module.m"]
    assert unknown(unit.declared[0].body.value["x"]).why == 'the file "t" is outside the scanned directory'


def test_declared_twice(unit: ReadOne) -> None:
    found = unit('resource "r" "r" {\n  x = 1\n}\nresource "r" "r" {\n  x = 2\n}\nvariable "v" {}\nvariable "v" {}\n')
    assert [str(error) for error in found.errors] == [
        "main.tf:4:1: r.r is declared twice in one module",
        'main.tf:8:1: variable "v" is declared twice in one module',
    ]
    assert bodies(found) == {"r.r": {"x": 1}}


def test_an_argument_that_is_set_twice(unit: ReadOne) -> None:
    found = unit('resource "r" "r" {\n  x = 1\n  b {\n    x = 1\n  }\n  b {\n    x = 1\n  }\n  x = 2\n}\n')
    assert bodies(found) == {"r.r": {"x": 1, "b": [{"x": 1}, {"x": 1}]}}
    assert [str(each) for each in found.errors] == ['main.tf:9:3: the argument "x" is set twice: only the first counts']


def test_objects_of_one_argument_are_blocks_as_terraform_0_11_wrote_them(unit: ReadOne) -> None:
    found = unit('resource "r" "r" {\n  b = {\n    x = 1\n  }\n  b = [{ x = 2 }]\n  b = {\n    x = 3\n  }\n}\n')
    assert bodies(found) == {"r.r": {"b": [{"x": 1}, {"x": 2}, {"x": 3}]}}
    assert found.errors == []


def test_blocks_that_make_no_sense(unit: ReadOne) -> None:
    found = unit('resource {}\nresource "a" {}\ndata "x" "y" "z" {}\nmodule {}\nvariable {}\nlocals "x" {}\nprovider {}\noutput "o" {}\nfoo "bar" {}\n'
                 'resource "r" "r" {\n  dynamic "x" {}\n  dynamic {}\n  dynamic "y" {\n    for_each = [1]\n  }\n}\n')  # fmt: skip
    assert bodies(found) == {"r.r": {}}


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("(" * 300 + "1" + ")" * 300, "an expression is nested deeper than 200 levels"),
        ("[" * 5000 + "]" * 5000, "an expression is nested deeper than 200 levels"),
        ("a" + "[*]" * 5000, "an expression is nested deeper than 200 levels"),
        ("!" * 3000 + "true", "an expression is nested deeper than 200 levels"),
        ("1" + " + 1" * 3000, "an expression is nested deeper than 200 levels"),
        ("range(1000000000)", "a collection has more than 100,000 elements"),
        ("cidrsubnets(range(1000000000)...)", "a collection has more than 100,000 elements"),
        ("setproduct(range(999), range(999))", "a collection has more than 100,000 elements"),
        (
            "[for a in range(9999) : [for b in range(9999) : a]]",
            "reading and checking this needs more than 200,000 steps, the safety limit",
        ),
    ],
)
@pytest.mark.usefixtures("small_budget")
def test_bounds_of_expressions(unit: ReadOne, expression: str, message: str) -> None:
    found = unit(f'resource "r" "r" {{\n  x = {expression}\n}}\nresource "r" "other" {{\n  count = 1\n}}\n')
    assert message in [error.message for error in found.errors]
    assert all(isinstance(error, BoundError) for error in found.errors)
    assert {each.name for each in found.declared} == {"r", "other"}


@pytest.mark.parametrize(
    ("first", "step", "message"),
    [
        ('"xxxxxxxxxx"', '"${local.l%d}${local.l%d}"', "a string is longer than 5,000,000 characters"),
        ('"${var.u}x"', '"${local.l%d}${local.l%d}"', "a string is longer than 5,000,000 characters"),
        ("[1]", "[local.l%d, local.l%d]", "a collection has more than 100,000 elements"),
        ("[1]", "concat(local.l%d, local.l%d)", "a collection has more than 100,000 elements"),
        ("{ a = var.u }", "{ a = local.l%d, b = local.l%d }", "a collection has more than 100,000 elements"),
        ("2", "local.l%d * local.l%d", ""),
        ("var.u", "local.l%d == local.l%d", ""),
        ("var.u", "merge({ a = local.l%d }, { b = local.l%d })", "a collection has more than 100,000 elements"),
        ("var.b ? 1 : 2", "local.l%d + local.l%d", ""),
    ],
)
def test_what_doubles_with_every_step(unit: ReadOne, first: str, step: str, message: str) -> None:
    steps = "".join(f"  l{index + 1} = {step % (index, index)}\n" for index in range(60))
    found = unit(
        f'variable "u" {{}}\nvariable "b" {{ type = bool }}\nlocals {{\n  l0 = {first}\n{steps}}}\nresource "r" "r" {{\n  x = local.l60\n}}\n'
    )
    assert [error.message for error in found.errors] == [message] * bool(message)
    assert [each.address for each in found.declared] == ["r.r"]


def test_a_long_chain_of_locals(unit: ReadOne) -> None:
    limit = sys.getrecursionlimit()
    steps = "".join(f"  l{index + 1} = local.l{index}\n" for index in range(5000))
    found = unit(f'locals {{\n  l0 = 1\n{steps}}}\nresource "r" "r" {{\n  x = local.l300\n  y = local.l5000\n}}\n')
    assert known(block(found, "r.r").body.value["x"]) == 1
    assert [error.message for error in found.errors] == ["expressions refer to each other more than 1,000 levels deep"]
    assert sys.getrecursionlimit() == limit


def test_modules_nested_too_deep(read: Read) -> None:
    files: dict[str, str | bytes] = {
        f"m{index}/main.tf": f'module "c" {{\n  source = "../m{index + 1}"\n}}\nresource "r" "r" {{}}\n' for index in range(60)
    }
    (found,) = read({**files, "m60/main.tf": 'resource "r" "r" {}\n'})
    assert [error.message for error in found.errors] == ["modules are nested deeper than 50 levels"]
    assert len([each for each in found.declared if each.kind == "resource"]) == 50


def test_fifty_modules_in_each_other(read: Read) -> None:
    files: dict[str, str | bytes] = {
        f"m{index}/main.tf": f'module "c" {{\n  source = "../m{index + 1}"\n  n = var.n + 1\n}}\nvariable "n" {{\n  default = 1\n}}\n'
        for index in range(49)
    }
    (found,) = read({**files, "m49/main.tf": 'variable "n" {}\nresource "r" "r" {\n  x = var.n\n}\n'})
    assert found.errors == []
    assert known(block(found, f"{'module.c.' * 49}r.r").body.value["x"]) == 50


@pytest.mark.parametrize(
    "files",
    [
        {
            "main.tf": 'module "m" {\n  source = "./m"\n  count = 900\n}\n',
            "m/main.tf": 'module "n" {\n  source = "./n"\n  count = 900\n}\n',
            "m/n/main.tf": 'resource "r" "r" {\n  count = 900\n}\n',
        },
        {
            **{
                f"m{index}/main.tf": "".join(f'module "{name}" {{\n  source = "../m{index + 1}"\n}}\n' for name in "ab")
                for index in range(40)
            },
            "m40/main.tf": 'resource "r" "r" {}\n',
        },
        {
            **{
                f"m{index}/main.tf": "".join(f'module "{name}" {{\n  source = "../m{index + 1}"\n}}\n' for name in "ab")
                + 'output "o" {\n  value = [module.a.o, module.b.o]\n}\n'
                for index in range(40)
            },
            "m40/main.tf": 'output "o" {\n  value = 1\n}\n',
        },
    ],
    ids=["counts", "calls", "outputs"],
)
def test_modules_that_multiply(read: Read, monkeypatch: pytest.MonkeyPatch, files: dict[str, str | bytes]) -> None:
    monkeypatch.setattr("wa_iac.parsers.terraform.evaluation.unit.MAX_TOTAL", 2_000)
    (found,) = read(files)
    (error,) = found.errors
    assert isinstance(error, BoundError)
    assert error.message == "a root module has more than 2,000 instances of modules and resources"
    assert len(found.declared) <= 2_000 + 100, "a block whose instances do not fit is told by one that is unknown"


def test_a_long_heredoc_needs_work_in_proportion(unit: ReadOne) -> None:
    text = "x" * 99 + "\n"

    def read(number: int) -> None:
        found = unit(f'resource "r" "r" {{\n  x = <<EOT\n{text * number}EOT\n}}\n')
        assert found.errors == []
        assert known(block(found, "r.r").body.value["x"]) == text * number

    assert growth(read, 500) < 1.1


def test_patterns_that_would_run_for_ever(unit: ReadOne) -> None:
    subject = "a" * 60 + "!"
    patterns = ["(a+)+$", "((a+))+$", "(a|a)*$", "(a|aa)+$", "(.*a){20}$", "a*" * 12 + "$"]
    lines = "".join(f'  x{index} = regexall("{pattern}", "{subject}")\n' for index, pattern in enumerate(patterns))
    found = unit(f'resource "r" "r" {{\n{lines}}}\n')
    assert len(found.declared) == 1


def test_templates_that_are_nested_too_deeply_do_not_vanish(unit: ReadOne) -> None:
    """The parser gives up on about seventy levels, though the text is valid."""
    name = '"${' * 100 + '"x"' + '}"' * 100
    found = unit(f'resource "r" "other" {{}}\nresource "r" "r" {{\n  name = {name}\n}}\n')

    assert {each.name for each in found.declared} >= {"other"}
    assert [(type(error), error.line) for error in found.errors] == [(BoundError, 2)]
