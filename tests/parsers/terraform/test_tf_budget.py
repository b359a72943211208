"""Sources that multiply: each ends in a bound that is named, and what stands beside it is read."""

from __future__ import annotations

import resource

import pytest

from helpers.terraform import Read, ReadOne
from wa_iac.core.errors import BoundError
from wa_iac.core.value import Known, Unknown

_BESIDE = 'resource "aws_s3_bucket" "beside" {\n  bucket = "b"\n}\n'


def _chain(first: str, following: str, length: int = 60) -> str:
    """Locals `l0` to `l<length>`: the first as given, each of the others made of the one before it, `L`."""
    lines = [
        f"  l0 = {first}",
        *(f"  l{index} = {following.replace('L', f'local.l{index - 1}')}" for index in range(1, length + 1)),
    ]
    return "locals {\n" + "\n".join(lines) + f'\n}}\noutput "o" {{\n  value = local.l{length}\n}}\n'


def _repeated(expression: str, number: int = 100_000) -> str:
    return f'locals {{\n  long = range(50000)\n  text = join(",", local.long)\n}}\noutput "o" {{\n  value = [for x in range({number}) : {expression}]\n}}\n'


_SOURCES = {
    "a text of itself twice": _chain('"xxxxxxxxxxxxxxxx"', '"${L}${L}"'),
    "a list of itself twice": _chain("[1]", "[L, L]"),
    "a list after itself": _chain("[1, 2]", "concat(L, L)"),
    "a text in a text in a text": _chain('"\\\\"', "jsonencode(L)"),
    "a replacement of each letter": _chain('"aaaaaaaaaa"', 'replace(L, "a", "aaaaaaaaaa")'),
    "widths": _repeated('format("%9999d", x)'),
    "indentation": _repeated('indent(900, join("\\n", range(1000)))'),
    "upper case": _repeated("upper(local.text)"),
    "hashes": _repeated("sha512(local.text)"),
    "pieces": _repeated('length(split(",", local.text))'),
    "sorting": _repeated("sort(local.long)"),
    "unions": _repeated("setunion(local.long)"),
    "comparisons": _repeated("[for y in local.long : y] == local.long"),
    "lists in lists": _repeated("contains([for y in range(1000) : [y]], [-1])"),
    "matches": _repeated('length(regexall("(?s)a.*z|0", local.text))'),
    "patterns": _repeated('can(regex("(\\\\pL+${x}){50}", ""))'),
    "documents": _repeated("jsondecode(jsonencode(local.long))"),
    "templates": _repeated('templatestring("$${x}${x}", { x = 1 })'),
    "loops in loops": _repeated("[for y in range(100000) : y]"),
    "loops in templates": _repeated('"%{for y in range(100000)}x%{endfor}"'),
}  # fmt: skip


@pytest.mark.usefixtures("small_budget")
@pytest.mark.parametrize("source", _SOURCES.values(), ids=_SOURCES)
def test_what_multiplies_ends_in_a_bound(unit: ReadOne, source: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = unit(source + _BESIDE)
    assert found.errors
    assert all(isinstance(each, BoundError) for each in found.errors)
    beside = next(each for each in found.declared if each.address == "aws_s3_bucket.beside")
    assert beside.body.value["bucket"] == Known("b")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 800_000


def test_what_is_looked_up_in_a_long_list_is_not_compared_with_each(unit: ReadOne) -> None:
    source = 'locals {\n  a = range(20000)\n}\noutput "o" {\n  value = [for x in local.a : contains(local.a, x)]\n}\n'
    assert unit(source).errors == []


@pytest.mark.usefixtures("small_budget")
def test_policies_that_source_each_other_twice(unit: ReadOne) -> None:
    first = 'data "aws_iam_policy_document" "d0" {\n  statement {\n    actions = ["*"]\n    resources = ["*"]\n  }\n}\n'
    more = "".join(
        f'data "aws_iam_policy_document" "d{index}" {{\n  source_policy_documents = '
        f"[data.aws_iam_policy_document.d{index - 1}.json, data.aws_iam_policy_document.d{index - 1}.json]\n}}\n"
        for index in range(1, 40)
    )
    last = 'resource "aws_sqs_queue" "q" {\n  policy = data.aws_iam_policy_document.d39.json\n}\n'
    found = unit(first + more + last)
    assert found.errors
    assert all(isinstance(each, BoundError) for each in found.errors)
    assert "aws_sqs_queue.q" in [each.address for each in found.declared]


def test_a_resource_beyond_the_bound_is_unknown_and_not_missing(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wa_iac.parsers.terraform.evaluation.unit.MAX_TOTAL", 3)
    (found,) = read('resource "r" "many" {\n  count = 9\n}\nresource "r" "after" {\n  x = 1\n}\n')
    assert [(each.address, bool(each.incomplete)) for each in found.declared] == [
        ("r.many[0]", False), ("r.many[1]", False), ("r.many[2]", False), ("r.many", True), ("r.after", True),
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["[L]", "L.m", "[for x in L : x]", '"${L}x"'])
@pytest.mark.parametrize("first", ["[1]", "var.v"])
def test_chains_of_values_that_are_asked_for_from_their_beginning(unit: ReadOne, first: str, step: str) -> None:
    chain = _chain(first, step, 3_000)
    asked = "".join(f'resource "r" "r{index}" {{\n  x = local.l{index}\n}}\n' for index in range(0, 3_000, 50))
    found = unit(f'variable "v" {{}}\n{asked}{chain}')
    assert all(isinstance(each, BoundError) for each in found.errors)
    for each in found.declared:
        hash(next(iter(each.body.value.values())))


def test_nested_choices(unit: ReadOne) -> None:
    variables = "".join(f'variable "b{index}" {{\n  type = bool\n}}\n' for index in range(61))
    chain = _chain("var.b0", "L ? [L] : [L, L]")
    found = unit(variables + chain + _BESIDE)
    assert all(isinstance(each, BoundError) for each in found.errors)
    output = next(each for each in found.declared if each.type == "output")
    assert isinstance(output.body.value["value"], Unknown)


@pytest.mark.parametrize(
    "junk",
    ["[" * 60_000, '"${' * 60_000, '}{[("${%{' * 20_000, "a {\n" * 60_000, '"' * 1_500_000, "x " * 900_000, "= " * 900_000],
    ids=["lists", "templates", "all", "blocks", "quotes", "words", "signs"],
)
def test_junk_is_not_read_and_that_is_told(read: Read, junk: str) -> None:
    (found,) = read({"junk.tf": junk, "main.tf": _BESIDE})
    assert [(isinstance(each, BoundError), each.path) for each in found.errors] == [(True, "junk.tf")]
    assert [each.address for each in found.declared] == ["aws_s3_bucket.beside"]


def test_directives_that_nest_without_end(unit: ReadOne) -> None:
    found = unit('locals {\n  z = "' + "%{if true}" * 3_000 + "x" + "%{endif}" * 3_000 + '"\n}\n' + _BESIDE)
    assert [each.message for each in found.errors] == ["an expression is nested deeper than 200 levels"]
    assert [each.address for each in found.declared] == ["aws_s3_bucket.beside"]


def test_places_in_a_long_line_are_counted_once(unit: ReadOne) -> None:
    items = ", ".join(['"é"'] * 20_000)
    found = unit(f'resource "r" "r" {{\n  x = [{items}]\n}}\n')
    listed = found.declared[0].body.value["x"]
    assert isinstance(listed, Known)
    last = listed.value[-1]
    assert last.origin.span[1:5] == (2, 8 + 5 * 19_999, 2, 8 + 5 * 19_999 + 3)


def test_every_written_block_has_room_for_an_instance(unit: ReadOne, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wa_iac.parsers.terraform.evaluation.unit.MAX_TOTAL", 3)
    monkeypatch.setattr("wa_iac.parsers.terraform.evaluation.unit.WRITTEN", 0)
    found = unit("".join(f'resource "aws_sqs_queue" "q{number}" {{}}\n' for number in range(10)))
    assert len(found.declared) == 10
    assert found.errors == []
