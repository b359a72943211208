"""A remedy with several arguments says which of them the caller sets, and which the resource itself needs."""

from __future__ import annotations

from pathlib import Path

from helpers.reports import judge_files, only_remedy

RULE = "workload-stateful-deletion-policy"
CALL = 'module "store" {\n  source = "./store"\n  skip   = true\n}\n'
DATABASE = 'variable "skip" {}\nresource "aws_db_instance" "orders" {\n  engine              = "mysql"\n  skip_final_snapshot = var.skip\n%s}\n'


def test_a_caller_sets_one_argument_and_the_module_lacks_the_other(tmp_path: Path) -> None:
    text = only_remedy(judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": DATABASE % ""}, RULE))
    assert (
        'Set the argument "skip" of module "store" (main.tf:3) to false. aws_db_instance.orders itself (store/main.tf:2)'
        in text
    )
    assert text.endswith('also needs this:\nfinal_snapshot_identifier = "<name>-final"')


def test_an_argument_that_the_same_switch_gives_is_not_written_again(tmp_path: Path) -> None:
    name = '  final_snapshot_identifier = var.skip ? null : "orders-final"\n'
    text = only_remedy(judge_files(tmp_path, {"main.tf": CALL, "store/main.tf": DATABASE % name}, RULE))
    assert "`final_snapshot_identifier` (store/main.tf:5) has to give a value then, and not null." in text
    assert text.endswith("skip = false")
