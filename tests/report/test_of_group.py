"""The remedy of a finding that several calls of a module have: it names each call, and says once what they share."""

from __future__ import annotations

import re
from pathlib import Path

from helpers.reports import judge_files, only
from wa_iac.core.finding import Report
from wa_iac.report import markdown, text
from wa_iac.report.listing import advice, subject

DATABASE = 'variable "multi" {\n  default = null\n}\nresource "aws_db_instance" "main" {\n  engine   = "mysql"\n  multi_az = var.multi\n  backup_retention_period = 14\n}\n'
CALL = 'module "NAME" {\n  source = "SOURCE"\n  ARGUMENT\n}\n'


def call(name: str, argument: str = "", source: str = "./db") -> str:
    return CALL.replace("NAME", name).replace("SOURCE", source).replace("ARGUMENT", argument)


def place(report: Report) -> list[str]:
    """The remedy of the only finding, without what its rule says first and without folders."""
    found = advice(only(report))
    assert found is not None
    last = len(found.sentences) - 1
    lines = [*found.sentences[last:], found.code, *(line for each in found.others for line in each)]
    return [re.sub(r"\(\S*/(?=(?:one|two)/)", "(", each) for each in lines]


def test_calls_with_the_same_fault_are_named_in_one_sentence_before_their_code(tmp_path: Path) -> None:
    files = {"main.tf": call("a") + call("b") + call("c"), "db/main.tf": DATABASE}
    [sentence, code] = place(judge_files(tmp_path, files, "rds-multi-az"))

    assert re.fullmatch(
        r'Set the argument "multi" of module "a" \(\S+:1\), of module "b" \(\S+:5\) and of module "c" \(\S+:9\) to true, .*:',
        sentence,
    )
    assert code == "multi = true"


def test_a_call_that_needs_another_change_has_its_own_sentence_and_its_own_code(tmp_path: Path) -> None:
    inside = DATABASE.replace("  default = null\n", "").replace("var.multi", "try(var.multi.on, false)")
    files = {"main.tf": call("a", "multi = { on = false }") + call("b", "multi = null"), "db/main.tf": inside}
    [first, code, other, own] = place(judge_files(tmp_path, files, "rds-multi-az"))

    assert first.endswith(":")
    assert code == "on = true"
    assert other.startswith('module.b.aws_db_instance.main: Set the argument "multi" of module "b"')
    assert own == "multi = { on = true }"


def test_each_format_has_the_code_of_each_call_below_its_sentence(tmp_path: Path) -> None:
    inside = DATABASE.replace("  default = null\n", "").replace("var.multi", "try(var.multi.on, false)")
    files = {"main.tf": call("a", "multi = { on = false }") + call("b", "multi = null"), "db/main.tf": inside}
    report = judge_files(tmp_path, files, "rds-multi-az")

    plain = text.render(report, show_unknown=False)
    assert plain.index("on = true") < plain.index("module.b.aws_db_instance.main: Set") < plain.index("multi = { on = true }")
    assert "```hcl\nmulti = { on = true }\n```" in markdown.render(report, show_unknown=False, root=tmp_path)


def test_root_modules_that_call_a_module_by_the_same_name_are_told_apart(tmp_path: Path) -> None:
    root = call("db", "multi = false", "../db")
    report = judge_files(tmp_path, {"one/main.tf": root, "two/main.tf": root, "db/main.tf": DATABASE}, "rds-multi-az")
    [sentence, _] = place(report)

    assert 'argument "multi" of module "db" (one/main.tf:3) and of module "db" (two/main.tf:3) to true' in sentence
    assert re.fullmatch(r"module\.db\.aws_db_instance\.main of \S*one and 1 more", subject(only(report)))


def test_the_places_of_several_findings_with_one_text_are_named_together(tmp_path: Path) -> None:
    resource = 'resource "aws_db_instance" "NAME" {\n  engine   = "mysql"\n  multi_az = local.NAME.multi\n}\n'
    local = "locals {\n  NAME = {\n    multi = false\n  }\n}\n"
    source = "".join(each.replace("NAME", name) for name in "abcd" for each in (local, resource))
    written = text.render(judge_files(tmp_path, {"main.tf": source}, "rds-multi-az"), show_unknown=False)

    assert re.search(
        r'Set the key "multi" \(\S+:3\), the key "multi" \(\S+:12\), the key "multi" \(\S+:21\) and the key "multi" \(\S+:30\) to true:',
        re.sub(r"\s+", " ", written),
    )


def test_the_places_that_set_a_value_are_one_sentence(tmp_path: Path) -> None:
    inside = (
        'variable "arn" {}\nresource "aws_iam_role_policy_attachment" "p" {\n  role       = "r"\n  policy_arn = var.arn\n}\n'
    )
    root = call("p", 'arn = "arn:aws:iam::aws:policy/AdministratorAccess"', "../p")
    found = advice(
        only(judge_files(tmp_path, {"one/main.tf": root, "two/main.tf": root, "p/main.tf": inside}, "iam-admin-policy"))
    )

    assert found is not None
    assert re.fullmatch(r"The value is set at \S+one/main\.tf:3 and \S+two/main\.tf:3\.", found.sentences[-1])
