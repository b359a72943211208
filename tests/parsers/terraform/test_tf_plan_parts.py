"""Plans of what exists: what a resource shows of its parts is from before, where other resources of the plan set them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import pytest
from parsers.terraform.record_plans import SCHEMA

from helpers.planned_modules import judge, write
from helpers.plans import Plan, constant, declared, reference
from wa_iac.core.value import plain
from wa_iac.parsers.terraform.plan.parts import PARTS

GROUP = "aws_security_group.web"
SSH = "vpc-security-group-ingress-ssh"


def rule(*cidrs: str, port: int = 22, **more: Any) -> dict[str, Any]:
    """A rule as a group shows it."""
    ports = {"protocol": "tcp", "from_port": port, "to_port": port}
    return {**ports, "cidr_blocks": list(cidrs), "ipv6_cidr_blocks": [], "security_groups": [], "self": False, **more}


def alone(cidr: str, port: int = 22) -> dict[str, Any]:
    """A rule as a resource of its own."""
    return {"security_group_id": "sg-1", "cidr_ipv4": cidr, "ip_protocol": "tcp", "from_port": port, "to_port": port}


def group(*ingress: dict[str, Any], expressions: dict[str, Any] | None = None) -> Plan:
    """A plan of a group that exists and is not changed."""
    plan = Plan()
    plan.resource(GROUP, {"id": "sg-1", "ingress": list(ingress)}, expressions or {}, actions=("no-op",))
    return plan


def narrowed(plan: Plan, before: dict[str, Any], after: dict[str, Any] | None) -> Plan:
    """The plan with a rule that becomes another, or is taken away."""
    actions = ("delete",) if after is None else ("update",)
    plan.resource("aws_vpc_security_group_ingress_rule.a", after, None if after is None else {}, before=before, actions=actions)
    return plan


class TestRulesOfAGroup:
    @pytest.mark.parametrize("after", [alone("10.0.0.0/8"), None])
    def test_a_rule_that_is_narrowed_or_taken_away_is_open_no_more(self, after: dict[str, Any] | None, tmp_path: Path) -> None:
        plan = narrowed(group(rule("0.0.0.0/0")), alone("0.0.0.0/0"), after)

        assert plan.judge(tmp_path, SSH).findings == []

    def test_a_rule_that_is_opened_is_found_at_itself(self, tmp_path: Path) -> None:
        plan = narrowed(group(rule("10.0.0.0/8")), alone("10.0.0.0/8"), alone("0.0.0.0/0"))

        assert [each.address for each in plan.judge(tmp_path, SSH).failing()] == ["aws_vpc_security_group_ingress_rule.a"]

    def test_a_rule_that_no_resource_has_made_stays(self, tmp_path: Path) -> None:
        plan = narrowed(group(rule("10.0.0.0/8", "0.0.0.0/0")), alone("10.0.0.0/8"), alone("10.1.0.0/16"))

        assert [each.address for each in plan.judge(tmp_path, SSH).failing()] == [GROUP]

    def test_a_rule_that_only_aws_has_is_not_written_in_two_places(self, tmp_path: Path) -> None:
        def found(*, written: bool) -> list[str]:
            plan = group(
                rule("10.0.0.0/8", "10.9.0.0/16"), expressions={"ingress": [{"from_port": constant(22)}]} if written else {}
            )
            beside = {"security_group_id": reference(f"{GROUP}.id", GROUP)}
            plan.resource("aws_vpc_security_group_ingress_rule.a", alone("10.0.0.0/8"), beside, actions=("no-op",))
            report = plan.judge(tmp_path / str(written), "terraform-competing-resources")
            return [each.address for each in report.failing()]

        assert found(written=True) == [GROUP]
        assert found(written=False) == []

    def test_a_rule_of_the_older_kind_counts_in_its_direction(self, tmp_path: Path) -> None:
        plan = Plan()
        both = {"id": "sg-1", "ingress": [rule("0.0.0.0/0")], "egress": [rule("0.0.0.0/0", port=443)]}
        plan.resource(GROUP, both, {}, actions=("no-op",))
        older = {"security_group_id": "sg-1", "type": "ingress", **rule("0.0.0.0/0", ipv6_cidr_blocks=None)}
        plan.resource("aws_security_group_rule.a", None, before=older, actions=("delete",))

        body = declared(plan.write(tmp_path))[GROUP].body

        assert plain(body) == {"id": "sg-1", "egress": [rule("0.0.0.0/0", port=443)]} | {"egress": plain(body.value["egress"])}

    def test_of_a_copy_that_was_read_before_the_rule_was_made_nothing_is_known(self, tmp_path: Path) -> None:
        plan = narrowed(group(rule("0.0.0.0/0")), alone("10.0.0.0/8"), alone("10.1.0.0/16"))

        report = plan.judge(tmp_path, SSH)

        assert report.failing() == []
        assert [each.address for each in report.undecided()] == [GROUP]

    def test_nor_beside_the_source(self, tmp_path: Path) -> None:
        write(tmp_path, main='resource "aws_security_group" "web" {\n  name = "web"\n}\n')
        narrowed(group(rule("0.0.0.0/0")), alone("10.0.0.0/8"), None).write(tmp_path)

        [finding] = judge(tmp_path, SSH).findings

        assert (finding.verdict, Path(finding.span.path).name) == ("unknown", "main.tf")

    def test_two_rules_that_let_the_same_through_are_both_found(self, tmp_path: Path) -> None:
        plan = narrowed(group(rule("0.0.0.0/0")), alone("0.0.0.0/0"), None)
        older = {"security_group_id": "sg-1", "type": "ingress", **rule("0.0.0.0/0")}
        plan.resource("aws_security_group_rule.a", None, before=older, actions=("delete",))

        assert plan.judge(tmp_path, SSH).findings == []

    def test_rules_that_the_configuration_writes_are_the_group_s(self, tmp_path: Path) -> None:
        written = {"ingress": [{"cidr_blocks": constant(["0.0.0.0/0"])}]}
        plan = narrowed(group(rule("0.0.0.0/0"), expressions=written), alone("0.0.0.0/0"), None)

        assert [each.address for each in plan.judge(tmp_path, SSH).failing()] == [GROUP]

    def test_rules_of_a_dynamic_block_are_the_group_s(self, tmp_path: Path) -> None:
        """A plan does not show that they are written; but it changes them."""
        plan = Plan()
        was = {"id": "sg-1", "ingress": [rule("10.0.0.0/8")]}
        plan.resource(GROUP, {"id": "sg-1", "ingress": [rule("0.0.0.0/0")]}, {}, before=was, actions=("update",))
        narrowed(plan, alone("10.0.0.0/8"), None)

        assert [each.address for each in plan.judge(tmp_path, SSH).failing()] == [GROUP]

    def test_the_source_tells_of_a_dynamic_block(self, tmp_path: Path) -> None:
        write(tmp_path, main="""\
            variable "open" { default = ["0.0.0.0/0"] }
            resource "aws_security_group" "web" {
              dynamic "ingress" {
                for_each = var.open
                content {
                  protocol    = "tcp"
                  from_port   = 22
                  to_port     = 22
                  cidr_blocks = [ingress.value]
                }
              }
            }
            """)  # fmt: skip
        narrowed(group(rule("0.0.0.0/0")), alone("0.0.0.0/0"), None).write(tmp_path)

        assert [each.address for each in judge(tmp_path, SSH).failing()] == [GROUP]

    def test_a_rule_that_terraform_forgets_is_still_there(self, tmp_path: Path) -> None:
        plan = group(rule("0.0.0.0/0"))
        plan.resource("aws_vpc_security_group_ingress_rule.a", None, before=alone("0.0.0.0/0"), actions=("forget",))

        assert [each.address for each in plan.judge(tmp_path, SSH).failing()] == [GROUP]


def statement(principal: Any) -> str:
    allowed = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::x/*", "Principal": principal}
    return json.dumps({"Version": "2012-10-17", "Statement": [allowed]})


class TestPoliciesOfABucket:
    def bucket(self, **expressions: Any) -> Plan:
        plan = Plan()
        plan.resource("aws_s3_bucket.x", {"id": "x", "bucket": "x", "policy": statement("*")}, expressions, actions=("no-op",))
        return plan

    @pytest.mark.parametrize("actions", [("update",), ("create",), ("delete",)])
    def test_a_policy_of_its_own_decides(self, actions: tuple[str, ...], tmp_path: Path) -> None:
        plan = self.bucket()
        named = {"bucket": "x", "policy": statement({"AWS": "arn:aws:iam::111122223333:root"})}
        before = {"bucket": "x", "policy": statement("*")} if actions != ("create",) else None
        after = named if actions != ("delete",) else None
        plan.resource("aws_s3_bucket_policy.x", after, {} if after else None, before=before, actions=actions)

        assert plan.judge(tmp_path, "s3-policy-public").findings == []

    def test_a_policy_from_elsewhere_stays(self, tmp_path: Path) -> None:
        assert [each.address for each in self.bucket().judge(tmp_path, "s3-policy-public").failing()] == ["aws_s3_bucket.x"]

    def test_a_null_is_not_written(self, tmp_path: Path) -> None:
        plan = self.bucket(policy=reference("var.policy"))
        plan.variables = {"policy": None}
        plan.resource("aws_s3_bucket_policy.x", None, before={"bucket": "x", "policy": statement("*")}, actions=("delete",))

        assert plan.judge(tmp_path, "s3-policy-public").findings == []

    @pytest.mark.parametrize(
        ("after", "failing"), [(statement({"AWS": "arn:aws:iam::111122223333:root"}), []), (None, ["aws_s3_bucket.x"])]
    )
    def test_an_expression_that_may_be_null_yields_to_a_policy_that_stays(
        self, after: str | None, failing: list[str], tmp_path: Path
    ) -> None:
        """`var.beside ? null : var.policy`. Where the policy of its own goes, the bucket's may have taken its place."""
        plan = self.bucket(policy=reference("var.beside", "var.policy"))
        then = {"bucket": "x", "policy": after} if after else None
        actions = ("update",) if after else ("delete",)
        plan.resource("aws_s3_bucket_policy.x", then, None, before={"bucket": "x", "policy": statement("*")}, actions=actions)

        assert [each.address for each in plan.judge(tmp_path, "s3-policy-public").failing()] == failing

    def test_an_owner_is_found_by_what_the_configuration_refers_to(self, tmp_path: Path) -> None:
        plan = self.bucket()
        written = {"bucket": reference("aws_s3_bucket.x.id"), "policy": reference("local.policy")}
        plan.resource("aws_s3_bucket_policy.x", {}, written, unknown={"bucket": True, "policy": True})

        report = plan.judge(tmp_path, "s3-policy-public")

        assert report.failing() == []
        assert report.undecided() != []


class TestOtherParts:
    def test_policies_of_a_role(self, tmp_path: Path) -> None:
        plan = Plan()
        shown = {
            "id": "r",
            "name": "r",
            "inline_policy": [{"name": "mine", "policy": "{}"}, {"name": "theirs", "policy": "{}"}],
            "managed_policy_arns": ["arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"],
        }
        plan.resource("aws_iam_role.r", shown, {}, actions=("no-op",))
        plan.resource("aws_iam_role_policy.r", None, before={"role": "r", "name": "mine", "policy": "{}"}, actions=("delete",))
        attached = {"role": "r", "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}
        plan.resource("aws_iam_role_policy_attachment.r", None, before=attached, actions=("delete",))

        body: Any = plain(declared(plan.write(tmp_path))["aws_iam_role.r"].body)

        assert body["inline_policy"] == [{"name": "theirs", "policy": "{}"}]
        assert body["managed_policy_arns"] == ["arn:aws:iam::aws:policy/ReadOnlyAccess"]

    @pytest.mark.parametrize(
        ("owner", "shown", "part", "names"),
        [
            ("aws_sqs_queue", {"redrive_policy": "{}"}, "aws_sqs_queue_redrive_policy", "queue_url"),
            ("aws_sns_topic", {"policy": "{}"}, "aws_sns_topic_policy", "arn"),
            ("aws_kms_key", {"policy": "{}"}, "aws_kms_key_policy", "key_id"),
            ("aws_s3_bucket", {"versioning": [{"enabled": True}]}, "aws_s3_bucket_versioning", "bucket"),
            ("aws_s3_bucket", {"grant": [{"type": "Group"}], "acl": "private"}, "aws_s3_bucket_acl", "bucket"),
            ("aws_vpc_endpoint", {"policy": "{}"}, "aws_vpc_endpoint_policy", "vpc_endpoint_id"),
            ("aws_eip", {"instance": "i-1"}, "aws_eip_association", "allocation_id"),
            ("aws_opensearch_domain", {"access_policies": "{}"}, "aws_opensearch_domain_policy", "domain_name"),
        ],
    )
    def test_what_belongs_to_one_part_alone(
        self, owner: str, shown: dict[str, Any], part: str, names: str, tmp_path: Path
    ) -> None:
        plan = Plan()
        plan.resource(f"{owner}.a", {"id": "a", **shown}, {}, actions=("no-op",))
        plan.resource(f"{owner}.b", {"id": "b", **shown}, {}, actions=("no-op",))
        plan.resource(f"{part}.a", None, before={names: "a"}, actions=("delete",))

        found = declared(plan.write(tmp_path))

        assert plain(found[f"{owner}.a"].body) == {"id": "a"}
        assert plain(found[f"{owner}.b"].body) == {"id": "b", **shown}

    def test_routes_of_a_table(self, tmp_path: Path) -> None:
        plan = Plan()
        routes = [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}, {"cidr_block": "10.0.0.0/8", "gateway_id": "vgw-1"}]
        plan.resource("aws_route_table.a", {"id": "rtb-1", "route": routes}, {}, actions=("no-op",))
        open_route = {"route_table_id": "rtb-1", "destination_cidr_block": "0.0.0.0/0", "destination_ipv6_cidr_block": ""}
        plan.resource("aws_route.a", None, before=open_route, actions=("delete",))

        assert plain(declared(plan.write(tmp_path))["aws_route_table.a"].body.value["route"]) == routes[1:]


def the_schema() -> dict[str, dict[str, list[str]]]:
    return cast("dict[str, dict[str, list[str]]]", json.loads(SCHEMA.read_text(encoding="utf-8")))


class TestTheTable:
    """Held against what the provider's schema says (`record_plans.py` asks it again)."""

    OLDER = frozenset({"aws_secretsmanager_secret", "aws_ecs_cluster"})
    """Owners whose arguments only older providers have."""

    def test_parts_are_arguments_that_may_be_computed(self) -> None:
        schema = the_schema()
        wrong = [
            (kind, owner, attribute)
            for kind, parts in PARTS.items()
            for part in parts
            for owner in part.owners
            for attribute in part.attributes
            if attribute not in schema[owner]["computed"] + schema[owner]["blocks"] and owner not in self.OLDER
        ]

        assert wrong == []

    def test_every_argument_that_a_type_is_named_after_is_there(self) -> None:
        schema = the_schema()
        covered = {
            (owner, name) for parts in PARTS.values() for each in parts for owner in each.owners for name in each.attributes
        }
        named = {
            (owner, attribute)
            for owner, each in schema.items()
            for attribute in each["computed"]
            if f"{owner}_{attribute}" in each["parts"]
        }

        assert len(named) > 10
        assert named <= covered
