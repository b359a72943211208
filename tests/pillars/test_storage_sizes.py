"""gp3 storage has a smallest size: storage below it grows with the change."""

from pathlib import Path

import pytest

from helpers.reports import judge
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

SOURCES: dict[Dialect, str] = {
    "cloudformation": """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {{ Engine: {}, DBInstanceClass: db.m7g.large, AllocatedStorage: "{}", StorageType: gp2 }}
""",
    "terraform": """\
resource "aws_db_instance" "orders" {{
  engine            = "{}"
  instance_class    = "db.m7g.large"
  allocated_storage = {}
  storage_type      = "gp2"
}}
""",
}


@pytest.mark.parametrize("dialect", list(SOURCES))
@pytest.mark.parametrize(
    ("engine", "size", "smallest"),
    [("postgres", 10, 20), ("postgres", 20, None), ("custom-oracle-ee", 30, 40), ("sqlserver-ex", 20, None)],
)
def test_storage_below_the_smallest_size_grows(
    tmp_path: Path, dialect: Dialect, engine: str, size: int, smallest: int | None
) -> None:
    (finding,) = judge(tmp_path, SOURCES[dialect].format(engine, size), dialect, "rds-gp3").failing()

    text = remedy(finding).text
    assert "gp3" in text
    assert (f"at least {smallest} GiB" in text) is (smallest is not None)
    assert ("llocated" in text) is (smallest is not None)


@pytest.mark.parametrize(("size", "advice"), [(10, True), (20, False)])
def test_storage_that_has_to_grow_first_costs_more_than_the_move_brings(tmp_path: Path, size: int, *, advice: bool) -> None:
    (finding,) = judge(tmp_path, SOURCES["terraform"].format("postgres", size), "terraform", "rds-gp3").failing()

    assert finding.is_advice == advice


def test_provisioned_iops_go_with_the_old_type(tmp_path: Path) -> None:
    source = SOURCES["terraform"].format("postgres", 100).replace('"gp2"', '"io1"\n  iops              = 1000')
    (finding,) = judge(tmp_path, source, "terraform", "rds-gp3").failing()

    assert "1000 IOPS are provisioned with io1" in finding.message
    assert remedy(finding).removes == ("iops",)


@pytest.mark.parametrize(
    ("engine", "version", "advice"),
    [
        ("sqlserver-se", "11.00.6594.0.v1", True),
        ("sqlserver-se", "15.00.4365.2.v1", False),
        ("postgres", "9.6", True),
        ("postgres", "16", False),
    ],
)
def test_a_database_that_has_to_be_replaced_changes_its_storage_then(
    tmp_path: Path, engine: str, version: str, *, advice: bool
) -> None:
    source = (
        SOURCES["terraform"].format(engine, 200).replace("  storage_type", f'  engine_version = "{version}"\n  storage_type')
    )
    source = source.replace("db.m7g.large", "db.m4.large")
    (finding,) = judge(tmp_path, source, "terraform", "rds-gp3").failing()

    assert finding.is_advice == advice
    assert ("no longer offers" in finding.message) == advice


@pytest.mark.parametrize(("size", "said"), [(399, False), (1000, True)])
def test_striped_storage_may_pass_more(tmp_path: Path, size: int, said: bool) -> None:
    [finding] = judge(tmp_path, SOURCES["terraform"].format("postgres", size), "terraform", "rds-gp3").failing()

    assert ("provide that also (storage_throughput)" in remedy(finding).text) is said
