"""A value in a file that the code decodes: the remedy names the line of its key there."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge_files, only_place

DATABASE = 'resource "aws_db_instance" "d" {\n  engine   = "mysql"\n  multi_az = VALUE\n}\n'
LOCAL = 'locals {\n  c = yamldecode(file("${path.module}/c.yaml"))\n}\n'
SLUG = "rds-multi-az"


@pytest.mark.parametrize(
    ("module", "name", "content", "place"),
    [
        (
            LOCAL + DATABASE.replace("VALUE", "local.c.app.multi"),
            "c.yaml",
            "app:\n  multi: false\n",
            '"app.multi" (c.yaml:2), which main.tf:2',
        ),
        (
            DATABASE.replace("VALUE", 'jsondecode(file("c.json")).app.multi'),
            "c.json",
            '{"app": {\n  "multi": false\n}}\n',
            '"app.multi" (c.json:2), which main.tf:3',
        ),
        (
            DATABASE.replace("VALUE", "each.value.multi").replace(
                "  engine", '  for_each = yamldecode(file("c.yaml")).all\n  engine'
            ),
            "c.yaml",
            "web:\n  multi: false\nall:\n  a: {multi: true}\n  b: {multi: false}\n",
            '"all.b.multi" (c.yaml:5), which main.tf:2',
        ),
        (
            LOCAL + DATABASE.replace("VALUE", "each.value.multi").replace("  engine", "  for_each = local.c.all\n  engine"),
            "c.yaml",
            "all:\n  a:\n    multi: false\n",
            '"all.a.multi" (c.yaml:3), which main.tf:2',
        ),
    ],
)
def test_a_key_of_a_decoded_file_is_named_with_its_line(
    tmp_path: Path, module: str, name: str, content: str, place: str
) -> None:
    files = {"main.tf": module, name: content}

    assert only_place(judge_files(tmp_path, files, SLUG)).rstrip("\n") == (
        f"The key {place} decodes, has the value. Set it to true there."
    )


def test_the_file_of_a_root_module_is_found_for_a_module_that_it_calls(tmp_path: Path) -> None:
    files = {
        "main.tf": LOCAL + 'module "db" {\n  source = "./db"\n  multi  = local.c.multi\n}\n',
        "db/main.tf": 'variable "multi" {}\n' + DATABASE.replace("VALUE", "var.multi"),
        "c.yaml": "multi: false\n",
    }
    assert only_place(judge_files(tmp_path, files, SLUG)).startswith('The key "multi" (c.yaml:1), which main.tf:2 decodes, ')


def test_a_key_that_is_not_found_in_the_file_has_no_line(tmp_path: Path) -> None:
    files = {
        "main.tf": LOCAL + DATABASE.replace("VALUE", "local.c.db.multi"),
        "c.yaml": "base: &base\n  multi: false\ndb:\n  <<: *base\n",
    }
    assert only_place(judge_files(tmp_path, files, SLUG)).rstrip("\n") == (
        'The file "c.yaml", which main.tf:2 decodes, has the value. Set its key "multi" to true there.'
    )
