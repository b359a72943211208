"""Plans by themselves: what they hold, and what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from helpers.plans import Plan, constant, database, declared, reference
from wa_iac.core.value import Absent, Known, Reference, Tree, Unknown, plain
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection


def attribute(plan: Plan, directory: Path, address: str, name: str) -> Tree:
    return declared(plan.write(directory))[address].body.value[name]


class TestPlaces:
    def test_a_finding_points_at_the_attribute(self, tmp_path: Path) -> None:
        report = database(identifier="main", multi_az=False).judge(tmp_path, "rds-multi-az")

        [finding] = report.failing()
        text = (tmp_path / "plan.json").read_text().splitlines()
        line = text[finding.span.start_line - 1]
        assert line[finding.span.start_column - 1 : finding.span.end_column - 1] == '"multi_az": false'
        assert finding.address == "aws_db_instance.main"

    def test_in_a_plan_of_one_line_by_its_column(self, tmp_path: Path) -> None:
        path = database(identifier="größer", multi_az=False).write(tmp_path, indent=None)

        [finding] = check([path], Selection(select=("rds-multi-az",))).failing()
        assert finding.span.start_line == 1
        text = path.read_text(encoding="utf-8")
        assert text[finding.span.start_column - 1 : finding.span.end_column - 1] == '"multi_az": false'
        data = path.read_bytes()
        assert data[finding.span.start_byte : finding.span.end_byte] == b'"multi_az": false'

    def test_what_is_not_written_points_at_the_resource(self, tmp_path: Path) -> None:
        report = database(identifier="main").judge(tmp_path, "rds-multi-az")

        [finding] = report.failing()
        line = (tmp_path / "plan.json").read_text().splitlines()[finding.span.start_line - 1]
        assert line.strip() == '"address": "aws_db_instance.main",'

    def test_no_line_of_a_plan_is_shown(self, tmp_path: Path) -> None:
        report = database(identifier="main", multi_az=False).judge(tmp_path)

        assert set(report.sources.values()) == {b""}


class TestActions:
    @pytest.mark.parametrize(
        ("actions", "judged"),
        [
            (("create",), True),
            (("update",), True),
            (("no-op",), True),
            (("delete", "create"), True),
            (("create", "delete"), True),
            (("delete",), False),
            (("forget",), False),
        ],
    )
    def test_what_will_exist_is_judged(self, actions: tuple[str, ...], judged: bool, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_db_instance.main", {"multi_az": False}, {"multi_az": constant(False)}, actions=actions)
        plan.resource("aws_sqs_queue.other", {"name": "other"}, {"name": constant("other")})

        report = plan.judge(tmp_path, "rds-multi-az")

        assert len(report.failing()) == judged
        assert report.resources == 1 + judged

    def test_what_a_replacement_left_behind_changes_nothing(self, tmp_path: Path) -> None:
        plan = database(multi_az=False)
        old = {
            "address": "aws_db_instance.main",
            "mode": "managed",
            "type": "aws_db_instance",
            "name": "main",
            "deposed": "0a1b",
        }
        plan.changes.append({**old, "change": {"actions": ["delete"], "before": {}, "after": None}})

        assert [each.address for each in plan.judge(tmp_path, "rds-multi-az").failing()] == ["aws_db_instance.main"]

    def test_without_planned_values_the_changes_say_what_will_exist(self, tmp_path: Path) -> None:
        plan = database(multi_az=False)
        plan.extra["planned_values"] = {}
        plan.resource("aws_db_instance.old", None, actions=("delete",))

        [finding] = plan.judge(tmp_path, "rds-multi-az").failing()

        assert finding.address == "aws_db_instance.main"


class TestShapes:
    def test_nested_blocks_null_and_what_providers_leave_empty(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource(
            "aws_thing.a",
            {"name": "a", "none": None, "blocks": [], "rule": [{"port": 1, "note": ""}], "unset": "", "count_": 0, "list": [], "off": False},
            {"name": constant("a"), "rule": [{"port": constant(1)}], "list": constant([])},
        )  # fmt: skip

        body = declared(plan.write(tmp_path))["aws_thing.a"].body

        assert plain(body) == {"name": "a", "rule": [{"port": 1}], "list": [], "off": False}
        assert body.value["blocks"] == body.value["none"] == Absent()

    def test_what_a_dynamic_block_writes_is_kept_whole(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_thing.a", {"rule": [{"port": 0}]}, {}, unknown={"rule": [{"id": True}]})

        rule = attribute(plan, tmp_path, "aws_thing.a", "rule")

        assert plain(rule) == [{"port": 0, "id": {"$unknown": "aws_thing.a.rule[0].id is known after apply"}}]

    def test_unknowns_at_any_depth(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource(
            "aws_thing.a",
            {"rule": [{"port": 1}, {"port": 2, "to": [None, "x"]}]},
            {"rule": [{"port": constant(1)}, {"port": constant(2), "to": reference("aws_other.b.id"), "from": reference("aws_other.b.arn")}]},
            unknown={"rule": [{}, {"to": [True, False], "from": True}]},
        )  # fmt: skip

        assert plain(attribute(plan, tmp_path, "aws_thing.a", "rule")) == [
            {"port": 1},
            {"port": 2, "to": [{"$ref": "aws_other.b.id"}, "x"], "from": {"$ref": "aws_other.b.arn"}},
        ]

    def test_what_nobody_wrote_and_only_the_deployment_knows_is_absent(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_db_instance.a", {"multi_az": True}, {"multi_az": constant(True)}, unknown={"arn": True})

        assert attribute(plan, tmp_path, "aws_db_instance.a", "arn") == Absent()

    def test_without_a_configuration_it_is_unknown(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_db_instance.a", {}, unknown={"multi_az": True})
        plan.extra["configuration"] = None

        value = attribute(plan, tmp_path, "aws_db_instance.a", "multi_az")

        assert isinstance(value, Unknown)
        assert (value.why, value.settle) == (
            "aws_db_instance.a.multi_az is known after apply",
            "check the plan together with its source",
        )


class TestReferences:
    def test_a_satellite_finds_its_owner(self, tmp_path: Path) -> None:
        plan = Plan()
        for index in (0, 1):
            plan.resource(f"aws_s3_bucket.logs[{index}]", {"bucket": f"logs-{index}"}, {} if index == 0 else None)
            status = "Enabled" if index else "Suspended"
            plan.resource(
                f"aws_s3_bucket_versioning.logs[{index}]",
                {"versioning_configuration": [{"status": status}]},
                {"bucket": reference("aws_s3_bucket.logs", "count.index"), "versioning_configuration": [{"status": {}}]}
                if index == 0
                else None,
                unknown={"bucket": True},
            )

        report = plan.judge(tmp_path, "s3-versioning")

        assert [each.address for each in report.failing()] == ["aws_s3_bucket.logs[0]"]
        assert report.undecided() == []

    def test_for_each_over_the_resources_themselves(self, tmp_path: Path) -> None:
        plan = Plan()
        for key, status in (("a", "Enabled"), ("b", "Suspended")):
            first = key == "a"
            plan.resource(f'aws_s3_bucket.x["{key}"]', {"bucket": key}, {} if first else None)
            plan.resource(
                f'aws_s3_bucket_versioning.x["{key}"]',
                {"versioning_configuration": [{"status": status}]},
                {"bucket": {"references": ["each.value.id", "each.value"]}} if first else None,
                unknown={"bucket": True},
                for_each_expression={"references": ["aws_s3_bucket.x"]},
            )

        assert [each.address for each in plan.judge(tmp_path, "s3-versioning").failing()] == ['aws_s3_bucket.x["b"]']

    def test_through_an_output_and_a_module_s_input(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("module.store.aws_s3_bucket.this[0]", {"bucket": "x"}, {})
        plan.configured("module.store")["outputs"]["id"] = {"expression": reference("aws_s3_bucket.this[0].id")}
        plan.resource(
            "module.keep.module.inner.aws_s3_bucket_versioning.this",
            {"versioning_configuration": [{"status": "Enabled"}]},
            {"bucket": reference("var.bucket")},
            unknown={"bucket": True},
        )
        plan.root["module_calls"]["keep"]["expressions"] = {"bucket": reference("module.store.id")}
        plan.configured("module.keep")["module_calls"]["inner"]["expressions"] = {"bucket": reference("var.bucket")}

        found = declared(plan.write(tmp_path))

        bucket = found["module.keep.module.inner.aws_s3_bucket_versioning.this"].body.value["bucket"]
        assert bucket.origin.references == (Reference("module.store.aws_s3_bucket.this[0]", "id"),)
        assert plan.judge(tmp_path, "s3-versioning").failing() == []

    def test_instances_of_modules_are_told_apart(self, tmp_path: Path) -> None:
        plan = Plan()
        for key, status in (("a", "Enabled"), ("b", "Suspended")):
            first = key == "a"
            plan.resource(f'module.m["{key}"].aws_s3_bucket.x', {"bucket": key}, {} if first else None)
            plan.resource(
                f'module.m["{key}"].aws_s3_bucket_versioning.x',
                {"versioning_configuration": [{"status": status}]},
                {"bucket": reference("aws_s3_bucket.x.id")} if first else None,
                unknown={"bucket": True},
            )

        assert [each.address for each in plan.judge(tmp_path, "s3-versioning").failing()] == ['module.m["b"].aws_s3_bucket.x']

    def test_a_known_id_leads_to_its_resource(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_security_group.a", {"id": "sg-1"}, {}, actions=("no-op",))
        plan.resource("aws_security_group.b", {"id": "sg-2"}, {}, actions=("no-op",))
        plan.resource(
            "aws_instance.web",
            {"vpc_security_group_ids": ["sg-2", "sg-1"]},
            {"vpc_security_group_ids": reference("aws_security_group.a.id", "aws_security_group.b.id")},
            actions=("no-op",),
        )

        groups = attribute(plan, tmp_path, "aws_instance.web", "vpc_security_group_ids")

        assert isinstance(groups, Known)
        assert [each.origin.references for each in groups.value] == [
            (Reference("aws_security_group.b", "id"),),
            (Reference("aws_security_group.a", "id"),),
        ]

    def test_a_local_hides_what_is_behind_it(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_subnet.a", {"availability_zone": "eu-west-1a"}, {})
        plan.resource("aws_lb.front", {}, {"subnets": reference("aws_subnet.a.id", "local.more")}, unknown={"subnets": True})

        subnets = attribute(plan, tmp_path, "aws_lb.front", "subnets")

        assert isinstance(subnets, Unknown)
        assert subnets.origin.references == ()
        assert plan.judge(tmp_path, "elb-multi-az").failing() == []

    def test_data_sources_are_read_from_the_state(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.read("data.aws_vpc.main", {"id": "vpc-1"})
        plan.resource("aws_subnet.a", {"vpc_id": "vpc-1"}, {"vpc_id": reference("data.aws_vpc.main.id")})

        found = declared(plan.write(tmp_path))

        assert found["data.aws_vpc.main"].kind == "data"
        assert plain(found["data.aws_vpc.main"].body) == {"id": "vpc-1"}

    def test_an_output_counts_as_use(self, tmp_path: Path) -> None:
        plan = database(multi_az=True)
        plan.root["outputs"]["address"] = {"expression": reference("aws_db_instance.main.address")}

        output = declared(plan.write(tmp_path))["output.address"]

        assert output.body.value["value"].origin.references == (Reference("aws_db_instance.main", "address"),)


class TestProviders:
    def test_the_region_comes_from_the_resource_or_its_provider(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.providers = {
            "aws": {"name": "aws", "expressions": {"region": constant("eu-west-1")}},
            "aws.west": {"name": "aws", "alias": "west", "expressions": {"region": reference("var.region")}},
        }
        plan.resource("aws_sqs_queue.a", {}, {})
        plan.resource("aws_sqs_queue.b", {}, {}, provider_config_key="aws.west")
        plan.resource("aws_sqs_queue.c", {"region": "us-east-1"}, {}, provider_config_key="aws.west")

        found = declared(plan.write(tmp_path))

        assert [plain(found[f"aws_sqs_queue.{name}"].region) for name in "abc"] == [
            "eu-west-1",
            {"$unknown": "a plan does not show the value of region"},
            "us-east-1",
        ]
        assert plain(found["aws_sqs_queue.b"].attributes["provider"]) == "aws.west"
        assert found["provider.aws.west"].type == "provider.aws"

    def test_keys_in_a_provider_are_found(self, tmp_path: Path) -> None:
        plan = database(multi_az=True)
        keys = {"access_key": constant("AKIAQWERTYUIOPASDFGH"), "secret_key": constant("k" * 40)}
        plan.providers = {"aws": {"name": "aws", "expressions": keys}}

        assert len(plan.judge(tmp_path, "workload-static-credentials").failing()) == 1


class TestSecrets:
    def password(self, **variable: Any) -> Plan:
        plan = Plan(variables={"password": "hunter2-hunter2"})
        plan.root["variables"] = {"password": {"sensitive": True, **variable}}
        plan.resource(
            "aws_db_instance.main",
            {"password": "hunter2-hunter2", "settings": [{"key": "hunter3"}], "multi_az": False},
            {"password": reference("var.password"), "multi_az": constant(False)},
            sensitive={"password": True, "settings": [{"key": True}]},
        )
        return plan

    def test_they_are_marked_at_any_depth(self, tmp_path: Path) -> None:
        assert plain(declared(self.password().write(tmp_path))["aws_db_instance.main"].body) == {
            "password": "(sensitive)",
            "settings": [{"key": "(sensitive)"}],
            "multi_az": False,
        }

    @pytest.mark.parametrize("layout", ["text", "json", "sarif"])
    def test_they_are_in_no_report(self, layout: str, tmp_path: Path) -> None:
        from wa_iac.report import json as json_report
        from wa_iac.report import sarif, text

        (tmp_path / "main.tf").write_text(
            'variable "password" {}\nresource "aws_db_instance" "main" {\n  password = var.password\n}\n'
        )
        report = check([self.password().write(tmp_path)], Selection(profile="all"))
        rendered = {
            "text": lambda: text.render(report, show_unknown=True),
            "json": lambda: json_report.render(report, show_unknown=True),
            "sarif": lambda: sarif.render(report, show_unknown=True, root=tmp_path),
        }[layout]()

        assert "rds-multi-az" in rendered
        assert "hunter" not in rendered

    def test_a_password_from_outside_is_no_plaintext(self, tmp_path: Path) -> None:
        assert self.password().judge(tmp_path, "rds-plaintext-password").failing() == []

    def test_a_password_in_the_configuration_is(self, tmp_path: Path) -> None:
        plan = database(password="hunter2-hunter2")  # noqa: S106 - what the rule is about
        report = plan.judge(tmp_path, "rds-plaintext-password")

        assert [each.address for each in report.failing()] == ["aws_db_instance.main"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_plan_as_powershell_writes_it(tmp_path: Path, encoding: str) -> None:
    path = database(storage_encrypted=False).write(tmp_path)
    path.write_text(path.read_text(encoding="utf-8"), encoding=encoding)

    report = check([tmp_path], Selection(select=("rds-encryption",)))

    assert report.errors == []
    assert [each.address for each in report.findings] == ["aws_db_instance.main"]


@pytest.mark.parametrize(
    ("text", "masked"),
    [("REDACTED", True), ("***", True), ("<redacted>", True), ("(sensitive value)", True), ("REDacted1", False)],
)
def test_what_somebody_has_blacked_out_in_a_plan_is_no_password(text: str, masked: bool, tmp_path: Path) -> None:
    plan = database(identifier="main", password=text, engine="mysql")

    assert isinstance(attribute(plan, tmp_path, "aws_db_instance.main", "password"), Unknown) is masked
    assert (plan.judge(tmp_path, "rds-plaintext-password").failing() == []) is masked
