"""What a remedy says of the neighbors of the finding's resource: their names, and arguments of it that a new resource repeats."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

from .written import indentation, text_at

_NEIGHBORS: Final = {
    "<the cluster>": ("AWS::ECS::Cluster", "aws_ecs_cluster"),
    "<the load balancer>": ("AWS::ElasticLoadBalancingV2::LoadBalancer", "aws_lb", "aws_alb"),
    "<the target group>": ("AWS::ElasticLoadBalancingV2::TargetGroup", "aws_lb_target_group", "aws_alb_target_group"),
    "<the VPC>": ("AWS::EC2::VPC", "aws_vpc"),
}
"""Placeholders, and the types of what they stand for."""
_HEADER: Final = late(r'(?m)^resource "(?P<type>\w+)" "[^"\n]+" \{$')
_TYPE: Final = late(r'(?m)^  Type: "?(?P<type>AWS::[\w:]+)"?$')
_HCL_HEAD: Final = late(r"(?P<indent>[ \t]*)(?P<name>\w+)(?: *= *\S.*| *\{.*)")
_YAML_HEAD: Final = late(r"(?P<indent> *)(?P<name>\w+):(?: .*)?")
_OF_ONE: Final = late(r"(?<![\w.])(?:each\.(?:key|value)|count\.index)\b")
"""A value of one instance of a block."""


def named(snippet: str, subject: Subject) -> str:
    """The code with the names of the only neighbors of their kinds that the finding's resource refers to."""
    owner = subject.declared
    if owner is None or owner.construct:
        return snippet
    for placeholder, types in _NEIGHBORS.items():
        if placeholder not in snippet:
            continue
        found = [each for each in subject.graph.referred(owner.body) if each.type in types and _is_beside(each, owner)]
        if len({id(each) for each in found}) == 1:
            snippet = snippet.replace(placeholder, _name(found[0]))
    return snippet


def _is_beside(one: Declared, other: Declared) -> bool:
    """Whether code of one can name the other: both are in one module or template."""
    return one.kind == "resource" and one.calls == other.calls and _folder(one) == _folder(other)


def _folder(declared: Declared) -> str:
    path = declared.span.path
    return path if declared.dialect == "cloudformation" else path.rpartition("/")[0]


def _name(declared: Declared) -> str:
    if declared.dialect == "cloudformation":
        return declared.name
    index = re.search(r"\[[^\[\]]*\]$", declared.address)
    return f"{declared.type}.{declared.name}{'' if index is None else index[0]}"


def repeating(snippet: str, subject: Subject, language: str) -> str:
    """The code of a new resource of the finding's own type: what it does not know, it repeats from there, as it is written."""
    owner = subject.declared
    if owner is None or owner.construct or language not in ("hcl", "yaml") or "<the " not in snippet:
        return snippet
    found = (_HEADER if language == "hcl" else _TYPE).search(snippet)
    if found is None or found["type"] != owner.type:
        return snippet
    written: dict[str, list[list[str]]] = {}
    for name, lines in _arguments(text_at(owner.extent, subject.sources).split("\n"), language):
        written.setdefault(name, []).append(lines)
    made: list[str] = []
    lines = snippet.split("\n")
    at = 0
    for name, first, last in _places(lines, language):
        made += lines[at:first]
        own = lines[first:last]
        others = written.get(name, [])
        usable = others and not any(_OF_ONE.search(line) for each in others for line in each)
        indent = own[0][: len(own[0]) - len(own[0].lstrip())]
        if any("<the " in line for line in own) and usable:
            made += [_moved(line, each[0], indent) for each in others for line in each]
        else:
            made += own
        at = last
    return "\n".join((*made, *lines[at:]))


def _moved(line: str, head: str, indent: str) -> str:
    """A line with the indentation of another place: `head` is the first line of its argument."""
    before = head[: len(head) - len(head.lstrip())]
    return f"{indent}{line.removeprefix(before)}" if line.strip() else line


def _arguments(lines: list[str], language: str) -> Iterator[tuple[str, list[str]]]:
    """The arguments of a resource as they are written: their names and lines."""
    for name, first, last in _places(lines, language):
        yield name, lines[first:last]


def _places(lines: list[str], language: str) -> Iterator[tuple[str, int, int]]:
    """The arguments and blocks at the top of a resource, with the lines from and to which they go."""
    yaml = language == "yaml"
    start = 1
    if yaml:
        start = next((number for number, line in enumerate(lines) if line.strip() == "Properties:"), len(lines)) + 1
    depth = next((indentation(line) for line in lines[start:] if line.strip()), 0)
    at = start
    while at < len(lines):
        head = (_YAML_HEAD if yaml else _HCL_HEAD).fullmatch(lines[at])
        if not lines[at].strip() or indentation(lines[at]) > depth or (not yaml and head is None):
            at += 1
            continue
        if indentation(lines[at]) < depth:
            return
        last = at + 1
        while last < len(lines) and _goes_on(lines[last], depth, yaml=yaml):
            last += 1
        while not lines[last - 1].strip():
            last -= 1
        if head is not None:
            yield head["name"], at, last
        at = last


def _goes_on(line: str, depth: int, *, yaml: bool) -> bool:
    """Whether a line belongs to the argument before it, whose first line has this indentation."""
    own = indentation(line)
    return not line.strip() or own > depth or (own == depth and line.lstrip().startswith("- " if yaml else ("}", "]", ")")))
