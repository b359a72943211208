"""A stranger starts a rule: one file, which mypy and the page's parser take as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

import wa_iac.pillars
from wa_iac.core.rule import PILLARS
from wa_iac.engine.catalogue import OURS
from wa_iac.engine.custom_rules.examples import examples
from wa_iac.maintenance.scaffold import write


@pytest.fixture
def pillars(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "reliability").mkdir()
    monkeypatch.setattr(wa_iac.pillars, "__path__", [str(tmp_path)])
    return tmp_path


def test_the_file_is_where_the_slug_says_and_has_a_page(pillars: Path) -> None:
    path = write("s3-object-lock", "reliability", "s3.Bucket")

    assert path == pillars / "reliability" / "s3_object_lock.py"
    source = path.read_text(encoding="utf-8")
    compile(source, str(path), "exec")
    page = source.split('"""')[1]
    assert [(each.dialect, each.compliant) for each in examples(page)] == [
        ("cloudformation", False),
        ("terraform", False),
        ("cloudformation", True),
        ("terraform", True),
    ]
    assert "def check(bucket: Bucket) -> Flags:" in source
    assert 'practices=["REL00-BP00"]' in source


@pytest.mark.usefixtures("pillars")
def test_what_is_marked_is_where_something_that_is_not_written_is_reported() -> None:
    """An absent value points at the resource, so that only what is compliant has to be filled in."""
    page = write("s3-object-lock", "reliability", "s3.Bucket").read_text(encoding="utf-8").split('"""')[1]
    marked = [line for line in page.splitlines() if line.endswith("# finding")]

    assert marked == ["  Example: # finding", 'resource "aws_s3_bucket" "example" {} # finding']


def test_every_pillar_has_practices_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = OURS.all()
    monkeypatch.setattr(wa_iac.pillars, "__path__", [str(tmp_path)])
    for pillar in PILLARS:
        (tmp_path / pillar).mkdir()
        written = write("s3-object-lock", pillar, "s3.Bucket").read_text(encoding="utf-8")
        (practice,) = re.findall(r'practices=\["([A-Z]+)00-BP00"\]', written)
        assert any(each.startswith(practice) for rule in rules if rule.pillar == pillar for each in rule.practices)


@pytest.mark.parametrize(
    ("slug", "pillar", "resource", "message"),
    [
        ("S3 lock", "reliability", "s3.Bucket", "is not service-topic in lower case"),
        ("s3-lock", "beauty", "s3.Bucket", "is not one of operations, security"),
        ("s3-lock", "reliability", "s3.Pail", "is not a resource class"),
        ("s3-lock", "reliability", "nothing.Bucket", "is not a resource class"),
    ],
)
@pytest.mark.usefixtures("pillars")
def test_a_name_that_means_nothing_is_refused(slug: str, pillar: str, resource: str, message: str) -> None:
    with pytest.raises(typer.BadParameter, match=message):
        write(slug, pillar, resource)


@pytest.mark.usefixtures("pillars")
def test_a_rule_that_is_there_is_not_written_over() -> None:
    write("s3-object-lock", "reliability", "s3.Bucket")

    with pytest.raises(typer.BadParameter, match="exists already"):
        write("s3-object-lock", "reliability", "s3.Bucket")
