"""A default that decides a fault is not what is deployed, if the repository gives its variable another value."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cli import run
from helpers.reports import judge_files

BROKER = """
variable "mode" {
  type    = string
  default = "SINGLE_INSTANCE"
}
resource "aws_mq_broker" "orders" {
  broker_name        = "orders"
  engine_type        = "RabbitMQ"
  host_instance_type = "mq.m5.large"
  deployment_mode    = var.mode
}
"""
OTHER = 'mode = "CLUSTER_MULTI_AZ" # in production\n'


def verdict(directory: Path, files: dict[str, str]) -> str:
    (directory / ".git").mkdir()
    report = judge_files(directory, {"stacks/orders/main.tf": BROKER, **files}, "workload-data-service-multi-az")
    (found,) = report.findings
    return found.verdict if found.verdict == "fail" else found.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("stacks/orders/env/prod.tfvars", OTHER),
        ("values/prod/orders.tfvars", OTHER),
        ("values/orders/prod.tfvars", OTHER),
        ("values/orders/prod.tfvars.json", '{"mode": "CLUSTER_MULTI_AZ"}'),
    ],
)
def test_a_variables_file_of_the_root_module(tmp_path: Path, path: str, text: str) -> None:
    assert "gives variable mode another value than its default" in verdict(tmp_path, {path: text})


@pytest.mark.parametrize(
    "files",
    [
        {"values/prod/payments.tfvars": OTHER},
        {
            "stacks/payments/prod.tfvars": OTHER,
            "stacks/payments/main.tf": BROKER.replace("SINGLE_INSTANCE", "CLUSTER_MULTI_AZ"),
        },
        {"stacks/orders/env/prod.tfvars": 'mode = "SINGLE_INSTANCE" # one is enough\n'},
        {"stacks/orders/env/prod.tfvars.json": '{"mode": "SINGLE_INSTANCE"}', "values/orders/broken.tfvars.json": "[{"},
        {"stacks/orders/env/prod.tfvars": 'zones = 3\nother = {\n  mode = "x"\n}\n'},
        {"others/orders/prod.tfvars": OTHER, "others/orders/main.tf": "locals {}\n"},
        {"values/dev/orders.tfvars": OTHER, "values/production/orders.tfvars": "zones = 3\n"},
        {"Makefile": "plan:\n\tTF_VAR_modes=x terraform plan\n"},
        {
            "plan.sh": 'echo "mode = \\"CLUSTER_MULTI_AZ\\"" > notes.txt\ncat > notes.txt <<EOF\nmode = "CLUSTER_MULTI_AZ"\nEOF\n'
        },
        {".github/workflows/plan.yml": 'env:\n  TF_VAR_mode: "SINGLE_INSTANCE"\n  # TF_VAR_mode: CLUSTER_MULTI_AZ\n'},
        {"scripts/plan.sh": "terraform plan -var 'mode=SINGLE_INSTANCE' # or -var mode=CLUSTER_MULTI_AZ\n"},
    ],
)
def test_others_say_nothing(tmp_path: Path, files: dict[str, str]) -> None:
    assert verdict(tmp_path, files) == "fail"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "plan:\n\tTF_VAR_mode=CLUSTER_MULTI_AZ terraform plan\n"),
        (".github/workflows/plan.yml", "env:\n  TF_VAR_mode: CLUSTER_MULTI_AZ\n"),
        ("stacks/orders/plan.sh", 'terraform plan -var "mode=SINGLE_INSTANCE"\nterraform plan -var "mode=CLUSTER_MULTI_AZ"\n'),
        ("plan.sh", 'echo "mode = \\"CLUSTER_MULTI_AZ\\"" >> terraform.tfvars\n'),
        ("plan.sh", 'cat > orders/prod.tfvars <<EOF\nzones = 2\nmode = "CLUSTER_MULTI_AZ"\nEOF\n'),
        ("plan.sh", 'cat <<-"EOF" > "$DIR/prod.tfvars"\n  mode = "CLUSTER_MULTI_AZ"\n  EOF\n'),
    ],
)
def test_a_script_that_gives_the_value(tmp_path: Path, path: str, text: str) -> None:
    assert "a script or a workflow gives variable mode another value" in verdict(tmp_path, {path: text})


@pytest.mark.parametrize(
    "text",
    [
        'terraform plan -var "mode=$MODE"\n',
        "docker run -e TF_VAR_mode terraform plan\n",
        'echo "mode = \\"$MODE\\"" > x.tfvars\n',
    ],
)
def test_a_script_whose_value_cannot_be_read(tmp_path: Path, text: str) -> None:
    assert "a script or a workflow may give variable mode another value" in verdict(tmp_path, {"plan.sh": text})


def test_a_directory_of_values_may_declare_their_variables(tmp_path: Path) -> None:
    files = {"values/common.tf": "locals {}\n", "values/production/orders.tfvars": OTHER}

    assert "gives variable mode another value" in verdict(tmp_path, files)


ONE = 'mode = "SINGLE_INSTANCE"\n'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"prod.tfvars": OTHER}, "prod.tfvars gives variable mode another value than terraform.tfvars"),
        ({"env/production.tfvars": OTHER}, "production.tfvars gives variable mode another value than terraform.tfvars"),
        ({"env/qa.tfvars": OTHER}, "fail"),
        ({"prod.tfvars": ONE}, "fail"),
        ({"prod.tfvars": "zones = 3\n"}, "fail"),
        ({}, "fail"),
    ],
)
def test_the_value_of_a_file_that_is_always_read_is_not_that_of_production(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    here = {f"stacks/orders/{name}": text for name, text in {"terraform.tfvars": ONE, **files}.items()}

    assert said in verdict(tmp_path, here)


def test_a_file_of_production_that_is_always_read_counts(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    files = {"prod/main.tf": BROKER, "prod/terraform.tfvars": ONE, "prod/prod.tfvars": OTHER}

    (found,) = judge_files(tmp_path, files, "workload-data-service-multi-az").findings

    assert found.verdict == "fail"


def test_a_file_that_only_has_the_name_of_one_that_is_always_read_is_a_choice(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    files = {"main.tf": BROKER, "env/dev/terraform.tfvars": ONE, "env/prod/terraform.tfvars": OTHER}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    done = run(tmp_path, "check", "--var-file", "env/dev/terraform.tfvars", "--select", "workload-data-service-multi-az")

    assert "aws_mq_broker.orders" in done.stdout


OPEN = """
variable "public" {}
resource "aws_db_instance" "d" {
  publicly_accessible    = var.public
  vpc_security_group_ids = [aws_security_group.d.id]
}
resource "aws_security_group" "d" {
  ingress {
    protocol    = "tcp"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""


def test_what_a_file_that_is_always_read_opens_to_strangers_is_open(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    files = {"main.tf": OPEN, "terraform.tfvars": "public = true\n", "prod.tfvars": "public = false\n"}

    (found,) = judge_files(tmp_path, files, "rds-public-access").findings

    assert (found.verdict, found.severity.name) == ("fail", "CRITICAL")


SWITCHED = """
variable "create" {
  default = true
}
module "queues" {
  source = "./queues"
  create = var.create
}
"""
QUEUES = 'variable "create" {}\nresource "aws_sqs_queue" "it" {\n  count                   = var.create ? %s\n  sqs_managed_sse_enabled = false\n}\n'


@pytest.mark.parametrize(
    ("count", "files", "verdicts"),
    [
        ("1 : 0", {"env/dev.tfvars": "create = false # later\n", "env/qa.tfvars": "create = false\n"}, ["unknown"]),
        ("1 : 0", {"env/dev.tfvars": "create = false\n", "env/qa.tfvars": "other = 1\n"}, ["fail"]),
        ("1 : 0", {"env/dev.tfvars": "create = true\n"}, ["fail"]),
        ("2 : 1", {"env/dev.tfvars": "create = false\n"}, ["fail", "fail"]),
    ],
)
def test_what_exists_by_a_default_that_all_files_turn_around(
    tmp_path: Path, count: str, files: dict[str, str], verdicts: list[str]
) -> None:
    (tmp_path / ".git").mkdir()
    report = judge_files(tmp_path, {"main.tf": SWITCHED, "queues/main.tf": QUEUES % count, **files}, "sqs-encryption")
    assert [each.verdict for each in report.findings] == verdicts


def test_a_variable_of_a_module_is_set_by_its_caller(tmp_path: Path) -> None:
    caller = 'module "orders" {\n  source = "./orders"\n}\n'
    assert verdict(tmp_path, {"stacks/main.tf": caller, "stacks/prod.tfvars": OTHER}) == "fail"


TEMPLATE = """
Parameters:
  Mode: { Type: String, Default: SINGLE_INSTANCE }
  Owner: { Type: String, Default: us }
Resources:
  Orders:
    Type: AWS::AmazonMQ::Broker
    Properties:
      BrokerName: orders
      EngineType: RABBITMQ
      HostInstanceType: mq.m5.large
      DeploymentMode: !Ref Mode
"""
PAIRS = '[{"ParameterKey": "Owner", "ParameterValue": "them"}, {"ParameterKey": "Mode", "ParameterValue": "CLUSTER_MULTI_AZ"}]'


def of_template(directory: Path, files: dict[str, str]) -> str:
    (directory / ".git").mkdir()
    report = judge_files(directory, {"stacks/orders/template.yaml": TEMPLATE, **files}, "workload-data-service-multi-az")
    (found,) = report.findings
    return found.verdict if found.verdict == "fail" else found.message


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("stacks/orders/params/prod.json", PAIRS),
        ("stacks/orders/parameters-prod.json", '{"Mode": "CLUSTER_MULTI_AZ"}'),
        ("stacks/orders/prod.params", '["Mode=CLUSTER_MULTI_AZ"]'),
        ("stacks/orders/prod-configuration.json", '{"Parameters": {"Mode": "CLUSTER_MULTI_AZ"}, "Tags": {"Owner": "us"}}'),
        ("stacks/params/any.json", PAIRS),
        ("config/prod/orders.json", PAIRS),
        ("stacks/orders/params.yaml", "Parameters:\n  Mode: CLUSTER_MULTI_AZ\n"),
    ],
    ids=["pairs", "names", "texts", "of a pipeline", "beside its directory", "by its name", "in YAML"],
)
def test_a_file_with_values_of_parameters(tmp_path: Path, path: str, text: str) -> None:
    assert f"{Path(path).name} gives parameter Mode another value than its default" in of_template(tmp_path, {path: text})


@pytest.mark.parametrize(
    "files",
    [
        {"stacks/orders/params/prod.json": PAIRS.replace("Owner", "Size")},
        {"stacks/orders/params/prod.json": PAIRS.replace("CLUSTER_MULTI_AZ", "SINGLE_INSTANCE")},
        {"stacks/orders/params/prod.json": '{"Owner": "them"}', "stacks/orders/params/dev.json": PAIRS},
        {"stacks/orders/params/prod.json": "[{", "stacks/orders/params/other.json": "[[1], null]"},
        {"stacks/orders/example-params.json": PAIRS},
        {"other/payments/params/prod.json": PAIRS},
    ],
    ids=["of another template", "the same value", "not for production", "broken", "an example", "elsewhere"],
)
def test_other_files_say_nothing_of_a_template(tmp_path: Path, files: dict[str, str]) -> None:
    assert of_template(tmp_path, files) == "fail"


@pytest.mark.parametrize(
    ("path", "text"),
    [("values/orders/prod.tfvars", OTHER), ("Makefile", "plan:\n\tTF_VAR_mode=CLUSTER_MULTI_AZ terraform plan\n")],
    ids=["variables", "script"],
)
def test_outside_of_a_repository_only_the_named_directory_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, text: str
) -> None:
    """The directory above may hold other repositories, so a result does not depend on where the run starts."""
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    (found,) = judge_files(tmp_path / "shop", {"orders/main.tf": BROKER}, "workload-data-service-multi-az").findings

    assert found.verdict == "fail"


def test_outside_of_a_repository_the_named_directory_is_looked_through(tmp_path: Path) -> None:
    files = {"orders/main.tf": BROKER, "values/orders/prod.tfvars": OTHER}

    (found,) = judge_files(tmp_path, files, "workload-data-service-multi-az").findings

    assert found.verdict == "unknown"
