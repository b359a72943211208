"""Small architectures, each in both dialects, with what AWS's documents say follows from a failure. See `cases/README.md` for the form."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from helpers.pictures import role
from wa_iac.aws.route53 import RecordSet
from wa_iac.aws.vpc import NatGateway
from wa_iac.core.declared import Dialect, Unit
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Known
from wa_iac.drill.failures import failures
from wa_iac.drill.mesh import mesh
from wa_iac.drill.model import Drill, Effect
from wa_iac.drill.run import drill
from wa_iac.drill.ways_in import zone_losses
from wa_iac.drill.zones import zone_key
from wa_iac.engine.build import graphs
from wa_iac.engine.catalogue import OURS

HERE: Final = Path(__file__).parent
_FENCE: Final = re.compile(r"^```(?P<language>\w+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
_LINE: Final = re.compile(r"(?P<subject>[\w ]+): (?P<expected>.*)")
_FILES: Final[dict[Dialect, str]] = {"cloudformation": "template.yaml", "terraform": "main.tf"}


class Case(NamedTuple):
    """A section of a file of cases. `expected` has, by failure, what is said of each subject."""

    title: str
    texts: dict[Dialect, str]
    expected: dict[str, dict[str, str]]
    reasons: str


def _cases() -> Iterator[Case]:
    for file in sorted((HERE / "cases").glob("*.md")):
        if file.name == "README.md":
            continue
        for section in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            title, _, rest = section.partition("\n")
            blocks = {found["language"]: found["text"] for found in _FENCE.finditer(rest)}
            yield Case(
                f"{file.stem}: {title}",
                {"cloudformation": blocks["yaml"], "terraform": blocks["hcl"]},
                _expected(blocks["text"]),
                _FENCE.sub("", rest),
            )


def _expected(text: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if not line.startswith(" "):
            found[line] = current = {}
        elif (match := _LINE.fullmatch(line.strip())) is not None:
            current[match["subject"]] = match["expected"]
    return found


CASES: Final = tuple(_cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
@pytest.mark.parametrize("dialect", _FILES)
def test_a_failure_does_what_the_documents_of_aws_say(case: Case, dialect: Dialect, tmp_path: Path) -> None:
    unit, graph = _read(case.texts[dialect], dialect, tmp_path)

    for failure, expected in case.expected.items():
        (meant,) = failures(_addressed(failure, graph), unit, graph)
        found = drill(unit, graph, meant)
        assert {subject: _said(subject, found) for subject in expected} == expected, failure
        for effect in found.effects.values():
            _is_explained(effect, found)


def test_there_are_enough_cases_and_each_one_gives_its_reason() -> None:
    assert len(CASES) >= 40
    for case in CASES:
        assert len(case.reasons.split()) > 10, case.title
        assert "https://docs.aws.amazon.com/" in case.reasons or "follows from the code" in case.reasons, case.title


def _read(text: str, dialect: Dialect, folder: Path) -> tuple[Unit, Graph]:
    network = (HERE / ("network.yaml" if dialect == "cloudformation" else "network.tf")).read_text(encoding="utf-8")
    file = folder / _FILES[dialect]
    if "private_a" in text or "PrivateA" in text or "public_a" in text or "PublicA" in text:
        text = f"{network}{text}"
    elif dialect == "cloudformation":
        text = f"Resources:\n{text}"
    elif "provider " not in text:
        text = f'provider "aws" {{ region = "eu-west-1" }}\n{text}'
    file.write_text(text, encoding="utf-8")
    (built,), errors = graphs([folder])
    assert [str(each) for each in errors if each.level == "error"] == []
    return built


def _addressed(failure: str, graph: Graph) -> str:
    """A failure with the address of the resource that it calls by its role: `resource:@web`."""
    kind, at, wanted = failure.partition("@")
    if not at:
        return failure
    (found,) = (each.address for each in graph.declared if each.kind == "resource" and role(each.address) == wanted)
    return f"{kind}{found}"


def _said(subject: str, found: Drill) -> str:
    """What a drill says of a resource, by its role, in a line; of `lost NAME` what data is lost; of `ways in` which they are."""
    if subject == "ways in":
        return ", ".join(role(each) for each in found.entry_points)
    if subject.startswith("lost "):
        return next((each.window for each in found.lost if role(each.address) == subject.removeprefix("lost ")), "nothing")
    (effect,) = (each for each in found.effects.values() if role(each.address) == subject)
    words: list[str] = [effect.outcome]
    words += [str(effect.share)] if effect.share is not None else []
    words += [f"in {effect.time}"] if effect.time else []
    words += [f"or {effect.best}"] if effect.best != effect.outcome else []
    words += ["by inference"] if effect.inferred else []
    return " ".join(words)


def _is_explained(effect: Effect, found: Drill) -> None:
    """What is struck has a chain that starts with it; what is not certain says what would settle it."""
    if effect.outcome == "unaffected":
        assert effect.chain == ()
        return
    assert effect.chain[0].address == effect.address
    assert all(each.address in found.effects and each.why for each in effect.chain)
    assert effect.is_certain or effect.settle, effect


def _with(word: str) -> list[Case]:
    return [each for each in CASES if any(word in text for text in each.texts.values())]


def _verdicts(slug: str, graph: Graph, subjects: tuple[Resource, ...]) -> dict[str, set[str]]:
    """What a rule says of each resource; an empty set if all is well."""
    rule = OURS.load(slug)
    return {each.address: {str(flag.verdict) for flag in rule.run(graph, each)} for each in subjects}


@pytest.mark.parametrize("dialect", _FILES)
@pytest.mark.parametrize("case", _with("aws_nat_gateway"), ids=lambda case: case.title)
def test_a_nat_gateway_that_takes_members_in_other_zones_with_it_is_reported(
    case: Case, dialect: Dialect, tmp_path: Path
) -> None:
    _, graph = _read(case.texts[dialect], dialect, tmp_path)
    served: dict[str, set[object]] = defaultdict(set)
    for node in mesh(graph).nodes.values():
        for lane, way in zip(node.lanes, node.ways, strict=False):
            served[way].add(zone_key(lane.zone))

    found = _verdicts("vpc-nat-gateway-per-az", graph, graph.of(NatGateway))

    assert {each for each, said in found.items() if "fail" in said} == {
        each
        for each in found
        if len(served[each]) > 1
        and any(loss.worst is not None and loss.worst.outcome == "stops" for loss in zone_losses(each, graph))
    }


@pytest.mark.parametrize("dialect", _FILES)
@pytest.mark.parametrize("case", _with("failover_routing_policy"), ids=lambda case: case.title)
def test_a_primary_record_that_does_not_fail_over_is_reported(case: Case, dialect: Dialect, tmp_path: Path) -> None:
    _, graph = _read(case.texts[dialect], dialect, tmp_path)
    primaries = tuple(each for each in graph.of(RecordSet) if each.failover == Known("PRIMARY"))

    found = _verdicts("route53-health-checks", graph, primaries)

    assert primaries
    assert {each for each, said in found.items() if "fail" in said} == {
        each.address for each in primaries if "stops" in _in_the_best_case(each, graph)
    }


def _in_the_best_case(record: RecordSet, graph: Graph) -> Iterator[str]:
    """What follows for a record if the first thing that it resolves to fails, and another one is left."""
    for group in mesh(graph).nodes[record.address].groups:
        state = group.best or group.some
        if state is not None:
            yield state.outcome
