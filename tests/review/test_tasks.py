"""What to do first: each cause once, the gravest with the least effort first."""

from __future__ import annotations

from helpers.reviews import Reviewed

DATABASE = 'resource "aws_db_instance" "{name}" {{\n  engine = "mysql"\n  instance_class = "db.m7g.large"\n  password = "hunter2-{name}"\n}}\n'
MORE = """\
resource "aws_s3_bucket" "b" {}
resource "aws_kms_key" "k" {}
resource "aws_sqs_queue" "q" {
  sqs_managed_sse_enabled = false
}
resource "aws_ecr_repository" "r" {
  name = "r"
}
"""
VOLUMES = "".join(
    f'resource "aws_ebs_volume" "v{each}" {{\n  availability_zone = "eu-west-1a"\n  size = 10\n  encrypted = false\n}}\n'
    for each in range(3)
)


def test_one_kind_of_change_is_one_task_with_all_places(reviewed: Reviewed) -> None:
    review = reviewed(VOLUMES)

    task = next(each for each in review["first"] if "ebs-encryption" in each["rules"])
    assert len(task["findings"]) == 3
    assert task["title"] == "EBS volume is not encrypted"


def test_what_one_variable_decides_for_several_rules_is_one_task(reviewed: Reviewed) -> None:
    group = (
        'resource "aws_security_group" "g{name}" {{\n  ingress {{\n    from_port = {port}\n    to_port = {port}\n'
        '    protocol = "tcp"\n    cidr_blocks = var.from\n  }}\n}}\n'
    )
    review = reviewed(
        'variable "from" {\n  default = ["0.0.0.0/0"]\n}\n' + group.format(name=1, port=22) + group.format(name=2, port=3389)
    )

    task = next(each for each in review["first"] if "vpc-security-group-ingress-ssh" in each["rules"])
    assert set(task["rules"]) >= {"vpc-security-group-ingress-ssh", "vpc-security-group-ingress-rdp"}
    assert task["title"].endswith("1 other fault at the same place")


def test_the_gravest_comes_first_and_the_list_ends_at_ten(reviewed: Reviewed) -> None:
    review = reviewed(VOLUMES + DATABASE.format(name="a") + MORE)

    order = ["critical", "high", "medium", "low"]
    ranks = [order.index(each["severity"]) for each in review["first"] if each["impact"] == "high"]
    assert "rds-plaintext-password" in review["first"][0]["rules"]
    assert ranks == sorted(ranks)
    assert len(review["first"]) <= 10 <= review["tasks"]


def test_effort_tells_a_replacement_from_a_change_in_place(reviewed: Reviewed) -> None:
    review = reviewed(
        'resource "aws_db_instance" "d" {\n  engine = "mysql"\n  instance_class = "db.m7g.large"\n'
        "  storage_encrypted = false\n  backup_retention_period = 0\n}\n"
    )

    efforts = {rule: each["effort"] for each in review["first"] for rule in each["rules"]}
    assert efforts["rds-encryption"] == "replacement"
    assert efforts["rds-backup-retention"] != "replacement"
