"""Items: findings that a person decides on together. Each is in one item, and keeps its slug, place and fingerprints."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.reports import judge_files
from wa_iac.core.finding import Report
from wa_iac.core.rule import PILLARS
from wa_iac.report.formats import Format, View, render
from wa_iac.report.group_by import GroupBy
from wa_iac.report.items import Item, items, sections
from wa_iac.report.listing import listed


def buckets(number: int, *, versioned: int = 0, start: int = 0) -> str:
    """A template's buckets; the first `versioned` of them keep versions."""
    kept = "    Properties:\n      VersioningConfiguration:\n        Status: Enabled\n"
    return "Resources:\n" + "".join(
        f"  B{index}:\n    Type: AWS::S3::Bucket\n{kept if index - start < versioned else ''}"
        for index in range(start, start + number)
    )


def made(report: Report, *, show_unknown: bool = False) -> list[Item]:
    assert report.errors == []
    return items(report, listed(report, show_unknown=show_unknown))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path()


# --- conventions


def test_a_convention_that_nothing_follows_is_one_item_for_each_template(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(3), "b.yaml": buckets(2)}, "s3-versioning")

    assert [(each.kind, each.heading, len(each.findings), each.everywhere) for each in made(report)] == [
        ("convention", "S3 bucket has no versioning: all 3 in a.yaml.", 3, True),
        ("convention", "S3 bucket has no versioning: all 2 in b.yaml.", 2, True),
    ]


def test_the_exception_to_a_convention_is_named_even_alone(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(4, versioned=3)}, "s3-versioning")

    [item] = made(report)
    assert item.heading == "S3 bucket has no versioning: 1 of 4 in a.yaml, unlike the other 3."
    assert ([each.address for each in item.findings], item.everywhere) == (["B3"], False)


def test_where_some_follow_a_convention_it_is_one_item_of_the_others(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(4, versioned=1)}, "s3-versioning")

    [item] = made(report)
    assert item.heading == "S3 bucket has no versioning: 3 of 4 in a.yaml."


def test_one_resource_makes_no_convention(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(1)}, "s3-versioning")

    assert [(each.kind, each.heading) for each in made(report)] == [("finding", "")]


def test_a_suppressed_finding_is_not_counted_as_listed(here: Path) -> None:
    source = buckets(3).replace("  B0:\n", "  B0: # wa-iac: ignore[s3-versioning] rebuilt every night\n")
    report = judge_files(here, {"a.yaml": source}, "s3-versioning")

    [item] = made(report)
    assert item.heading == "S3 bucket has no versioning: 2 of 3 in a.yaml."
    assert [each.address for each in item.findings] == ["B1", "B2"]


# --- causes and resources

TWO_VOLUMES = """\
variable "encrypted" {
  default = false
}
resource "aws_ebs_volume" "a" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.encrypted
}
resource "aws_ebs_volume" "b" {
  availability_zone = "eu-west-1a"
  size              = 1
  encrypted         = var.encrypted
}
"""


def test_a_default_that_two_resources_use_is_one_item(here: Path) -> None:
    report = judge_files(here, {"main.tf": TWO_VOLUMES}, "ebs-encryption")

    [item] = made(report)
    assert (item.kind, item.heading) == ("cause", 'One place causes 2 findings: main.tf:2 (default of variable "encrypted").')
    assert [each.address for each in item.findings] == ["aws_ebs_volume.a", "aws_ebs_volume.b"]


def test_a_resource_that_lacks_several_things_is_one_item(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(1)}, "s3-versioning", "s3-lifecycle", "s3-ssl-requests-only")

    [item] = made(report)
    assert (item.kind, item.heading) == ("resource", "B0 has 3 findings.")
    assert [each.severity.value for each in item.findings] == ["medium", "low", "low"]


def test_findings_on_the_whole_unit_have_nothing_in_common(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(1)}, "s3-versioning")
    [finding] = report.findings
    report.findings = [replace(finding, address="", fault=fault) for fault in ("x", "y")]
    report.findings[1] = replace(report.findings[1], message="another")

    assert [each.kind for each in made(report)] == ["finding", "finding"]


# --- what holds for all of them


def test_every_listed_finding_is_in_one_item_and_the_exit_code_stays(here: Path) -> None:
    files = {"a.yaml": buckets(3), "b.yaml": buckets(4, versioned=3), "main.tf": TWO_VOLUMES}
    report = judge_files(here, files)
    findings = listed(report, show_unknown=True)

    found = [id(each) for item in items(report, findings) for each in item.findings]
    assert sorted(found) == sorted(map(id, findings))
    assert len({each.id for each in items(report, findings)}) == len(items(report, findings))
    assert report.exit_code() == 1


def test_the_id_of_an_item_stays_when_lines_move(here: Path) -> None:
    before = made(judge_files(here, {"a.yaml": buckets(3), "main.tf": TWO_VOLUMES}, "s3-versioning", "ebs-encryption"))
    moved = {"a.yaml": f"# one more line\n{buckets(3)}", "main.tf": f"# one more\n{TWO_VOLUMES}"}
    after = made(judge_files(here, moved, "s3-versioning", "ebs-encryption"))

    assert [each.id for each in after] == [each.id for each in before]


def test_the_most_severe_item_is_first(here: Path) -> None:
    report = judge_files(
        here, {"a.yaml": buckets(2), "main.tf": TWO_VOLUMES}, "s3-lifecycle", "ebs-encryption", "s3-versioning"
    )

    assert [each.first.severity.value for each in made(report)] == ["high", "medium", "low"]


@pytest.mark.parametrize("by", GroupBy)
def test_sections_hold_each_finding_once(here: Path, by: GroupBy) -> None:
    report = judge_files(here, {"a.yaml": buckets(3), "main.tf": TWO_VOLUMES})
    findings = listed(report, show_unknown=False)
    found = sections(report, findings, by)

    assert sorted(id(each) for section in found for each in section.findings) == sorted(map(id, findings))
    for section in found:
        names = {
            {"rule": each.rule.slug, "resource": each.address, "file": each.span.path, "pillar": each.rule.pillar}[by]
            for each in section.findings
        }
        assert names == {section.name}
    if by is GroupBy.PILLAR:
        assert [each.name for each in found] == [each for each in PILLARS if each in {one.name for one in found}]


# --- formats


def test_json_and_sarif_keep_each_finding_and_name_its_item(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(3)}, "s3-versioning")
    [item] = made(report)

    document = json.loads(render(report, Format.JSON, View()))
    assert [(each["item"], each["instances"][0]["address"]) for each in document["findings"]] == [
        (item.id, "B0"),
        (item.id, "B1"),
        (item.id, "B2"),
    ]
    [told] = document["items"]
    assert (told["id"], told["kind"], told["heading"]) == (item.id, "convention", item.heading)
    assert told["findings"] == [each["fingerprint"] for each in document["findings"]]
    assert (document["summary"]["fail"], document["summary"]["items"]) == (3, 1)

    results = json.loads(render(report, Format.SARIF, View()))["runs"][0]["results"]
    assert [each["properties"]["item"] for each in results] == [{"id": item.id, "heading": item.heading}] * 3


def test_a_workflow_gets_one_annotation_and_a_comment_one_row(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(114)}, "s3-versioning")

    assert render(report, Format.GITHUB, View()).count("::warning ") == 1
    page = render(report, Format.MARKDOWN, View())
    assert page.count("S3 bucket has no versioning: all 114 in a.yaml.") == 1
    assert page.count("| <code>a.yaml:2</code> |") == 1


def test_servers_that_compare_runs_get_each_finding(here: Path) -> None:
    report = judge_files(here, {"a.yaml": buckets(3)}, "s3-versioning")

    assert render(report, Format.JUNIT, View()).count("<failure ") == 3
    assert len(json.loads(render(report, Format.GITLAB, View()))) == 3
