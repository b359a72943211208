"""More words of checks: reasons that exempt, values that have to be written, faults that an answer undoes, settings said once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from wa_iac.aws.ec2 import EncryptionByDefault, Volume
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.logic import because, first_known, is_set
from wa_iac.core.rule import Flag, all_known, exempt_for, flag, flags_of, not_applicable, unless, written
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.engine.build import units
from wa_iac.knowledge.regional_settings import in_force, settings


def graph_of(folder: Path, source: str) -> Graph:
    (folder / "main.tf").write_text(source, encoding="utf-8")
    (unit,), errors = units([folder])
    assert errors == []
    return Graph("terraform", unit.declared)


@pytest.fixture
def unknown(tmp_path: Path) -> Unknown:
    """The value of a variable that nobody gives."""
    graph = graph_of(tmp_path, 'variable "name" {}\nresource "aws_sqs_queue" "this" {\n  name = var.name\n}\n')
    (queue,) = (each for each in graph.declared if each.type == "aws_sqs_queue")
    name = value_at(queue.body, "name")
    assert isinstance(name, Unknown)
    return name


def said(check: Iterator[Flag]) -> list[str]:
    return [each.message if each.verdict != "unknown" else "undecided" for each in flags_of(check)]


def test_a_reason_exempts_and_its_absence_does_not(unknown: Unknown) -> None:
    def check(reason: Value[str]) -> Iterator[Flag]:
        exempt_for(reason)
        yield flag(Absent(), "fault")

    assert said(check(Known("it is private"))) == ["it is private"]
    assert said(check(Absent())) == ["fault"]
    assert said(check(unknown)) == ["undecided"]


def test_a_check_of_what_is_written_ends_where_nothing_is(unknown: Unknown) -> None:
    def check(value: Value[int]) -> Iterator[Flag]:
        yield flag(Absent(), f"{written(value).value} days")

    assert said(check(Known(400))) == ["400 days"]
    assert said(check(Absent())) == []
    assert said(check(unknown)) == ["undecided"]


def test_one_unknown_among_several_values_ends_a_check(unknown: Unknown) -> None:
    def check(*values: Value[int]) -> Iterator[Flag]:
        all_known(*values)
        yield flag(Absent(), "fault")

    assert said(check(Known(1), Absent())) == ["fault"]
    assert said(check(Known(1), unknown, Known(2))) == ["undecided"]


def test_an_answer_undoes_faults_and_nothing_else(unknown: Unknown) -> None:
    def check() -> Iterator[Flag]:
        yield not_applicable("a part of it")
        yield flag(Absent(), "public")

    assert said(unless(Known(True), check())) == []
    assert said(unless(Known(False), check())) == ["a part of it", "public"]
    assert said(unless(Absent(), check())) == ["a part of it", "public"]
    assert said(unless(unknown, check())) == ["a part of it", "undecided"]


def test_a_reason_is_given_because_of_a_yes(unknown: Unknown) -> None:
    assert because(Known(True), "it is a copy") == Known("it is a copy")
    assert because(Known(False), "it is a copy") == Absent()
    assert because(Absent(), "it is a copy") == Absent()
    assert because(unknown, "it is a copy") is unknown


def test_the_first_known_value_comes_before_an_unknown_one(unknown: Unknown) -> None:
    values: list[Value[str]] = [Absent(), unknown, Known("a"), Known("b")]

    assert first_known(values) == Known("a")
    assert first_known(values[:2]) is unknown
    assert first_known(values[:1]) == first_known(values[:0]) == Absent()


def test_whatever_is_written_is_set(unknown: Unknown) -> None:
    assert is_set(Known("")) == Known(True)
    assert is_set(Absent()) == Known(False)
    assert is_set(unknown) is unknown


SETTING = 'resource "aws_ebs_encryption_by_default" "{name}" {{\n  enabled = {enabled}\n}}\n'


def test_settings_that_say_the_same_of_the_same_region_are_asked_once(tmp_path: Path) -> None:
    volume = 'resource "aws_ebs_volume" "data" {\n  availability_zone = "eu-west-1a"\n}\n'
    many = "".join(SETTING.format(name=f"default{number}", enabled="true") for number in range(20))
    graph = graph_of(tmp_path, volume + many + SETTING.format(name="off", enabled="false"))
    (disk,) = graph.of(Volume)

    assert [each.enabled for each in settings(graph, EncryptionByDefault)] == [Known(True), Known(False)]
    assert in_force(disk, graph, EncryptionByDefault, lambda setting: setting.enabled) == Known(True)
