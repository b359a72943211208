"""Values that expressions do not expect: spreads of what is not known, numbers without a bound, texts that are not what they seem."""

from __future__ import annotations

import pytest

from helpers.terraform import Evaluate, Read, ReadOne
from wa_iac.core.algebra import references
from wa_iac.core.errors import BoundError, SourceError
from wa_iac.core.partial import Rest
from wa_iac.core.value import Known, Reference, Unknown, plain

_GIVEN = 'variable "x" {}\nvariable "choice" {\n  type = bool\n}\n'


@pytest.mark.parametrize(
    "expression",
    ["merge(var.x...)", "concat(var.x...)", "max(1, var.x...)", 'format("%s", var.x...)', "coalesce(var.x...)"],
)
def test_a_spread_of_what_is_not_known_is_unknown(value: Evaluate, expression: str) -> None:
    found = value(expression, _GIVEN)
    assert isinstance(found, Unknown)
    assert found.why == "var.x has no default"


def test_what_stands_beside_a_spread_is_known(value: Evaluate) -> None:
    found = value("concat([1], var.x...)", _GIVEN)
    assert isinstance(found, Known)
    first, rest = found.value
    assert first == Known(1)
    assert isinstance(rest, Rest)


def test_a_spread_keeps_what_the_result_refers_to(value: Evaluate) -> None:
    found = value("concat([aws_sqs_queue.q.arn], var.x...)", f'{_GIVEN}resource "aws_sqs_queue" "q" {{}}')
    assert Reference("aws_sqs_queue.q", "arn") in set(references(found))


def test_what_stands_before_a_spread_may_settle_the_matter(value: Evaluate) -> None:
    assert value('coalesce("a", var.x...)', _GIVEN) == Known("a")


def test_a_set_may_be_spread(value: Evaluate) -> None:
    assert value("max(toset([3, 5])...)") == Known(5)


def test_a_spread_of_a_choice_is_spread_in_each_outcome(value: Evaluate) -> None:
    found = value("max((var.choice ? [1, 2] : [7])...)", _GIVEN)
    assert isinstance(found, Unknown)
    assert [each.value for each in found.alternatives] == [Known(2), Known(7)]


@pytest.mark.parametrize("spread", ["null", "1", '"a"', "{}"])
def test_what_is_no_list_cannot_be_spread(value: Evaluate, spread: str) -> None:
    assert value(f"try(max({spread}...), 0)") == Known(0)


@pytest.mark.parametrize("number", ["9" * 5_000, "1e999", "1e99999999999", "-1e999"])
@pytest.mark.parametrize("around", ["{}", "{} + 1", "range({})", 'format("%d", {})', "[1, 2][{}]", 'substr("abc", 0, {})'])
def test_a_number_larger_than_any_we_keep_is_unknown_wherever_it_stands(value: Evaluate, number: str, around: str) -> None:
    assert isinstance(value(around.format(number)), Unknown)


@pytest.mark.parametrize(
    "expression",
    [
        'format("%f", 1e308 * 1e90)', "pow(10, 999)", "log(0, 10)", "1e390 * 1e390", "1e-390 / 1e390", 'parseint("zz", 3)',
        'timeadd("2020-01-01T00:00:00Z", "99999999999999h")', 'tonumber("1e400000")', '[1]["²"]', '[1]["--1"]',
    ],
)  # fmt: skip
def test_a_result_without_a_bound_is_an_error_of_the_expression(value: Evaluate, expression: str) -> None:
    assert value(f'try({expression}, "error")') == Known("error")


@pytest.mark.parametrize("count", ["1e300", '"1e400"', '"²"', "-1", "1.5", "9" * 500])
def test_a_count_that_no_block_can_have_leaves_the_block_with_one_that_stands_for_all(unit: ReadOne, count: str) -> None:
    found = unit(f'resource "r" "r" {{\n  count = {count}\n}}\n')
    assert [bool(each.representative) for each in found.declared] == [True]


def test_a_count_may_be_a_text_that_spells_a_number(unit: ReadOne) -> None:
    assert len(unit('resource "r" "r" {\n  count = "1e1"\n}\n').declared) == 10


def test_fractions_of_a_range_are_exact(value: Evaluate) -> None:
    assert plain(value("[for x in range(0, 1, 0.25) : tostring(x)]")) == ["0", "0.25", "0.5", "0.75"]
    assert plain(value('join(" ", range(0, 0.4, 0.1))')) == "0 0.1 0.2 0.3"


@pytest.mark.parametrize(
    "expression",
    [
        'base64gunzip("aGVsbG8=")', 'base64gunzip("H4sIAAAAAAAA")', 'csvdecode("a\\n\\"b")', 'textdecodebase64("YQ==", "idna")',
        'textencodebase64("a", "rot13")', 'textencodebase64("a", "../x")', 'yamldecode("!!bool x")', 'yamldecode("!!float 1e9999999")',
        'yamldecode("a: &a [*a]")', 'jsondecode("[NaN]")', 'jsondecode("[1e999]")', 'urldecode("%ff")', 'regex("(", "a")',
        'regex("(?=a)", "a")', 'fileset(path.module, "[z-a]")',
    ],
)  # fmt: skip
def test_what_cannot_be_decoded_is_an_error_of_the_expression(value: Evaluate, expression: str) -> None:
    assert value(f'[can({expression}), try({expression}, "other")]') == Known([Known(False), Known("other")])


@pytest.mark.parametrize("function", ["file", "filemd5", "fileexists", "filebase64sha256"])
def test_a_name_that_no_file_can_have_leaves_the_answer_open(value: Evaluate, function: str) -> None:
    assert isinstance(value(f'{function}(join("", range(400)))'), Unknown)
    assert isinstance(value(f'try({function}("a\\u0000b"), null)'), Unknown)


def test_half_a_character_stands_for_an_unknown_one(value: Evaluate) -> None:
    assert value(r'"\ud83d"') == Known("�")
    assert value(r'jsondecode("\"\\ud83d\"")') == Known("�")
    assert value(r'jsondecode("\"\\ud83d\\ude00\"")') == Known("😀")


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
@pytest.mark.parametrize("function", ["yamldecode", "jsondecode"])
def test_documents_that_nest_without_end_are_errors_of_the_expression(value: Evaluate, function: str, opening: str) -> None:
    assert value(f'try({function}(join("", [for x in range(20000) : "{opening}"])), "too deep")') == Known("too deep")


@pytest.mark.parametrize(
    ("expression", "result"),
    [
        ('regex("(?P<first>a+)(?P<second>b?)", "xaab")', {"first": "aa", "second": "b"}),
        ('regex("a|ab", "ab")', "a"),
        ('regex("[[:alpha:]]+\\\\z", "1ab")', "ab"),
        ('regex("(?i)É", "é")', "é"),
        ('regexall("a*", "baac")', ["", "aa", ""]),
        ('replace("baac", "/a*/", "-")', "-b-c-"),
        ('replace("ab", "/(?P<x>a)(b)/", "$2$${x}$3")', "ba"),
        ('replace("abc", "/\\\\p{L}/", "$0")', "abc"),
    ],
)
def test_patterns_mean_what_they_mean_in_go(value: Evaluate, expression: str, result: object) -> None:
    assert plain(value(expression)) == result


@pytest.mark.parametrize(
    "expression",
    [
        'can(regex("(a+)+$", join("", [for x in range(20000) : "a"])))',
        'replace(join("", [for x in range(20000) : "x"]), "/(x+x+)+y/", "")',
        'fileset(path.module, "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b")',
    ],
)
def test_patterns_do_not_go_back(value: Evaluate, expression: str) -> None:
    assert isinstance(value(expression), Known)


def test_an_output_that_does_not_exist_is_unknown_where_it_is_read(read: Read) -> None:
    (found,) = read(
        {
            "main.tf": 'module "m" {\n  source = "./m"\n}\nresource "r" "r" {\n  x = module.m.none\n  y = module.m\n}\n',
            "m/main.tf": 'output "o" {\n  value = 1\n}\n',
        }
    )
    (resource,) = [each for each in found.declared if each.address == "r.r"]
    assert isinstance(resource.body.value["x"], Unknown)
    whole = resource.body.value["y"]
    assert isinstance(whole, Unknown)
    assert isinstance(whole.member("none"), Unknown), "a rule may ask, and expects no error of an expression"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"resource": "text"}', 1),
        ('{\n"resource": {"aws_s3_bucket": 3}}', 2),
        ('{\n\n"resource": {"aws_s3_bucket": {"b": [true]}}}', 3),
        ('{\n"variable": {"v": {"type": {"a": 1}}}}', 2),
        ('{\n"resource": {"aws_s3_bucket": {"b": {"lifecycle": {},\n"bucket": "${"}}}}', 3),
        ('{\n"resource": {"aws_s3_bucket": {"b": {"dynamic": 1}}}}', 2),
        ('{"a": NaN}', None),
        ("[" * 100_000, None),
    ],
)
def test_json_of_another_shape_is_an_error_with_its_line(read: Read, text: str, line: int | None) -> None:
    (found,) = read({"main.tf": "", "more.tf.json": text})
    assert [(type(each) in (SourceError, BoundError), each.path) for each in found.errors] == [(True, "more.tf.json")]
    assert line is None or found.errors[0].line == line


def test_escaped_pairs_in_json_are_characters(read: Read) -> None:
    text = r'{"resource": {"r": {"r": {"x": "\ud83d\ude00", "y": "\ud83d", "z": "${1}\ud83d\ude00"}}}}'
    (found,) = read({"main.tf": "", "more.tf.json": text})
    assert found.errors == []
    assert plain(found.declared[0].body) == {"x": "😀", "y": "�", "z": "1😀"}


def test_a_name_that_json_repeats_counts_each_time(read: Read) -> None:
    text = '{"resource": {"r": {"a": {}}}, "resource": {"r": {"b": {}}}}'
    (found,) = read({"main.tf": "", "more.tf.json": text})
    assert [each.address for each in found.declared] == ["r.a", "r.b"]
