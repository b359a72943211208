"""The successor of a previous generation runs where the old one did, and the message and the remedy name the same one."""

from pathlib import Path

import pytest

from helpers.reports import judge, only_remedy
from wa_iac.core.declared import Dialect
from wa_iac.report.remedy import remedy

DATABASE = """\
resource "aws_db_instance" "orders" {{
  engine            = "{engine}"
  {version}
  instance_class    = "{node}"
  allocated_storage = 100
}}
"""
TEMPLATE = """\
Resources:
  Orders:
    Type: AWS::RDS::DBInstance
    Properties: {{ Engine: {engine}, {version} DBInstanceClass: {node}, AllocatedStorage: "100" }}
"""


@pytest.mark.parametrize(
    ("engine", "version", "node", "better"),
    [
        ("postgres", "16.4", "db.t2.micro", "db.t4g.micro"),
        ("postgres", "14", "db.m4.large", "db.m7g.large"),
        ("postgres", "14.2", "db.m4.large", "db.m6i.large"),
        ("postgres", "11.4", "db.m4.large", "db.m5.large"),
        ("mysql", "5.7.44", "db.r4.large", "db.r5.large"),
        ("mysql", "8.0", "db.r4.large", "db.r7g.large"),
        ("mariadb", "10.11.4", "db.m3.xlarge", "db.m7g.xlarge"),
        ("oracle-se2", "12.1.0.2.v1", "db.m4.large", "db.m5.large"),
        ("sqlserver-se", "", "db.m4.large", "db.m6i.large"),
    ],
)
def test_a_database_moves_to_a_class_that_runs_its_version(
    tmp_path: Path, engine: str, version: str, node: str, better: str
) -> None:
    sources: list[tuple[Dialect, str, str]] = [
        ("terraform", DATABASE, f'engine_version = "{version}"' if version else ""),
        ("cloudformation", TEMPLATE, f'EngineVersion: "{version}",' if version else ""),
    ]
    for dialect, source, written in sources:
        text = source.format(engine=engine, version=written, node=node)
        (finding,) = judge(tmp_path / dialect, text, dialect, "rds-previous-generation").failing()

        assert f"slower than {better.rpartition('.')[0]}," in finding.message
        assert better in remedy(finding).text


@pytest.mark.parametrize(("old", "better"), [("cache.m3.large", "cache.m5.large"), ("cache.m1.small", "cache.t3.small")])
def test_a_node_moves_to_a_type_that_elasticache_has(tmp_path: Path, old: str, better: str) -> None:
    text = f'resource "aws_elasticache_cluster" "c" {{\n  engine         = "redis"\n  engine_version = "4.0.10"\n  node_type      = "{old}"\n}}\n'
    (finding,) = judge(tmp_path, text, "terraform", "rds-previous-generation").failing()

    advice = remedy(finding)
    assert (advice.code, "interrupts connections" in advice.text) == (f'node_type = "{better}"', True)


@pytest.mark.parametrize(
    ("engine", "version", "why"),
    [
        ("postgres", "9.6.1", "RDS no longer offers postgres 9.6.1"),
        ("MySQL", "5.6", "RDS no longer offers mysql 5.6"),
        ("sqlserver-se", "11.00", "No current class runs sqlserver-se 11.00"),
    ],
)
def test_an_engine_that_is_too_old_for_all_classes_is_upgraded_first(
    tmp_path: Path, engine: str, version: str, why: str
) -> None:
    text = DATABASE.format(engine=engine, version=f'engine_version = "{version}"', node="db.t2.micro")
    (finding,) = judge(tmp_path, text, "terraform", "rds-previous-generation").failing()

    assert remedy(finding).text == f"{why}: upgrade the engine first, and then change the class."


COPY = """
resource "aws_db_instance" "copy" {{
  instance_class = "db.t2.small"
  {copied}
}}
resource "aws_db_instance" "first" {{
  engine         = "postgres"
  engine_version = "{version}"
  instance_class = "db.t3.small"
}}
"""


@pytest.mark.parametrize(
    ("copied", "version", "wanted"),
    [
        ("replicate_source_db = aws_db_instance.first.identifier", "9.6.6", "RDS no longer offers postgres 9.6.6"),
        ("replicate_source_db = aws_db_instance.first.identifier", "16.4", "db.t4g.small"),
        ('engine              = "postgres"\n  snapshot_identifier = "before-the-move"', "16.4", "db.t3.small"),
        ('engine              = "postgres"', "16.4", "db.t4g.small"),
    ],
)
def test_a_copy_has_the_version_of_what_it_is_copied_from(tmp_path: Path, copied: str, version: str, wanted: str) -> None:
    text = COPY.format(copied=copied, version=version)
    (finding,) = judge(tmp_path, text, "terraform", "rds-previous-generation").failing()

    assert wanted in remedy(finding).text


def test_a_member_has_the_engine_of_its_cluster(tmp_path: Path) -> None:
    text = """
resource "aws_rds_cluster" "orders" {
  cluster_identifier = "orders"
}
resource "aws_rds_cluster_instance" "orders" {
  cluster_identifier = aws_rds_cluster.orders.id
  instance_class     = "db.t2.small"
}
"""
    (finding,) = judge(tmp_path, text, "terraform", "rds-previous-generation").failing()

    assert "First move the cluster to the engine aurora-mysql" in remedy(finding).text


@pytest.mark.parametrize(("old", "better"), [("m3.medium", "t3.medium"), ("c4.large", ""), ("c3.large", "c7i.large")])
def test_an_instance_keeps_its_kind_of_processor(tmp_path: Path, old: str, better: str) -> None:
    text = f'resource "aws_instance" "web" {{\n  ami           = "ami-0a1"\n  instance_type = "{old}"\n}}\n'
    found = judge(tmp_path, text, "terraform", "ec2-previous-generation").failing()

    assert [f"same work than {better}." in each.message and better in remedy(each).text for each in found] == (
        [True] if better else []
    )


@pytest.mark.parametrize(
    ("old", "better"), [("c3.8xlarge", "c6i.8xlarge"), ("i2.xlarge", "i4i.xlarge"), ("m1.small", "t3.small")]
)
def test_a_launch_configuration_gets_a_type_that_it_accepts(tmp_path: Path, old: str, better: str) -> None:
    text = f'resource "aws_launch_configuration" "web" {{\n  image_id      = "ami-0a1"\n  instance_type = "{old}"\n}}\n'
    (found,) = judge(tmp_path, text, "terraform", "ec2-previous-generation").failing()
    made = remedy(found)

    assert f"same work than {better}." in found.message
    assert made.code == f'instance_type = "{better}"'
    assert ("released after 2022" in made.text) == better.startswith("c6i")


GROUP = """
Resources:
  Workers:
    Type: AWS::AutoScaling::AutoScalingGroup
    Properties:
      MinSize: "1"
      MaxSize: "4"
      MixedInstancesPolicy:
        LaunchTemplate:
          LaunchTemplateSpecification: {{ LaunchTemplateId: lt-0abcdef1234567890, Version: "1" }}
          Overrides: [{overrides}]
"""


@pytest.mark.parametrize(
    ("others", "advice", "said"),
    [
        ([], False, "InstanceType: c7i.large"),
        (["m3.large"], False, "InstanceType: c7i.large"),
        (["c5.large"], True, "InstanceType: c7i.large"),
        (["c7i.large"], True, "Remove this override: c7i.large is listed already."),
    ],
)
def test_an_old_type_beside_newer_ones_is_a_choice_among_spot_capacities(
    tmp_path: Path, others: list[str], advice: bool, said: str
) -> None:
    overrides = ", ".join(f"{{ InstanceType: {each} }}" for each in ("c3.large", *others))
    report = judge(tmp_path, GROUP.format(overrides=overrides), "cloudformation", "ec2-previous-generation")
    first = report.failing()[0]

    assert (first.is_advice, said in remedy(first).text) == (advice, True)


@pytest.mark.parametrize("version", ["", 'engine_version = ""'])
def test_a_read_replica_waits_for_the_engine_of_its_source(tmp_path: Path, version: str) -> None:
    replica = f"""
resource "aws_db_instance" "reports" {{
  replicate_source_db = aws_db_instance.orders.identifier
  engine              = "postgres"
  instance_class      = "db.t2.small"
  {version}
}}
"""
    source = DATABASE.format(engine="postgres", version='engine_version = "9.6.6"', node="db.t3.small")
    (finding,) = judge(tmp_path, source + replica, "terraform", "rds-previous-generation").failing()

    assert remedy(finding).text.startswith(
        "RDS no longer offers postgres 9.6.6: upgrade the engine of aws_db_instance.orders first, which this one copies, and then"
    )


@pytest.mark.parametrize(
    ("group", "node"),
    [
        ("", "cache.t4g.micro"),
        ('"default.redis7"', "cache.t4g.micro"),
        ('"default.redis3.2"', "cache.t3.micro"),
        ("aws_elasticache_parameter_group.own.name", "cache.t3.micro"),
    ],
)
def test_a_cache_has_the_version_of_its_parameter_group(tmp_path: Path, group: str, node: str) -> None:
    named = f"  parameter_group_name = {group}\n" if group else ""
    text = f'resource "aws_elasticache_cluster" "sessions" {{\n  engine = "redis"\n  node_type = "cache.t2.micro"\n{named}}}\n'
    (finding,) = judge(tmp_path, text, "terraform", "rds-previous-generation").failing()

    assert f'node_type = "{node}"' in remedy(finding).code


@pytest.mark.parametrize(("group", "said"), [('parameter_group_name = "orders-mysql"', True), ("", False)])
def test_a_parameter_group_may_be_for_an_old_version(tmp_path: Path, group: str, said: bool) -> None:
    code = (
        f'resource "aws_db_instance" "orders" {{\n  engine         = "mysql"\n  instance_class = "db.t2.small"\n  {group}\n}}\n'
    )

    text = only_remedy(judge(tmp_path, code, "terraform", "rds-previous-generation"))
    assert ("parameter group is for one version" in text) is said
