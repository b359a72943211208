"""A large root module needs no more memory than what it declares: nothing of its evaluation waits for the garbage collector."""

from __future__ import annotations

import gc
import json
from pathlib import Path

from wa_iac.core.files import Kept, Session, once
from wa_iac.engine.build import collector_paused, units
from wa_iac.parsers.terraform.text.reparse import latest
from wa_iac.parsers.terraform.text.syntax import read_body

CALLED = """
variable "name" {}
resource "aws_sqs_queue" "dead" { name = "${var.name}-dead" }
resource "aws_sqs_queue" "work" {
  for_each       = toset(["a", "b"])
  name           = each.key
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead.arn })
}
output "arn" { value = aws_sqs_queue.work["a"].arn }
"""
ROOT = """
module "queue%d" {
  source = "./queue"
  name   = "q"
}
output "arn%d" { value = module.queue%d.arn }
"""


def garbage_of(directory: Path, calls: int) -> int:
    (directory / "queue").mkdir(parents=True)
    (directory / "queue" / "main.tf").write_text(CALLED)
    (directory / "main.tf").write_text("".join(ROOT % (number, number, number) for number in range(calls)))
    gc.collect()
    with collector_paused():
        made, errors = units([directory])
    assert not errors
    assert max(len(unit.declared) for unit in made) > calls
    return gc.collect()


def test_blocks_are_gone_when_their_unit_is_read(tmp_path: Path) -> None:
    garbage_of(tmp_path / "first", 1)  # what is imported for the first time leaves some
    assert garbage_of(tmp_path / "one", 1) == garbage_of(tmp_path / "many", 40)


def garbage_of_plan(path: Path, number: int) -> int:
    queues = [
        {
            "address": f"aws_sqs_queue.q{each}", "mode": "managed", "type": "aws_sqs_queue", "name": f"q{each}",
            "provider_name": "registry.terraform.io/hashicorp/aws", "values": {"name": "q"},
        }
        for each in range(number)
    ]  # fmt: skip
    path.write_text(json.dumps({"format_version": "1.2", "planned_values": {"root_module": {"resources": queues}}}))
    gc.collect()
    with collector_paused():
        made, _ = units([path])
    assert [len(unit.declared) for unit in made] == [number]
    return gc.collect()


def test_a_plan_is_gone_when_its_unit_is_read(tmp_path: Path) -> None:
    garbage_of_plan(tmp_path / "first.json", 1)
    assert garbage_of_plan(tmp_path / "one.json", 1) == garbage_of_plan(tmp_path / "many.json", 40)


def test_a_run_without_another_one_keeps_no_tree_to_change() -> None:
    for again in (True, False):
        kept = Kept(again=again)
        with Session(kept=kept).entered():
            read_body("main.tf", b"locals { a = 1 }")
            assert (latest("main.tf") is not None) == again


def test_one_run_keeps_the_trees_of_so_much_text() -> None:
    kept = Kept(again=False, most=20)
    with Session(kept=kept).entered():
        for name in ("first", "second"):
            text = b"locals { a = 1 }"
            bodies = [once("body", name, text, lambda: read_body("main.tf", b"locals { a = 1 }")) for _ in range(2)]
            assert (bodies[0] is bodies[1]) == (name == "first")
