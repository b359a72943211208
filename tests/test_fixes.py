"""Every fix works on its rule's page: the finding goes, none comes, nothing else in the file changes, once is enough."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from helpers.fixes import as_json, everything, failing, formatted, mended
from helpers.reports import FILE_NAMES
from wa_iac.core.declared import Dialect
from wa_iac.core.fix import Content, Fix, Recipe, applied, content_of, place
from wa_iac.core.rule import Rule
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.check import check
from wa_iac.engine.custom_rules.examples import Example, examples
from wa_iac.engine.selection import Selection

WITH_FIX = [rule for rule in OURS.all() if rule.fix is not None]
BAD = [(rule.slug, example) for rule in WITH_FIX for example in examples(rule.page) if not example.compliant]
INDENTS: dict[str, int | str | None] = {"json-2": 2, "json-4": 4, "json-tabs": "\t", "json-compact": None}
SAFE = {
    "cloudfront-compression",
    "cloudfront-http-version",
    "cloudtrail-log-validation",
    "codedeploy-auto-rollback",
    "ecr-scan-on-push",
    "ecs-deployment-circuit-breaker",
    "eks-deletion-protection",
    "rds-iam-authentication",
    "rds-performance-insights",
    "s3-abort-multipart",
}
"""The rules whose fix needs no second look. Whoever adds one here has looked up what AWS does with a resource that is there."""
PERSONAL = {
    ("workload-stateful-deletion-policy", "terraform"),  # the final snapshot needs a name
    ("elb-listener-tls-policy", "classic"),  # a classic load balancer's policies hang together by name
}
"""Where the same rule takes a person."""


def _cases() -> list[object]:
    """Each example in its own language, and each template in JSON, in one of the ways to indent that."""
    cases: list[object] = []
    indents = itertools.cycle(INDENTS)
    for slug, example in BAD:
        written = ["yaml", next(indents)] if example.dialect == "cloudformation" else ["hcl"]
        cases += [pytest.param(slug, example, form, id=f"{slug}-{example.line}-{form}") for form in written]
    return cases


def _written(directory: Path, example: Example, form: str) -> Path:
    """The example as a file, in one of its forms."""
    if form in INDENTS:
        path = directory / "template.json"
        path.write_text(as_json(example.source, INDENTS[form]), encoding="utf-8")
    else:
        path = directory / FILE_NAMES[example.dialect]
        path.write_text(example.source, encoding="utf-8")
    return path


def _takes_a_person(slug: str, example: Example) -> bool:
    classic = "aws_elb" in example.source or "AWS::ElasticLoadBalancing::" in example.source
    return (slug, example.dialect) in PERSONAL or (classic and (slug, "classic") in PERSONAL)


@pytest.mark.parametrize(("slug", "example", "form"), _cases())
def test_the_fix_removes_the_finding_and_nothing_else(slug: str, example: Example, form: str, tmp_path: Path) -> None:
    path = _written(tmp_path, example, form)
    before = path.read_bytes()
    all_before = failing(everything(tmp_path, advice=True))
    fixes = [each.fix for each in check([tmp_path], Selection(select=(slug,)), fixes=True).failing()]

    outcome = mended(tmp_path, slug)

    assert outcome.report.mistakes() == []
    assert [each for each in outcome.report.failing() if each.fix is not None] == []
    assert _takes_a_person(slug, example) or (outcome.report.failing() == [] and None not in fixes)
    assert failing(everything(tmp_path)) - all_before == {}
    for fix in fixes:
        if fix is not None:
            assert _kept(before, fix) == _left(applied(before, fix.edits), fix)
    if form in INDENTS:
        json.loads(path.read_text(encoding="utf-8"))
    # Once is enough.
    assert mended(tmp_path, slug).files == {}


def _kept(before: bytes, fix: Fix) -> bytes:
    """The bytes of a file that no edit is to touch."""
    starts, ends = [0, *(each.end_byte for each in fix.edits)], [*(each.start_byte for each in fix.edits), len(before)]
    return b"|".join(before[start:end] for start, end in zip(starts, ends, strict=True))


def _left(after: bytes, fix: Fix) -> bytes:
    """The same bytes, in the edited file."""
    at = before = 0
    pieces: list[bytes] = []
    for path, start, end, text in fix.edits:
        assert path
        pieces.append(after[at : at + start - before])
        at += start - before + len(text.encode())
        before = end
    return b"|".join([*pieces, after[at:]])


@pytest.mark.slow
def test_a_fixed_module_is_formatted_as_terraform_does(tmp_path: Path) -> None:
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for number, (slug, example) in enumerate(BAD):
        if example.dialect == "terraform":
            name = f"{slug}-{example.line}"
            # Comments at line ends are aligned with each other by Terraform, and are not ours to move.
            before[name] = re.sub(" # finding.*", "", example.source)
            folder = tmp_path / str(number)
            folder.mkdir()
            path = folder / "main.tf"
            path.write_text(before[name], encoding="utf-8")
            mended(folder, slug)
            after[name] = path.read_text(encoding="utf-8")

    assert formatted(before) == before
    assert formatted(after) == after


@pytest.mark.parametrize("rule", WITH_FIX, ids=lambda rule: rule.slug)
def test_a_recipe_is_well_formed(rule: Rule) -> None:
    recipe = rule.fix
    assert recipe is not None

    for content in (recipe.cfn, recipe.tf, *recipe.types.values()):
        for name in _names(content):
            place(name)
    dialects: tuple[Dialect, ...] = ("cloudformation", "terraform")
    types = [name for subject in rule.subjects for name in subject.types()]
    assert any(recipe.content(kind, dialect, owner=True) for kind in types for dialect in dialects)
    assert not recipe.unsafe_because.endswith(".")


def _names(content: Content) -> list[str]:
    return [name for key, value in content.items() for name in (key, *_names(content_of(value) or {}))]


def test_at_least_thirty_rules_have_a_fix_and_the_safe_ones_are_known() -> None:
    assert len(WITH_FIX) >= 30
    assert {rule.slug for rule in WITH_FIX if rule.fix is not None and not rule.fix.unsafe_because} == SAFE


def test_a_remedy_with_a_placeholder_has_no_fix() -> None:
    """What a person has to choose, the tool does not."""
    for rule in WITH_FIX:
        named = [dialect for dialect in ("cfn", "tf") if "<" in getattr(rule.remedy, dialect)]
        fix = rule.fix or Recipe()
        assert [dialect for dialect in named if getattr(fix, dialect) and not fix.beside] == [], rule.slug
