"""A module and a plan of it, for tests of the two together."""

from __future__ import annotations

from pathlib import Path

from helpers.plans import Plan, constant, reference
from wa_iac.core.finding import Report
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection

DATABASE = """\
variable "multi_az" {
  type = bool
}

resource "aws_db_instance" "main" {
  identifier = "main"
  multi_az   = var.multi_az
}
"""


def write(directory: Path, **files: str) -> None:
    """Write `.tf` files: `main`, or `folder__main`."""
    for name, text in files.items():
        path = directory / f"{name.replace('__', '/')}.tf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def judge(path: Path, *slugs: str) -> Report:
    return check([path], Selection(select=slugs, profile="all"))


def places(report: Report) -> list[tuple[str, int, str]]:
    return [(Path(each.span.path).name, each.span.start_line, each.address) for each in report.failing()]


def switched(multi_az: bool = False) -> Plan:
    """A plan of `DATABASE`."""
    plan = Plan(variables={"multi_az": multi_az})
    plan.root["variables"] = {"multi_az": {}}
    plan.resource(
        "aws_db_instance.main",
        {"identifier": "main", "multi_az": multi_az},
        {"identifier": constant("main"), "multi_az": reference("var.multi_az")},
    )
    return plan
