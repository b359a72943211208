"""Plans beside their source: what a value is, and where it is written."""

from __future__ import annotations

import json
from pathlib import Path

from helpers.planned_modules import DATABASE, judge, places, switched, write
from helpers.plans import Plan, declared, reference
from wa_iac.core.value import Absent, Known, Reference, plain


class TestValues:
    def test_the_plan_knows_its_variables(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)

        assert [each.verdict for each in judge(tmp_path, "rds-multi-az").findings] == ["unknown"]
        assert judge(switched(multi_az=True).write(tmp_path), "rds-multi-az").findings == []

    def test_the_plan_s_value_wins(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE.replace("var.multi_az", "true"))

        assert places(judge(switched(multi_az=False).write(tmp_path), "rds-multi-az")) == [
            ("main.tf", 7, "aws_db_instance.main")
        ]

    def test_the_source_knows_the_pieces_of_what_is_known_after_apply(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
locals {
  subnets = [aws_subnet.a.id]
}

resource "aws_subnet" "a" {
  vpc_id            = "vpc-1"
  availability_zone = "eu-west-1a"
}

resource "aws_lb" "front" {
  subnets = local.subnets
}
""",
        )
        plan = Plan()
        plan.resource("aws_subnet.a", {"availability_zone": "eu-west-1a", "vpc_id": "vpc-1"}, {})
        plan.resource("aws_lb.front", {}, {"subnets": reference("local.subnets")}, unknown={"subnets": True})

        report = judge(plan.write(tmp_path), "elb-multi-az")

        assert places(report) == [("main.tf", 11, "aws_lb.front")]

    def test_a_known_value_keeps_what_it_refers_to(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
resource "aws_kms_key" "k" {
}

resource "aws_sqs_queue" "q" {
  kms_master_key_id = aws_kms_key.k.arn
}
""",
        )
        plan = Plan()
        plan.resource("aws_kms_key.k", {"arn": "arn:k"}, {}, actions=("no-op",))
        plan.resource("aws_sqs_queue.q", {"kms_master_key_id": "arn:k"}, {"kms_master_key_id": reference("aws_kms_key.k.arn")})

        value = declared(plan.write(tmp_path))["aws_sqs_queue.q"].body.value["kms_master_key_id"]

        assert value == Known("arn:k")
        assert value.origin.references == (Reference("aws_kms_key.k", "arn"),)
        assert value.origin.span.start_line == 5

    def test_a_policy_that_is_written_differently_is_the_same(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
resource "aws_sqs_queue_policy" "p" {
  queue_url = "q"
  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "sqs:SendMessage"
      Resource  = "*"
    }]
  })
}
""",
        )
        policy = {"Statement": [{"Action": "sqs:SendMessage", "Effect": "Allow", "Principal": "*", "Resource": "*"}]}
        plan = Plan()
        plan.resource("aws_sqs_queue_policy.p", {"queue_url": "q", "policy": json.dumps(policy)}, {"policy": {}})

        report = judge(plan.write(tmp_path), "sqs-policy-public")

        assert places(report) == [("main.tf", 4, "aws_sqs_queue_policy.p")]

    def test_the_elements_of_a_set_find_their_blocks(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
resource "aws_security_group" "g" {
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
""",
        )
        common = {"protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"], "ipv6_cidr_blocks": [], "description": "", "self": False}
        plan = Plan()
        plan.resource(
            "aws_security_group.g",
            {"ingress": [{"from_port": 22, "to_port": 22, **common}, {"from_port": 443, "to_port": 443, **common}]},
            {"ingress": {"constant_value": []}},
        )

        report = judge(plan.write(tmp_path), "vpc-security-group-ingress-ssh")

        assert [line for _, line, _ in places(report)] == [13]

    def test_more_instances_than_the_source_can_tell(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
data "aws_availability_zones" "z" {
}

resource "aws_db_instance" "d" {
  for_each = toset(data.aws_availability_zones.z.names)
  multi_az = each.key == "a"
}
""",
        )
        plan = Plan()
        for key in ("a", "b"):
            expressions = {"multi_az": reference("each.key")} if key == "a" else None
            plan.resource(f'aws_db_instance.d["{key}"]', {"multi_az": key == "a"}, expressions)

        assert places(judge(plan.write(tmp_path), "rds-multi-az")) == [("main.tf", 6, 'aws_db_instance.d["b"]')]

    def test_what_neither_writes_is_absent_at_the_header(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        plan = switched()
        plan.changes[0]["change"]["after_unknown"] = {"arn": True}

        value = declared(plan.write(tmp_path))["aws_db_instance.main"].body.value["arn"]

        assert value == Absent()
        assert value.origin.span.start_line == 5

    def test_lifecycle_is_the_source_s(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main=DATABASE.replace("\n}\n\nres", "\n}\n\nres").rstrip("}\n")
            + "\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n",
        )

        body = declared(switched().write(tmp_path))["aws_db_instance.main"]

        assert plain(body.attributes["lifecycle"]) == {"prevent_destroy": True}

    def test_an_argument_that_a_plan_never_shows(self, tmp_path: Path) -> None:
        write(tmp_path, main='resource "aws_db_instance" "main" {\n  password_wo = "x"\n}\n')
        plan = Plan()
        plan.resource("aws_db_instance.main", {"password_wo": None}, {"password_wo": {}})

        assert declared(plan.write(tmp_path))["aws_db_instance.main"].body.value["password_wo"] == Known("x")

    def test_secrets_of_the_plan_stay_secret(self, tmp_path: Path) -> None:
        write(tmp_path, main='variable "p" {}\nresource "aws_db_instance" "main" {\n  password = var.p\n}\n')
        plan = Plan(variables={"p": "hunter2"})
        plan.root["variables"] = {"p": {}}
        plan.resource(
            "aws_db_instance.main", {"password": "hunter2"}, {"password": reference("var.p")}, sensitive={"password": True}
        )

        assert plain(declared(plan.write(tmp_path))["aws_db_instance.main"].body) == {"password": "(sensitive)"}
