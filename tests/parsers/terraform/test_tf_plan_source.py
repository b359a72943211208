"""Plans beside their source: the plan says what will be, the source says where it is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from planning import Plan, constant, reference
from wa_iac.cli import app
from wa_iac.core.algebra import plain
from wa_iac.core.declared import Declared
from wa_iac.core.finding import Report
from wa_iac.core.value import Absent, Known, Reference
from wa_iac.engine.build import graphs
from wa_iac.engine.run import Selection, check

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
    for name, text in files.items():
        path = directory / f"{name.replace('__', '/')}.tf"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def judge(path: Path, *slugs: str) -> Report:
    return check([path], Selection(select=slugs, profile="all"))


def places(report: Report) -> list[tuple[str, int, str]]:
    return [(Path(each.span.path).name, each.span.start_line, each.address) for each in report.failing()]


def declared(path: Path) -> dict[str, Declared]:
    built, errors = graphs([path])
    assert errors == []
    [(unit, _)] = built
    return {each.address: each for each in unit.declared}


def database(multi_az: bool = False) -> Plan:
    plan = Plan(variables={"multi_az": multi_az})
    plan.root["variables"] = {"multi_az": {}}
    plan.resource(
        "aws_db_instance.main",
        {"identifier": "main", "multi_az": multi_az},
        {"identifier": constant("main"), "multi_az": reference("var.multi_az")},
    )
    return plan


class TestPlaces:
    def test_a_finding_points_into_the_source(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        path = database().write(tmp_path)

        assert places(judge(path, "rds-multi-az")) == [("main.tf", 7, "aws_db_instance.main")]

    def test_the_plan_may_stand_in_a_directory_below(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        database().write(tmp_path / "plans" / "prod")

        assert places(judge(tmp_path, "rds-multi-az")) == [("main.tf", 7, "aws_db_instance.main")]

    def test_another_module_is_no_source_of_it(self, tmp_path: Path) -> None:
        write(tmp_path, main='resource "aws_sqs_queue" "a" {\n}\n')
        path = database().write(tmp_path)

        [(name, _, _)] = places(judge(path, "rds-multi-az"))
        assert name == "plan.json"

    def test_each_resource_is_judged_once(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main=DATABASE + 'module "m" {\n  source = "./m"\n}\n',
            m__main='resource "aws_sqs_queue" "a" {\n}\n',
            other__main='resource "aws_sqs_queue" "b" {\n}\n',
        )
        plan = database()
        plan.resource("module.m.aws_sqs_queue.a", {}, {})
        plan.write(tmp_path)

        report = judge(tmp_path)

        assert report.resources == 3
        assert {each.address for each in report.judgements if each.address} == {
            "aws_db_instance.main",
            "module.m.aws_sqs_queue.a",
            "aws_sqs_queue.b",
        }
        assert all(each.instances == 1 for each in report.findings)

    def test_two_plans_of_one_source_are_both_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        database(multi_az=False).write(tmp_path, "test.json")
        database(multi_az=True).write(tmp_path, "prod.json")

        report = judge(tmp_path, "rds-multi-az")

        assert [each.verdict for each in report.judgements] == ["pass", "fail"]
        assert places(report) == [("main.tf", 7, "aws_db_instance.main")]

    def test_modules_say_who_calls_them(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main='module "db" {\n  source = "./db"\n  count  = 1\n}\n',
            db__main='resource "aws_db_instance" "main" {\n  multi_az = false\n}\n',
        )
        plan = Plan()
        plan.resource("module.db[0].aws_db_instance.main", {"multi_az": False}, {"multi_az": constant(False)})

        report = judge(plan.write(tmp_path), "rds-multi-az")

        assert places(report) == [("main.tf", 2, "module.db[0].aws_db_instance.main")]
        assert [step.note for step in report.failing()[0].related] == ['module "db"']

    def test_what_the_source_does_not_have_points_into_the_plan(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)
        plan = database(multi_az=True)
        plan.resource("aws_db_instance.stray", {"multi_az": False}, {})

        [(name, _, address)] = places(judge(plan.write(tmp_path), "rds-multi-az"))
        assert (name, address) == ("plan.json", "aws_db_instance.stray")

    def test_what_the_plan_destroys_is_not_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE + 'resource "aws_db_instance" "old" {\n  multi_az = false\n}\n')
        plan = database(multi_az=True)
        plan.resource("aws_db_instance.old", None, {}, actions=("delete",))

        assert places(judge(plan.write(tmp_path), "rds-multi-az")) == []

    def test_what_was_written_after_the_plan_was_made_is_judged_too(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main=DATABASE + 'module "m" {\n  source = "./m"\n}\n\nresource "aws_db_instance" "new" {\n}\n',
            m__main='resource "aws_db_instance" "inner" {\n}\n',
        )

        assert places(judge(database(multi_az=True).write(tmp_path), "rds-multi-az")) == [
            ("main.tf", 1, "module.m.aws_db_instance.inner"),
            ("main.tf", 13, "aws_db_instance.new"),
        ]

    def test_what_is_configured_and_has_no_instances_is_not(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE + 'resource "aws_db_instance" "none" {\n  count = var.multi_az == null ? 1 : 0\n}\n')
        plan = database(multi_az=True)
        none = {"address": "aws_db_instance.none", "mode": "managed", "type": "aws_db_instance", "name": "none"}
        plan.root["resources"].append({**none, "expressions": {}, "count_expression": reference("var.multi_az")})

        assert judge(plan.write(tmp_path)).resources == 1

    def test_a_module_that_is_elsewhere_is_seen_through_the_plan(self, tmp_path: Path) -> None:
        write(tmp_path, main='module "db" {\n  source  = "acme/db/aws"\n  version = "~> 1.0"\n}\n')
        plan = Plan()
        plan.resource("module.db.aws_db_instance.main", {"multi_az": False}, {"multi_az": constant(False)})
        path = plan.write(tmp_path)

        report = judge(path, "rds-multi-az")

        [(name, _, address)] = places(report)
        assert (name, address) == ("plan.json", "module.db.aws_db_instance.main")
        assert [(Path(step.span.path).name, step.span.start_line, step.note) for step in report.failing()[0].related] == [
            ("main.tf", 1, 'module "db"')
        ]
        assert [line for _, line, _ in places(judge(path, "terraform-versions-pinned"))] == []

    def test_what_comes_out_of_it_is_known_by_the_plan(self, tmp_path: Path) -> None:
        write(
            tmp_path,
            main="""\
module "store" {
  source = "acme/store/aws"
}

resource "aws_s3_bucket_versioning" "v" {
  bucket = module.store.id
  versioning_configuration {
    status = "Enabled"
  }
}
""",
        )
        plan = Plan()
        plan.resource("module.store.aws_s3_bucket.this", {"bucket_prefix": "x"}, {})
        plan.configured("module.store")["outputs"]["id"] = {"expression": reference("aws_s3_bucket.this.id")}
        plan.resource(
            "aws_s3_bucket_versioning.v",
            {"versioning_configuration": [{"status": "Enabled"}]},
            {"bucket": reference("module.store.id"), "versioning_configuration": [{"status": constant("Enabled")}]},
            unknown={"bucket": True},
        )
        path = plan.write(tmp_path)

        assert judge(path, "s3-versioning").findings == []
        assert places(judge(path, "terraform-versions-pinned")) == [("main.tf", 1, "module.store")]


class TestSuppressions:
    @pytest.mark.parametrize(
        "source",
        [
            DATABASE.replace("var.multi_az\n", "var.multi_az # wa-iac: ignore[rds-multi-az] a copy is elsewhere\n"),
            DATABASE.replace('"main" {', '"main" { # wa-iac: ignore[rds-multi-az] a copy is elsewhere'),
        ],
        ids=["at the argument", "at the header"],
    )
    def test_they_count(self, source: str, tmp_path: Path) -> None:
        write(tmp_path, main=source)

        report = judge(database().write(tmp_path), "rds-multi-az")

        assert report.failing() == []
        [finding] = report.findings
        assert finding.suppressed is not None
        assert finding.suppressed.reason == "a copy is elsewhere"


class TestValues:
    def test_the_plan_knows_its_variables(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE)

        assert [each.verdict for each in judge(tmp_path, "rds-multi-az").findings] == ["unknown"]
        assert judge(database(multi_az=True).write(tmp_path), "rds-multi-az").findings == []

    def test_the_plan_s_value_wins(self, tmp_path: Path) -> None:
        write(tmp_path, main=DATABASE.replace("var.multi_az", "true"))

        assert places(judge(database(multi_az=False).write(tmp_path), "rds-multi-az")) == [
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
        plan = database()
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

        body = declared(database().write(tmp_path))["aws_db_instance.main"]

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


def test_an_error_in_the_source_is_not_lost(tmp_path: Path) -> None:
    write(tmp_path, main=DATABASE, broken='resource "aws_sqs_queue" {{\n')
    report = judge(database().write(tmp_path), "rds-multi-az")

    assert report.exit_code() == 2
    assert {Path(str(each.path)).name for each in report.errors} == {"broken.tf"}


def test_the_graph_of_a_plan(tmp_path: Path) -> None:
    plan = Plan()
    plan.resource("aws_s3_bucket.a", {"bucket": "a"}, {})
    plan.resource("aws_s3_bucket_policy.a", {}, {"bucket": reference("aws_s3_bucket.a.id")}, unknown={"bucket": True})

    result = CliRunner().invoke(app, ["graph", str(plan.write(tmp_path)), "--format", "json"])

    document = json.loads(result.stdout)
    assert [each["address"] for each in document["resources"]] == ["aws_s3_bucket.a", "aws_s3_bucket_policy.a"]
    assert document["edges"] == [{"source": "aws_s3_bucket_policy.a", "target": "aws_s3_bucket.a", "via": "bucket"}]
