"""Files made to exhaust us end in an error that names the bound, soon."""

from __future__ import annotations

import json
import time

import pytest
from parsers.cloudformation.cfn_sources import unit

from wa_iac.core.errors import BoundError

HEAD = "AWSTemplateFormatVersion: '2010-09-09'\n"


def nested_ifs(depth: int) -> str:
    """A template with one property of that many calls of Fn::If within each other, two levels each."""
    call = '{"Fn::If": ["C", ' * depth + '"x"' + ', "y"]}' * depth
    condition = '{"C": {"Fn::Equals": [{"Ref": "AWS::Region"}, "a"]}}'
    return f'{{"Conditions": {condition}, "Resources": {{"R": {{"Type": "AWS::X::Y", "Properties": {{"P": {call}}}}}}}}}'


def chained_conditions(length: int) -> str:
    chain = "".join(f"  C{index}: !Not [!Condition C{index + 1}]\n" for index in range(length))
    return f"{HEAD}Conditions:\n{chain}  C{length}: !Equals [a, a]\nResources:\n  R: {{Type: AWS::X::Y, Condition: C0}}\n"


def bomb(levels: int) -> str:
    rows = "".join(f"  - &a{index} [{', '.join([f'*a{index - 1}'] * 9)}]\n" for index in range(1, levels))
    use = f"Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      P: *a{levels - 1}\n"
    return f"{HEAD}X:\n  - &a0 [x, x]\n{rows}{use}"


def nested_aliases(levels: int) -> str:
    rows = "".join(f"  - &a{index} [*a{index - 1}]\n" for index in range(1, levels))
    use = f"Resources:\n  R:\n    Type: AWS::X::Y\n    Properties:\n      P: *a{levels - 1}\n"
    return f"{HEAD}X:\n  - &a0 [x]\n{rows}{use}"


TOO_MUCH = {
    "levels in flow style": (f"{HEAD}A: {'[' * 200}{']' * 200}\n", "more than 120 levels of nesting in one file"),
    "levels in block style": (
        HEAD + "".join(f"{' ' * index}a:\n" for index in range(200)),
        "more than 120 levels of nesting in one file",
    ),
    "levels in JSON": (
        json.dumps({"AWSTemplateFormatVersion": "\ud83d"}).replace("}", f', "A": {"[" * 200}{"]" * 200}}}'),
        "more than 120 levels of nesting in one file",
    ),
    "unclosed": (f"{HEAD}A: {'[' * 100_000}", "more than 120 levels of nesting in one file"),
    "unclosed JSON": ('{"AWSTemplateFormatVersion": ' + '{"a":' * 100_000, "more than 120 levels of nesting in one file"),
    "nested functions": (
        nested_ifs(500),
        "more than 120 levels of nesting in one file",
    ),
    "alias bomb": (bomb(12), "reading and judging this takes more than 1,000,000 steps"),
    "aliases in aliases": (nested_aliases(3000), "more than 150 levels of functions, objects and lists in one value"),
    "chain of conditions": (chained_conditions(3000), "functions, conditions or aliases are nested deeper than the bound"),
    "nodes": (f"{HEAD}A: [{'1,' * 600_000}]\n", "more than 500000 nodes in one file"),
    "size": (HEAD + "#" * 20_000_000, "larger than 20 MB"),
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_bounds(name: str) -> None:
    text, message = TOO_MUCH[name]
    start = time.perf_counter()
    (error,) = unit(text.encode()).errors
    assert isinstance(error, BoundError)
    assert error.message.startswith(message)
    assert error.path == "t.yaml"
    assert time.perf_counter() - start < 20


def test_within_the_bounds() -> None:
    """As deep as a file may be: the evaluation has to get there on Python's own stack."""
    assert unit(nested_ifs(55)).errors == []
    assert unit(chained_conditions(100)).errors == []
    assert unit(bomb(5)).errors == []
