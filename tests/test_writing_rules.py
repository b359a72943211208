"""The Python in docs/writing-rules.md works: every block is executed."""

from __future__ import annotations

import ast
import re
from textwrap import dedent
from types import SimpleNamespace
from typing import Annotated, Any

import pytest

from helpers.paths import PROJECT
from helpers.resources import declare
from wa_iac.aws.rds import Instance
from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.fix import Recipe
from wa_iac.core.graph import Graph
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, exempt, flag, written
from wa_iac.core.value import Absent, Known, Unknown, Value
from wa_iac.engine.catalogue import OURS

PAGE = (PROJECT / "docs" / "writing-rules.md").read_text(encoding="utf-8")
BLOCKS = [dedent(each) for each in re.findall(r"^ *```python\n(.*?)^ *```", PAGE, re.DOTALL | re.MULTILINE)]


def block(start: str) -> str:
    (found,) = [each for each in BLOCKS if each.startswith(start)]
    return str(found)


def executed(text: str, **names: Any) -> dict[str, Any]:
    """The names that a block defines, if it is executed with the names given."""
    exec(compile(text, "docs/writing-rules.md", "exec", dont_inherit=True), names)  # noqa: S102 - the page is the project's own
    return names


def test_each_block_is_executed_here() -> None:
    assert [each.split("(")[0].split()[0] for each in BLOCKS] == ["def", "fix", "match", "class"]


@pytest.mark.parametrize(("days", "messages"), [(3, ["Backups are kept for 3 days only."]), (30, [])])
def test_the_check_flags_what_is_too_short(days: int, messages: list[str]) -> None:
    names = {"Instance": Instance, "Graph": Graph, "Retention": object, "Flags": Flags}
    check = executed(block("def check("), exempt=exempt, written=written, flag=flag, **names)["check"]
    graph = Graph("terraform", [declare("aws_db_instance", "main", {"backup_retention_period": days})])

    (database,) = graph.of(Instance)
    assert [each.message for each in check(database, graph, SimpleNamespace(minimum_days=7))] == messages


def test_the_recipe_is_that_of_a_rule() -> None:
    fix = executed(block("fix = "), Recipe=Recipe)["fix"]

    assert fix == OURS.load("ecs-deployment-circuit-breaker").fix


@pytest.mark.parametrize(
    "value", [Known(3), Unknown(Said("after apply"), ("a",)), Absent()], ids=["known", "unknown", "absent"]
)
def test_the_cases_are_those_of_a_value(value: Value[int]) -> None:
    text = block("match queue.redrive:")
    reached: list[str] = []
    # Each case writes down its class, in the place of its comment.
    telling = re.sub(r"case (\w+)\(\):\n( +)\.\.\.", r"case \1():\n\2reached.append('\1')", text)
    executed(telling, Known=Known, Unknown=Unknown, Absent=Absent, queue=SimpleNamespace(redrive=value), reached=reached)

    assert reached == [type(value).__name__]
    assert isinstance(ast.parse(text).body[0], ast.Match)


@pytest.mark.parametrize(
    ("dialect", "type_", "body", "expected"),
    [
        ("terraform", "aws_sqs_queue", {"sqs_managed_sse_enabled": False}, False),
        ("cloudformation", "AWS::SQS::Queue", {"SqsManagedSseEnabled": False}, False),
        ("cloudformation", "AWS::SQS::Queue", {}, True),
    ],
)
def test_the_class_reads_both_dialects(dialect: Any, type_: str, body: dict[str, Any], expected: bool) -> None:
    names = {"Resource": Resource, "Annotated": Annotated, "Value": Value, "Cfn": Cfn, "Tf": Tf, "Default": Default}
    queue = executed(block("class Queue("), **names)["Queue"]
    graph = Graph(dialect, [declare(type_, "jobs", body, dialect)])

    (found,) = graph.of(queue)
    assert isinstance(found.managed_encryption, Known)
    assert found.managed_encryption.value is expected


def test_no_table_is_keyed_by_the_model_of_a_resource() -> None:
    """`type(resource)` is the model that Pydantic has made of the class; `resource.own_class` is the class."""
    places = [path for package in ("pillars", "knowledge", "aws") for path in (PROJECT / "wa_iac" / package).rglob("*.py")]
    by_model = re.compile(r"\btype\([a-z_]+\)(?!\.__name__)")

    assert [path.name for path in places if by_model.search(path.read_text(encoding="utf-8"))] == []
