"""The review as Markdown: readable as text, and nothing of a template is read as Markdown."""

from __future__ import annotations

from pathlib import Path

from helpers.cli import run
from helpers.markdown import read

MODULE = """\
resource "aws_ebs_volume" "v" {
  for_each          = toset(["a_b `c` **d** <b>e</b> [f](g) @h"])
  availability_zone = "eu-west-1a"
  size              = 10
  encrypted         = false
}
"""


def test_names_of_a_template_are_text(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(MODULE, encoding="utf-8")

    done = run(tmp_path, "review")

    page = read(done.stdout)
    assert any('aws_ebs_volume.v["a_b `c` **d** <b>e</b> [f](g) @h"]' in each for each in page.cells)
    assert "b" not in page.tags


def test_it_is_readable_where_nobody_renders_it(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_db_instance" "d" {\n  storage_encrypted = false\n}\n', encoding="utf-8")

    done = run(tmp_path, "review")

    assert "effort: replacement (AWS replaces the resource when storage_encrypted changes)" in done.stdout


def test_a_rule_whose_practices_are_of_other_pillars_is_named_for_its_own(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_db_instance" "d" {\n  storage_encrypted = true\n}\n', encoding="utf-8")
    said = "the practices of these rules are of other pillars, and fail there: rds-deletion-protection ("

    assert f"- Reliability: {said}" in run(tmp_path, "review").stdout.replace("\\", "")
    assert said in run(tmp_path, "review", "--format", "html").stdout
