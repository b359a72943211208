"""A reason is a record: sentences are made of it when somebody asks, and nothing reads them back."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

import wa_iac
from wa_iac.core.algebra import joined, lift, yes_or_no
from wa_iac.core.partial import rest_of
from wa_iac.core.reasons import (
    AfterApply,
    CannotEvaluate,
    DynamicReference,
    Follows,
    Imported,
    InParameterStore,
    LookedUp,
    Pseudo,
    Reason,
    Said,
    Uncountable,
    UninstalledModule,
    UnsetParameter,
    UnsetVariable,
    ZonesOf,
    causes,
    uncountable,
)
from wa_iac.core.value import Known, Origin, Tree, Unknown, plain

UNSET: Final = UnsetVariable("size", of_root=True)
IMPORTED: Final = "check it together with the template that exports it, with values for that template's parameters"


@pytest.mark.parametrize(
    ("reason", "why", "settle"),
    [
        (Said("AWS chooses it"), "AWS chooses it", ""),
        (UNSET, "var.size has no default", "set --var size=..., a value in terraform.tfvars, or check the plan"),
        (UnsetVariable("size", of_root=False), "var.size has no default", "call the module with it"),
        (
            UnsetParameter("Size", "Db."),
            'parameter "Size" has no default',
            'set it in --parameters, or give parameter "Size" a Default',
        ),
        (
            InParameterStore("Image"),
            'parameter "Image" is read from Parameter Store at deployment',
            "look it up in Parameter Store",
        ),
        (Pseudo("AWS::Region"), "the region is known only at deployment", "look at the deployed stack"),
        (ZonesOf(""), "the availability zones are known only at deployment", "name the zones, or look at the deployed stack"),
        (LookedUp("aws_ami", "data.aws_ami.a", "id"), "data.aws_ami.a.id is looked up at deployment", "check the plan"),
        (AfterApply("aws_vpc.v", "id"), "aws_vpc.v.id is known after apply", "check a plan made after the first apply"),
        (AfterApply("aws_vpc.v", ""), "aws_vpc.v is known after apply", "check a plan made after the first apply"),
        (
            AfterApply("aws_vpc.v", "id", "check the plan beside its source"),
            "aws_vpc.v.id is known after apply",
            "check the plan beside its source",
        ),
        (Imported('"vpc"', is_known=True), '"vpc" is exported by another stack', IMPORTED),
        (Imported('"${...}-vpc"', is_known=False), 'another stack exports it under the name "${...}-vpc"', IMPORTED),
        (
            DynamicReference("{{resolve:ssm:/a}}"),
            "the dynamic reference {{resolve:ssm:/a}} is resolved at deployment",
            "look the value up where the reference points",
        ),
        (
            UninstalledModule("vpc", "example/vpc/aws"),
            'module "vpc" comes from example/vpc/aws, which is not installed here',
            'run "terraform init"',
        ),
        (
            UninstalledModule("vpc", "var.source", UNSET),
            'the source of module "vpc" is not known: var.size has no default',
            UNSET.settle,
        ),
        (CannotEvaluate("count", Said("null")), "count cannot be evaluated: null", "correct count"),
        (CannotEvaluate("count", UNSET), "count cannot be evaluated: var.size has no default", UNSET.settle),
        (Uncountable(UNSET), "the number of instances depends on var.size, which has no default", UNSET.settle),
        (
            Follows("the statements of another document", LookedUp("aws_x", "data.aws_x.a", "json")),
            "the statements of another document: data.aws_x.a.json is looked up at deployment",
            "check the plan",
        ),
    ],
)
def test_the_sentences_of_a_reason(reason: Reason, why: str, settle: str) -> None:
    unknown = Unknown(reason, "x")
    assert (unknown.why, unknown.settle) == (why, settle)
    assert plain(unknown) == {"$unknown": why}


class TestANumberOfInstances:
    """How many there are is not known for the reason that is behind it."""

    def test_it_hangs_on_a_variable_or_a_parameter(self) -> None:
        assert Uncountable(UNSET).why == "the number of instances depends on var.size, which has no default"
        assert Uncountable(UnsetParameter("N")).why == 'the number of instances depends on parameter "N", which has no default'

    def test_any_other_reason_is_told_as_it_is(self) -> None:
        assert (
            Uncountable(AfterApply("aws_vpc.v", "id")).why
            == "the number of instances is not known: aws_vpc.v.id is known after apply"
        )
        mistaken = CannotEvaluate("count", UNSET)
        assert uncountable(mistaken).why == (
            "the number of instances is not known: count cannot be evaluated: var.size has no default"
        )

    def test_what_is_in_such_a_block_has_the_same_reason(self) -> None:
        outer = uncountable(UNSET)
        assert uncountable(outer) is outer


def test_the_reasons_behind_a_reason() -> None:
    behind = Follows("the statements of another document", CannotEvaluate("it", Uncountable(UNSET)))
    assert [type(each) for each in causes(behind)] == [Follows, CannotEvaluate, Uncountable, UnsetVariable]
    assert list(causes(UninstalledModule("m", "example/m/aws"))) == [UninstalledModule("m", "example/m/aws")]


class TestWhatIsMadeOfAnUnknown:
    """It keeps the reason, and is no longer the thing that the reason names."""

    region = Unknown(Pseudo("AWS::Region"), ("region",), itself=True)

    @pytest.mark.parametrize(
        "made",
        [
            region.derived("upper"),
            region.member(0),
            region.map("first", lambda value: value),
            rest_of(region),
            lift("=", lambda one: one, region, origin=Origin()),
            joined(["a-", region], Origin()),
        ],
    )
    def test_it_is_another_thing(self, made: Tree) -> None:
        assert isinstance(made, Unknown)
        assert made.reason is self.region.reason
        assert made.source is None

    @pytest.mark.parametrize("same", [region, region.at(Origin(how="given")), joined([region], Origin())])
    def test_elsewhere_it_is_itself(self, same: Tree) -> None:
        assert isinstance(same, Unknown)
        assert same.source is self.region.reason


def test_a_boolean_that_is_a_choice_of_its_own() -> None:
    made = yes_or_no(UNSET, "choice", ("var.on is true", "var.on is false"), Origin())
    assert (made.reason, made.choice, made == Unknown(Said("another"), "choice")) == (UNSET, "choice", True)
    assert made.alternatives == (("var.on is true", Known(True)), ("var.on is false", Known(False)))


ROOT: Final = Path(wa_iac.__file__).parent
SHORTENS_IDENTITIES: Final = ROOT / "parsers" / "terraform" / "evaluation" / "unit.py"
"""The module that puts a short name in the place of an identity that has grown: the one that asks how long it is."""
LAYS_OUT: Final = frozenset({"strip"})
"""What a report may do to a text."""
_TAKES_TEXT_APART: Final = frozenset({"findall", "finditer", "fullmatch", "match", "search", "split"})


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(ROOT.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def looks_into(tree: ast.AST) -> Iterator[ast.AST]:
    """Where code looks into an identity: subscripts it, matches it, goes over it, makes text of it, asks for its type."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="identity")) | ast.Attribute(value=ast.Attribute(attr="identity")):
                yield node
            case ast.Match(subject=ast.Attribute(attr="identity")) | ast.FormattedValue(value=ast.Attribute(attr="identity")):
                yield node
            case ast.For(iter=ast.Attribute(attr="identity")) | ast.comprehension(iter=ast.Attribute(attr="identity")):
                yield node
            case ast.Starred(value=ast.Attribute(attr="identity")):
                yield node
            case ast.MatchClass(kwd_attrs=names) if "identity" in names:
                yield node
            case ast.Call(func=ast.Name(id=name), args=[ast.Attribute(attr="identity"), *_]) if name not in (
                "hash",
                "_is_long",
            ):
                yield node


def reads_a_sentence(tree: ast.AST) -> Iterator[ast.AST]:
    """Where code takes a sentence apart: of a reason, an error, a finding, a step."""
    sentences = ("why", "settle", "message", "note")
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr=name), attr=method)) if name in sentences:
                if method not in LAYS_OUT:
                    yield node
            case ast.Call(func=ast.Attribute(attr=method), args=arguments) if method in _TAKES_TEXT_APART:
                if any(isinstance(each, ast.Attribute) and each.attr in sentences for each in arguments):
                    yield node
            case ast.Subscript(value=ast.Attribute(attr=name)) | ast.Match(subject=ast.Attribute(attr=name)) if (
                name in sentences
            ):
                yield node
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Attribute(attr=name)]) if name in sentences:
                yield node
            case ast.MatchClass(cls=ast.Name(id="Unknown" | "Rest"), kwd_attrs=names) if {"why", "settle"} & set(names):
                yield node


def test_nothing_looks_into_an_identity() -> None:
    found = [(path, node) for path, tree in trees() for node in looks_into(tree)]
    assert {path for path, _ in found} == {SHORTENS_IDENTITIES}


def test_nothing_reads_a_sentence_back() -> None:
    assert [(path, ast.unparse(node)) for path, tree in trees() for node in reads_a_sentence(tree)] == []


@pytest.mark.parametrize(
    "code",
    [
        "value.identity[0]",
        "match value.identity:\n  case _: pass",
        "match value:\n  case Unknown(identity=('zones', _)): pass",
        "str(value.identity)",
        "isinstance(value.identity, tuple)",
        "f'{value.identity}'",
        "[*value.identity]",
        "for each in value.identity: pass",
    ],
)
def test_looking_into_an_identity_is_found(code: str) -> None:
    assert list(looks_into(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        "value.why.removeprefix('the number of ')",
        "value.settle.split()",
        "PATTERN.fullmatch(value.why)",
        "re.search('x', error.message)",
        "' has no default' in value.why",
        "value.why[3:]",
        "match value:\n  case Unknown(why='known after apply'): pass",
    ],
)
def test_reading_a_sentence_back_is_found(code: str) -> None:
    assert list(reads_a_sentence(ast.parse(code)))


@pytest.mark.parametrize("code", ["('zone of', value.identity)", "hash(value.identity)", "one.identity == other.identity"])
def test_passing_an_identity_on_is_fine(code: str) -> None:
    assert not list(looks_into(ast.parse(code)))


@pytest.mark.parametrize("code", ["error.message.strip()", "f'{value.why}; {value.settle}'", "seen.add(error.message)"])
def test_telling_a_sentence_is_fine(code: str) -> None:
    assert not list(reads_a_sentence(ast.parse(code)))
