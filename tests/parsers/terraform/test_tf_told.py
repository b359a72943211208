"""What Terraform would refuse is told, with its place; what it takes is read; and a run that nobody waits for is given up."""

from __future__ import annotations

import json

import pytest

from helpers.terraform import ReadOne, block, known, unknown
from wa_iac.core.errors import BoundError, SourceError, UnavailableError
from wa_iac.core.files import Session, Superseded
from wa_iac.core.reasons import Said
from wa_iac.core.value import Unknown
from wa_iac.parsers.terraform.evaluation.unit import Blocked, Run
from wa_iac.parsers.terraform.modules import configuration, instances

_BESIDE = {"beside.tf": 'resource "aws_s3_bucket" "beside" {\n}\n'}


@pytest.mark.parametrize(
    "text",
    ["${a b}", "${local.x", "%{if true}x", "%{endif}", "%{for x in [1]}", "${local.x${"],
)
def test_a_broken_template_in_a_heredoc_is_told(unit: ReadOne, text: str) -> None:
    found = unit({"main.tf": f'locals {{\n  x = "a"\n}}\nresource "r" "r" {{\n  y = <<EOT\n{text}\nEOT\n}}\n', **_BESIDE})
    assert found.errors
    assert {(each.path, type(each.line)) for each in found.errors} == {("main.tf", int)}
    assert "aws_s3_bucket.beside" in {each.address for each in found.declared}


@pytest.mark.parametrize("text", ["$${a b}", "%%{if}", "${local.x}", "%{if true}x%{endif}", "$ {a b}", "${[{ a = 1 }].0.a}"])
def test_a_valid_template_in_a_heredoc_is_none(unit: ReadOne, text: str) -> None:
    found = unit(f'locals {{\n  x = "a"\n}}\nresource "r" "r" {{\n  y = <<EOT\n{text}\nEOT\n}}\n')
    assert found.errors == []


@pytest.mark.parametrize("text", ["${a b}", "${local.x", "%{if true}x", "${a.b${a.b", "${a.b${" * 50])
def test_a_broken_template_in_json_is_told(unit: ReadOne, text: str) -> None:
    found = unit({"main.tf.json": json.dumps({"locals": {"x": text}}, indent=1), **_BESIDE})
    assert [(each.path, each.line) for each in found.errors] == [("main.tf.json", 3)]
    assert found.errors[0].message.startswith("syntax error in this string: ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"resourse": {}}, 'a module has no block "resourse": not read'),
        (None, "a module must be an object in JSON, not null"),
        ([None], "a module must be an object in JSON, not null"),
        ("text", "a module must be an object in JSON, not a string"),
        ({"resource": {"aws_s3_bucket": {"b": 1}}}, 'a block "resource" must be an object in JSON, not a number'),
    ],
)
def test_json_of_another_shape_is_told(unit: ReadOne, content: object, message: str) -> None:
    found = unit({"main.tf.json": json.dumps(content), **_BESIDE})
    assert [(each.path, each.line, each.message) for each in found.errors] == [("main.tf.json", 1, message)]


def test_json_with_what_is_no_resource(unit: ReadOne) -> None:
    content: dict[str, object] = {
        "//": "a",
        "moved": [{"from": "a.b", "to": "a.c"}],
        "import": [{}],
        "check": {"c": {}},
        "resource": None,
        "locals": {},
    }
    assert unit({"main.tf.json": json.dumps(content), **_BESIDE}).errors == []


def test_no_number_of_json_is_told_with_its_line(unit: ReadOne) -> None:
    (error,) = unit({"main.tf.json": '{"locals": {"a": "NaN",\n "x": NaN}}', **_BESIDE}).errors
    assert str(error) == "main.tf.json:2:1: it is not JSON: NaN is not JSON"


def test_characters_that_json_spells_in_halves(unit: ReadOne) -> None:
    text = r'{"resource": {"r": {"r": {"x": "\ud83d\ude00 \ud800 \\ud800 ${1}", "\ude00": "\uD83D\uDE00"}}}}'
    found = unit({"main.tf.json": text, **_BESIDE})
    assert found.errors == []
    assert known(block(found, "r.r").body) == {"x": "😀 \ufffd \\ud800 1", "\ufffd": "😀"}


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ('resource "aws_s3_bucket"', 'a block "resource" has two names after its type, not 1: not read'),
        ("variable", 'a block "variable" has one name after its type, not 0: not read'),
        ('locals "a"', 'a block "locals" has no name after its type, not 1: not read'),
    ],
)
def test_a_block_with_another_number_of_names(unit: ReadOne, header: str, message: str) -> None:
    (error,) = unit({"main.tf": f"\n{header} {{}}\n", **_BESIDE}).errors
    assert (error.path, error.line, error.message) == ("main.tf", 2, message)


def test_blocks_that_are_declared_very_often(unit: ReadOne) -> None:
    assert len(unit('resource "r" "r" {}\n' * 5_000).errors) == configuration._MOST_REPEATED


def test_a_key_of_a_long_set_is_looked_up(unit: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    before = instances._key

    def counted(item: object) -> str:
        nonlocal asked
        asked += 1
        return before(item)  # type: ignore[arg-type]

    monkeypatch.setattr(instances, "_key", counted)
    found = unit('resource "r" "r" {\n  for_each = toset([for i in range(500) : "k${i}"])\n  x = each.value\n}\n')
    assert known(block(found, 'r.r["k7"]').body) == {"x": "k7"}
    assert asked < 5 * 500


@pytest.mark.usefixtures("small_budget")
def test_long_texts_are_compared_within_the_budget(unit: ReadOne) -> None:
    text = 'join("", [for i in range(50) : format("%9999s", "x")])'
    source = f'locals {{\n  a = "${{{text}}}a"\n  b = "${{{text}}}b"\n}}\noutput "o" {{\n  value = [for i in range(2000) : local.a == local.b]\n}}\n'
    errors = unit(source).errors
    assert len(errors) == 1
    assert isinstance(errors[0], BoundError)
    assert "comparisons" in errors[0].message


def test_a_long_evaluation_gives_way_to_a_later_run(unit: ReadOne) -> None:
    asked = 0

    def superseded() -> bool:
        nonlocal asked
        asked += 1
        return asked > 20

    one = 'locals {\n  x = [for i in range(90000) : i + 1]\n}\noutput "o" {\n  value = local.x\n}\n'
    with pytest.raises(Superseded), Session(superseded=superseded).entered():
        unit(one)
    assert asked == 21, "it is asked again and again while one expression is evaluated"


def test_what_evaluation_lacks_is_unknown_wherever_it_is_met(unit: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(self: Run, value: object, span: object) -> None:
        raise Blocked(Unknown(Said("nobody says"), ("nobody",)))

    monkeypatch.setattr(Run, "check_size", lacking)
    found = unit('resource "r" "r" {\n  x = [1]\n}\n')
    assert found.errors == []
    assert unknown(block(found, "r.r").body.value["x"]).why == "it cannot be evaluated: nobody says"


def test_a_block_that_nobody_knows_is_told_and_one_that_is_misspelt_is_an_error(unit: ReadOne) -> None:
    found = unit('resorce "r" "r" {}\nreplay "x" {}\nmoved {\n  from = a.b\n  to   = a.c\n}\n')

    assert [(type(each), each.line, each.message) for each in found.errors] == [
        (SourceError, 1, "unknown block \"resorce\" (did you mean 'resource'?): it is not read"),
        (UnavailableError, 2, 'unknown block "replay": it is not read'),
    ]
