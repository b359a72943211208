"""Every rule, over the lists and the maps of its own examples as they are where they are known in part only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from helpers.reports import judge
from wa_iac.core.rule import Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import examples

_LIST: Final = re.compile(r"^\s*(?P<name>\w+)\s*=\s*(?P<value>\[(?P<first>[^\[\]{},]+)(?:,[^\[\]{}]*)?\])", re.MULTILINE)
_MAP: Final = re.compile(r"^\s*(?P<name>\w+)\s*=\s*(?P<value>\{\s[^\[\]{}]*\})", re.MULTILINE)
_NAMES: Final = frozenset({"depends_on", "ignore_changes"})
"""What must be written out: Terraform takes no expression there."""
_GIVEN: Final = 'variable "more_of_a_list" {\n  type = list(string)\n}\nvariable "more_of_a_map" {\n  type = map(string)\n}\n'
_STATIC: Final = re.compile(r"required_providers\s*\{.*?\n\}", re.DOTALL)


def in_part(source: str) -> Iterator[tuple[str, str]]:
    """A source with one collection after the other known in part; and what was put in."""
    for pattern, forms in ((_LIST, ("concat([{first}], var.more_of_a_list)", "concat(var.more_of_a_list, {value})")),
                           (_MAP, ("merge({value}, var.more_of_a_map)", "merge(var.more_of_a_map, {value})"))):  # fmt: skip
        for found in pattern.finditer(source):
            if found["name"] in _NAMES or any(each.start() <= found.start() < each.end() for each in _STATIC.finditer(source)):
                continue
            for form in forms:
                written = form.format(**found.groupdict())
                yield written, f"{source[: found.start('value')]}{written}{source[found.end('value') :]}{_GIVEN}"


@pytest.mark.parametrize("rule", OURS.all(), ids=lambda rule: rule.slug)
def test_what_may_be_right_is_no_fault(rule: Rule, tmp_path: Path) -> None:
    """A compliant example is among those that it stands for with a part of it hidden: the rule must not call that a fault."""
    for number, example in enumerate(examples(rule.page)):
        if example.dialect == "terraform" and example.compliant:
            for index, (written, source) in enumerate(in_part(example.source)):
                report = judge(tmp_path / f"{number}-{index}", source, "terraform", rule.slug)
                assert [each.message for each in report.errors] == []
                assert [each.message for each in report.failing()] == [], written
