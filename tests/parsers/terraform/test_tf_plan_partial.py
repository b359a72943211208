"""Plans that are not the whole story: of a part, with changes deferred, not finished; and sections that say nothing of resources."""

from __future__ import annotations

from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest

from helpers.planned_modules import judge, write
from helpers.plans import Plan, constant, database, declared, reference
from wa_iac.core.errors import PartialError, SourceError, mistakes
from wa_iac.core.value import Absent, Known, Unknown, plain
from wa_iac.engine.build import graphs

MULTI_AZ = "rds-multi-az"
TWO = """\
resource "aws_db_instance" "main" {
  identifier = "main"
  multi_az   = true
}

resource "aws_db_instance" "other" {
  identifier = "other"
  multi_az   = false
}
"""


def targeted(**extra: Any) -> Plan:
    """A plan of one of two databases."""
    plan = database(identifier="main", multi_az=True)
    plan.root["resources"].append(
        {"address": "aws_db_instance.other", "mode": "managed", "type": "aws_db_instance", "name": "other", "expressions": {}}
    )
    plan.extra = extra or {"complete": False}
    return plan


class TestOfAPart:
    def test_alone_it_is_an_error_that_names_what_is_left_out(self, tmp_path: Path) -> None:
        report = targeted().judge(tmp_path, MULTI_AZ)

        [error] = report.errors
        assert isinstance(error, SourceError)
        assert "not complete" in error.message
        assert "aws_db_instance.other" in error.message
        line = (tmp_path / "plan.json").read_text().splitlines()[(error.line or 0) - 1]
        assert line.strip().startswith('"complete": false')

    def test_beside_its_source_the_rest_is_judged_and_it_is_told(self, tmp_path: Path) -> None:
        write(tmp_path, main=TWO)
        targeted().write(tmp_path)

        report = judge(tmp_path, MULTI_AZ)

        assert [each.address for each in report.failing()] == ["aws_db_instance.other"]
        assert mistakes(report.errors) == []
        assert [type(each) for each in report.errors] == [PartialError]

    def test_what_a_part_takes_away_is_not_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=TWO)
        plan = targeted()
        plan.resource("aws_db_instance.other", None, before={"identifier": "other"}, actions=("delete",))
        plan.write(tmp_path)

        assert judge(tmp_path, MULTI_AZ).failing() == []

    def test_a_whole_plan_says_what_will_not_exist(self, tmp_path: Path) -> None:
        write(tmp_path, main=TWO)
        targeted(complete=True).write(tmp_path)

        report = judge(tmp_path, MULTI_AZ)

        assert (report.errors, report.failing()) == ([], [])

    def test_a_plan_that_was_not_finished_is_an_error_and_its_source_is_judged(self, tmp_path: Path) -> None:
        write(tmp_path, main=TWO)
        targeted(errored=True).write(tmp_path)

        report = judge(tmp_path, MULTI_AZ)

        assert [each.address for each in report.failing()] == ["aws_db_instance.other"]
        assert "did not finish" in mistakes(report.errors)[0].message


class TestOfTheState:
    def refresh(self) -> Plan:
        """What Terraform writes with -refresh-only: nothing is planned, and the state is what exists."""
        plan = Plan()
        plan.prior["resources"] = [
            {
                "address": "aws_db_instance.other",
                "mode": "managed",
                "type": "aws_db_instance",
                "name": "other",
                "values": {"multi_az": False},
            }
        ]
        entry = {"address": "aws_db_instance.other", "mode": "managed", "type": "aws_db_instance", "name": "other"}
        plan.root["resources"].append({**entry, "expressions": {"multi_az": constant(False)}})
        return plan

    def test_what_exists_is_judged(self, tmp_path: Path) -> None:
        report = self.refresh().judge(tmp_path, MULTI_AZ)

        assert [each.address for each in report.failing()] == ["aws_db_instance.other"]
        assert ["only refreshes" in each.message for each in report.errors] == [True]
        assert mistakes(report.errors) == []

    def test_what_does_not_exist_is_judged_as_its_source_says(self, tmp_path: Path) -> None:
        write(tmp_path, main=TWO.replace("true", "false"))
        self.refresh().write(tmp_path)

        assert sorted(each.address for each in judge(tmp_path, MULTI_AZ).failing()) == [
            "aws_db_instance.main",
            "aws_db_instance.other",
        ]


def deferred(reason: str, address: str = "aws_db_instance.later") -> Plan:
    entry = {"address": address, "mode": "managed", "type": "aws_db_instance", "name": "later"}
    change = {"actions": ["create"], "before": None, "after": {"multi_az": False}, "after_unknown": {"identifier": True}}
    plan = database(identifier="main", multi_az=True)
    plan.extra = {"deferred_changes": [{"reason": reason, "resource_change": {**entry, "change": change}}]}
    return plan


class TestDeferredChanges:
    def test_they_are_judged_as_far_as_they_are_known_and_told(self, tmp_path: Path) -> None:
        report = deferred("resource_config_unknown").judge(tmp_path, MULTI_AZ)

        assert [each.address for each in report.failing()] == ["aws_db_instance.later"]
        assert ["defers 1 change" in each.message for each in mistakes(report.errors)] == [True]

    def test_one_may_stand_for_any_number(self, tmp_path: Path) -> None:
        found = declared_anyway(deferred("instance_count_unknown", "aws_db_instance.later[*]"), tmp_path)

        assert found["aws_db_instance.later[*]"].representative is not None
        assert found["aws_db_instance.main"].representative is None


def declared_anyway(plan: Plan, directory: Path) -> dict[str, Any]:
    """What a plan declares that is not complete."""
    [(unit, _)], _ = graphs([plan.write(directory)])
    return {each.address: each for each in unit.declared}


class TestWhatIsNoResource:
    def test_newer_sections_are_read_without_a_word(self, tmp_path: Path) -> None:
        plan = database(identifier="main", multi_az=True)
        plan.extra = {
            "complete": True,
            "applyable": True,
            "errored": False,
            "timestamp": "2026-01-01T00:00:00Z",
            "action_invocations": [{"address": "action.aws_lambda_invoke.a", "type": "aws_lambda_invoke", "name": "a"}],
            "checks": [{"address": {"kind": "check", "name": "a"}, "status": "unknown", "instances": []}],
            "relevant_attributes": [{"resource": "aws_db_instance.main", "attribute": ["id"]}],
            "resource_drift": [{"address": "aws_db_instance.main", "change": {"actions": ["update"]}}],
        }
        for mode in ("ephemeral", "action", "list"):
            entry = {"mode": mode, "type": "aws_thing", "name": "a"}
            plan.root["resources"].append({**entry, "address": f"{mode}.aws_thing.a", "expressions": {}})
            plan.planned["resources"].append({**entry, "address": f"{mode}.aws_thing.a", "values": {}})
        plan.planned["resources"][0]["identity"] = {"arn": "x"}

        found = declared(plan.write(tmp_path))

        assert [each for each, one in found.items() if one.kind != "settings"] == ["aws_db_instance.main"]

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ({}, Absent),
            ({"password_wo": constant("hunter2-hunter2")}, Known),
            ({"password_wo": reference("var.nothing")}, Absent),
            ({"password_wo": reference("var.something")}, Known),
            ({"password_wo": reference("ephemeral.aws_secretsmanager_random_password.a.random_password")}, Unknown),
        ],
    )
    def test_what_is_written_once_and_never_shown(self, written: dict[str, Any], expected: type, tmp_path: Path) -> None:
        plan = Plan(variables={"nothing": None, "something": "hunter2-hunter2"})
        plan.resource("aws_db_instance.main", {"password_wo": None}, written)

        value = declared(plan.write(tmp_path))["aws_db_instance.main"].body.value["password_wo"]

        assert isinstance(value, expected)
        assert value.origin.references == ()
        assert "hunter2" not in str(plain(value))


class TestUserData:
    """Of `user_data`, providers keep a digest."""

    SCRIPT = "#!/bin/sh\nexport AWS_ACCESS_KEY_ID=AKIAQWERTYUIOPASDFGH\nexport AWS_SECRET_ACCESS_KEY=" + "k" * 40 + "\n"
    DIGEST = sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()

    def test_what_the_configuration_has_is_taken(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_instance.web", {"user_data": self.DIGEST}, {"user_data": constant(self.SCRIPT)})

        assert plain(declared(plan.write(tmp_path))["aws_instance.web"].body.value["user_data"]) == self.SCRIPT

    def test_it_is_followed_to_the_call_of_a_module(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("module.web.aws_instance.this", {"user_data": self.DIGEST}, {"user_data": reference("var.script")})
        plan.root["module_calls"]["web"]["expressions"] = {"script": constant(self.SCRIPT)}

        found = declared(plan.write(tmp_path))["module.web.aws_instance.this"].body.value["user_data"]

        assert (plain(found), found.origin.how) == (self.SCRIPT, "explicit")

    def test_what_has_another_digest_is_not_it(self, tmp_path: Path) -> None:
        """`base64gzip(var.script)` names the variable, too."""
        plan = Plan(variables={"script": "something else"})
        plan.resource("aws_instance.web", {"user_data": self.DIGEST}, {"user_data": reference("var.script")})

        assert isinstance(declared(plan.write(tmp_path))["aws_instance.web"].body.value["user_data"], Unknown)

    def test_else_it_is_unknown(self, tmp_path: Path) -> None:
        plan = Plan()
        plan.resource("aws_instance.web", {"user_data": self.DIGEST}, {"user_data": reference("local.script")})

        value = declared(plan.write(tmp_path))["aws_instance.web"].body.value["user_data"]

        assert isinstance(value, Unknown)
        assert "digest" in value.why

    def test_the_source_says_it(self, tmp_path: Path) -> None:
        write(
            tmp_path, main='locals { script = "apt-get update" }\nresource "aws_instance" "web" { user_data = local.script }\n'
        )
        plan = Plan()
        plan.resource("aws_instance.web", {"user_data": self.DIGEST}, {"user_data": reference("local.script")})
        plan.write(tmp_path)

        [(unit, _)], _ = graphs([tmp_path])
        [web] = [each for each in unit.declared if each.type == "aws_instance"]

        assert plain(web.body.value["user_data"]) == "apt-get update"
