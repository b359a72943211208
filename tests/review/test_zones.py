"""The part of a review's page on zones that fail."""

from __future__ import annotations

from pathlib import Path

from helpers.cli import run
from helpers.drills import shop_in


def _page(folder: Path) -> str:
    return run(folder, "review", "--format", "html").stdout


def test_the_page_says_what_follows_if_the_worst_zone_fails(tmp_path: Path) -> None:
    section = _page(shop_in(tmp_path)).partition('<section id="zones"')[2].partition("</section>")[0]

    assert "if zone eu-west-1a fails" in section
    assert "the worst of 2 zones" in section
    assert "degrades, 50 % left" in section
    assert '<a href="#picture" data-node="aws_autoscaling_group.web" data-unit="." data-environment="">' in section
    assert "takes down 1 entry point" in section


def test_code_without_zones_has_no_such_part(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "orders" {}\n', encoding="utf-8")

    assert "If a zone fails" not in _page(tmp_path)
