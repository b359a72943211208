"""Experiments of FIS: they strike what the drill says fails, their role may do no more, and both languages accept them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from helpers.cli import run
from helpers.cloudformation import plain
from helpers.drills import shop_in, template_in
from helpers.remedies import terraform_schema
from wa_iac.drill_report.experiment.actions import KINDS
from wa_iac.engine.check import check
from wa_iac.engine.selection import Selection
from wa_iac.parsers.cloudformation.text.documents import parsed
from wa_iac.parsers.terraform.text.nodes import HclBlock
from wa_iac.parsers.terraform.text.syntax import read_body

TERRAFORM = shutil.which("terraform")


def _experiment(folder: Path, fail: str) -> str:
    done = run(folder, "drill", "--fail", fail, "--format", "fis")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def _template(folder: Path, fail: str) -> dict[str, Any]:
    document = parsed(_experiment(template_in(folder), fail).encode(), "experiment.yaml")
    assert document is not None
    found: dict[str, Any] = plain(document.root)["Resources"]
    return found


def _actions(folder: Path, fail: str) -> list[str]:
    made = _template(folder, fail)["DrillExperiment"]["Properties"]["Actions"]
    return sorted(each["ActionId"] for each in made.values())


def test_a_zone_takes_its_subnets_servers_tasks_nodes_and_caches(tmp_path: Path) -> None:
    made = _template(tmp_path, "zone:a")["DrillExperiment"]["Properties"]
    targets = made["Targets"]

    assert sorted({each["ActionId"] for each in made["Actions"].values()}) == [
        "aws:ec2:stop-instances",
        "aws:ecs:stop-task",
        "aws:elasticache:replicationgroup-interrupt-az-power",
        "aws:network:disrupt-connectivity",
        "aws:rds:failover-db-cluster",
    ]
    (subnets,) = targets["SubnetA"]["ResourceArns"]
    assert str(subnets).endswith("subnet/${SubnetA}'}")
    assert "SubnetB" not in json.dumps(targets)
    assert targets["Cache"]["ResourceTags"] == {"Name": "sessions"}
    assert targets["Nodes"]["Filters"][1] == {"Path": "Placement.AvailabilityZone", "Values": [{"Ref": "Zone"}]}


@pytest.mark.parametrize(
    ("fail", "action"),
    [
        ("resource:Endpoint", "aws:network:disrupt-vpc-endpoint"),
        ("resource:Nodes", "aws:eks:terminate-nodegroup-instances"),
        ("resource:Orders", "aws:rds:failover-db-cluster"),
        ("resource:SubnetA", "aws:network:disrupt-connectivity"),
        ("resource:Task", "aws:lambda:invocation-error"),
        ("resource:Web", "aws:ecs:stop-task"),
        ("service:lambda", "aws:lambda:invocation-error"),
    ],
)
def test_a_resource_or_a_service_fails_as_fis_can(tmp_path: Path, fail: str, action: str) -> None:
    assert _actions(tmp_path, fail) == [action]


def test_what_fis_cannot_do_is_said_and_nothing_is_written(tmp_path: Path) -> None:
    template_in(tmp_path)
    cache, region = (
        run(tmp_path, "drill", "--fail", fail, "--format", "fis", "-o", "experiment.yaml")
        for fail in ("resource:Cache", "region")
    )

    assert (cache.returncode, region.returncode) == (2, 2)
    assert "FIS can make no experiment for shop.yaml: Cache fails" in cache.stderr
    assert "no action that makes a resource of the type AWS::ElastiCache::ReplicationGroup fail" in cache.stderr
    assert "FIS cannot make a Region fail, only cut off another Region from it" in region.stderr
    assert not (tmp_path / "experiment.yaml").exists()


def test_the_role_may_do_what_the_actions_need_on_their_targets_only(tmp_path: Path) -> None:
    made = _template(tmp_path, "resource:Worker")["DrillRole"]["Properties"]
    (policy,) = made["Policies"]
    statements = policy["PolicyDocument"]["Statement"]
    stopping = next(each for each in statements if "ec2:StopInstances" in each["Action"])
    unbound = [
        action for each in statements if each["Resource"] == "*" and "Condition" not in each for action in each["Action"]
    ]

    assert str(stopping["Resource"]).endswith("instance/${Worker}'}]")
    assert {each for each in unbound if not each.partition(":")[2].startswith(("Describe", "Get", "List"))} == {
        "logs:CreateLogDelivery",
        "logs:PutResourcePolicy",
    }
    assert made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "fis.amazonaws.com"}


def test_the_alarms_of_the_code_end_it_early_and_the_hypothesis_is_written_down(tmp_path: Path) -> None:
    for each in ("module", "template"):
        (tmp_path / each).mkdir()
    module = _experiment(shop_in(tmp_path / "module"), "zone:a")
    template = _experiment(template_in(tmp_path / "template"), "zone:a")

    assert "# - aws_lb.shop: degrades, 50 % left." in module
    assert "value  = aws_cloudwatch_metric_alarm.errors.arn" in module
    assert 'StopConditions:\n        - Source: "none"' in template
    assert "No alarm of this code can end the experiment early" in template


def test_what_is_in_a_module_is_a_variable(tmp_path: Path) -> None:
    (tmp_path / "shop").mkdir()
    shop_in(tmp_path / "shop")
    (tmp_path / "main.tf").write_text('module "shop" {\n  source = "./shop"\n}\n', encoding="utf-8")

    assert 'variable "drill_module_shop_aws_instance_worker_arn"' in _experiment(
        tmp_path, "resource:module.shop.aws_instance.worker"
    )


@pytest.mark.parametrize("fail", ["zone:a", "resource:aws_instance.worker", "service:ec2"])
def test_a_module_has_only_arguments_that_the_provider_has(tmp_path: Path, fail: str) -> None:
    body, errors = read_body("experiment.tf", _experiment(shop_in(tmp_path), fail).encode())

    assert errors == []
    resources = body.named("resource")
    assert {each.labels[0] for each in resources} >= {"aws_fis_experiment_template", "aws_iam_role", "aws_iam_role_policy"}
    assert [problem for each in resources for problem in _problems(each, terraform_schema()[each.labels[0]])] == []


def _problems(block: HclBlock, schema: dict[str, Any]) -> list[str]:
    """Arguments and blocks that a schema lacks, and required arguments that the block lacks."""
    names = {*block.body.attributes, *(each.type for each in block.body.blocks)}
    required = {name for name, each in schema.items() if isinstance(each, str) and each.endswith("!")}
    found = sorted((names - schema.keys()) | (required - names))
    return found + [each for inner in block.body.blocks for each in _problems(inner, schema[inner.type]["args"])]


@pytest.mark.slow
def test_templates_are_valid(tmp_path: Path) -> None:
    """cfn-lint finds nothing wrong with them."""
    fails = ("zone:a", "resource:Nodes", "resource:Task", "resource:Endpoint")
    folder = tmp_path / "made"
    folder.mkdir()
    for number, fail in enumerate(fails):
        (folder / f"{number}.yaml").write_text(_experiment(template_in(tmp_path), fail), encoding="utf-8")

    report = check([folder], Selection(cfn_lint=True))
    assert [str(each.message) for each in report.failing() if each.rule.slug.startswith("cfn-lint-")] == []


@pytest.mark.slow
def test_a_module_is_written_as_terraform_formats_it(tmp_path: Path) -> None:
    if TERRAFORM is None:
        pytest.skip("Terraform is not available")
    (shop_in(tmp_path) / "experiment.tf").write_text(_experiment(tmp_path, "zone:a"), encoding="utf-8")
    done = subprocess.run(
        [TERRAFORM, "fmt", "-check", "experiment.tf"], cwd=tmp_path, capture_output=True, check=False, text=True
    )

    assert done.returncode == 0, done.stdout


def test_every_action_has_a_target_and_says_how_long_it_lasts() -> None:
    assert all(each.key and each.target.startswith("aws:") for each in KINDS.values())
    at_once = {"stop-task", "terminate-nodegroup-instances", "failover-db-cluster", "reboot-db-instances"}
    assert {name.rpartition(":")[2] for name, each in KINDS.items() if not each.lasts} == at_once
