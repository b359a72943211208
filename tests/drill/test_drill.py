"""The drill as a whole: every zone, every resource, and the failures that a user may write."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.paths import PROJECT
from helpers.pictures import role
from wa_iac.core.declared import Unit
from wa_iac.core.errors import UsageError
from wa_iac.core.graph import Graph
from wa_iac.drill.failures import failures
from wa_iac.drill.kinds import services_called, shape_of
from wa_iac.drill.model import Failure
from wa_iac.drill.run import drill, each_resource, each_zone
from wa_iac.engine.build import graphs
from wa_iac.knowledge.architecture.kinds import kind_of, service_of_kind
from wa_iac.maintenance.drill_services import PLACE, drill_services

HERE = Path(__file__).parent
TWINS = PROJECT / "fixtures" / "twins"


def _shop(version: str, dialect: str) -> tuple[Unit, Graph]:
    built, _ = graphs([TWINS / version / dialect])
    return built[0]


@pytest.mark.parametrize("version", ["well-built", "badly-built"])
def test_one_architecture_has_the_same_drills_in_both_dialects(version: str) -> None:
    drills = [each_zone(*_shop(version, dialect)) for dialect in ("cloudformation", "terraform")]

    template, module = (
        [
            {role(address): (effect.outcome, effect.best, effect.share) for address, effect in each.effects.items()}
            for each in found
        ]
        for found in drills
    )
    assert template == module


def test_the_well_built_shop_survives_each_zone_and_the_badly_built_one_does_not() -> None:
    for each in each_zone(*_shop("well-built", "terraform")):
        assert each.worst == "degrades"
        assert each.lost == ()
    assert each_zone(*_shop("badly-built", "terraform"))[0].worst in ("stops", "unknown")


def test_the_worst_zone_comes_first(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
resource "aws_instance" "one" {
  ami       = "ami-1"
  subnet_id = aws_subnet.private_c.id
}
""",
    )

    assert [str(each.failure) for each in each_zone(unit, graph)] == ["zone:eu-west-1c", "zone:eu-west-1a", "zone:eu-west-1b"]


def test_what_takes_down_most_comes_first(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
resource "aws_dynamodb_table" "both" { name = "both" }
resource "aws_dynamodb_table" "single" { name = "single" }
resource "aws_lambda_function" "one" {
  function_name = "one"
  role          = "arn"
  environment { variables = { TABLE = aws_dynamodb_table.both.name, OTHER = aws_dynamodb_table.single.name } }
}
resource "aws_lambda_function" "two" {
  function_name = "two"
  role          = "arn"
  environment { variables = { TABLE = aws_dynamodb_table.both.name } }
}
resource "aws_lambda_function_url" "first" {
  function_name      = aws_lambda_function.one.function_name
  authorization_type = "NONE"
}
resource "aws_lambda_function_url" "second" {
  function_name      = aws_lambda_function.two.function_name
  authorization_type = "NONE"
}
""",
    )
    found = each_resource(unit, graph)

    assert [role(each.address) for each in found][:1] == ["both"]
    assert [role(each) for each in found[0].stops] == ["first", "second"]
    assert [role(each) for each in next(each for each in found if role(each.address) == "single").stops] == ["first"]


def test_the_chain_is_the_shortest_one(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
resource "aws_kms_key" "key" {}
resource "aws_sqs_queue" "jobs" { kms_master_key_id = aws_kms_key.key.id }
""",
    )
    found = drill(unit, graph, Failure("resource", "aws_kms_key.key")).effects["aws_sqs_queue.jobs"]

    assert [(each.address, each.why) for each in found.chain] == [
        ("aws_sqs_queue.jobs", "it encrypts with aws_kms_key.key"),
        ("aws_kms_key.key", "it fails"),
    ]


def test_a_database_that_fails_over_interrupts_what_only_loses_some_servers(tmp_path: Path) -> None:
    unit, graph = _shop("well-built", "terraform")
    found = drill(unit, graph, Failure("zone", "0")).effects["aws_autoscaling_group.web_group"]

    assert (found.outcome, found.time) == ("degrades", "minutes")
    assert found.how.startswith("It serves nothing until aws_db_instance.database is back, and then")
    assert "control plane" in found.control_plane


def test_a_region_that_fails_leaves_the_other_one(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
provider "aws" { region = "eu-west-1" }
provider "aws" {
  alias  = "other"
  region = "eu-central-1"
}
resource "aws_sqs_queue" "here" {}
resource "aws_sqs_queue" "there" { provider = aws.other }
resource "aws_s3_bucket" "here" { bucket = "here" }
""",
    )
    found = drill(unit, graph, Failure("region", "eu-central-1"))

    assert {role(address): each.outcome for address, each in found.effects.items()} == {"here": "unaffected", "there": "stops"}
    assert drill(unit, graph, Failure("region", "")).effects["aws_sqs_queue.here"].outcome == "stops"
    assert found.effects["aws_sqs_queue.there"].chain[0].why == "it is in Region eu-central-1, which fails"
    assert "Nothing fails in eu-west-1 by itself." in found.notes


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("zone:a", ["zone:eu-west-1a"]),
        ("zone:eu-west-1b", ["zone:eu-west-1b"]),
        ("zone:each", ["zone:eu-west-1a", "zone:eu-west-1b", "zone:eu-west-1c"]),
        ("region", ["region:eu-west-1"]),
        ("region:eu-west-1", ["region:eu-west-1"]),
        ("resource:aws_sqs_queue.jobs", ["resource:aws_sqs_queue.jobs[0]", "resource:aws_sqs_queue.jobs[1]"]),
        ("service:sqs", ["service:sqs"]),
        ("dependency:each", ["service:ec2", "service:sqs"]),
    ],
)
def test_a_failure_is_written_in_words(text: str, meant: list[str], tmp_path: Path) -> None:
    unit, graph = _built(tmp_path, 'resource "aws_sqs_queue" "jobs" { count = 2 }\n# private_a')

    assert [str(each) for each in failures(text, unit, graph)] == meant


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("zone:d", "there is no zone 'd' here; there are eu-west-1a, eu-west-1b, eu-west-1c"),
        ("region:eu-west-2", "nothing here is in the Region 'eu-west-2'; did you mean eu-west-1?"),
        (
            "resource:aws_sqs_queue.job",
            "no resource here has the address 'aws_sqs_queue.job'; did you mean aws_sqs_queue.jobs?",
        ),
        ("service:sqss", "nothing here is of the service 'sqss'; did you mean sqs?"),
        (
            "region:",
            "'region:' names nothing; write zone:NAME, zone:each, region, region:NAME, resource:ADDRESS, service:NAME or dependency:each",
        ),
        (
            "moon",
            "'moon' is not a failure; write zone:NAME, zone:each, region, region:NAME, resource:ADDRESS, service:NAME or dependency:each",
        ),
    ],
)
def test_what_is_not_there_is_said_with_the_nearest_names(text: str, message: str, tmp_path: Path) -> None:
    unit, graph = _built(tmp_path, 'resource "aws_sqs_queue" "jobs" {}\n# private_a')

    with pytest.raises(UsageError) as raised:
        failures(text, unit, graph)
    assert raised.value.message == message


@pytest.mark.parametrize("name", ["directoryservice", "directory"])
def test_a_service_has_the_same_names_in_both_dialects(name: str) -> None:
    kinds = [kind_of("aws_directory_service_directory"), kind_of("AWS::DirectoryService::MicrosoftAD")]

    assert {shape_of(each) for each in kinds} == {"directory"}
    assert {service_of_kind(each) for each in kinds} == set(services_called(name))


def test_the_names_of_services_in_the_document_are_current() -> None:
    document = (PROJECT / PLACE.document).read_text(encoding="utf-8")

    assert PLACE.within(document, drill_services()) == document, "run: python -m wa_iac.maintenance docs"


def test_tasks_that_cannot_pull_their_image_are_not_said_to_start_again(tmp_path: Path) -> None:
    """The only NAT gateway is in zone a. What is lost in b is replaced in a, and what is lost in a is replaced nowhere."""
    routes = "".join(
        f'resource "aws_route" "{zone}" {{\n  route_table_id         = aws_route_table.private_table_{zone}.id\n'
        '  destination_cidr_block = "0.0.0.0/0"\n  nat_gateway_id         = aws_nat_gateway.nat.id\n}\n'
        for zone in "ab"
    )
    unit, graph = _built(
        tmp_path,
        f"""
resource "aws_nat_gateway" "nat" {{
  subnet_id     = aws_subnet.public_a.id
  allocation_id = "eipalloc-1"
}}
{routes}
resource "aws_ecs_cluster" "cluster" {{ name = "cluster" }}
resource "aws_ecs_task_definition" "task" {{
  family                = "web"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{{ name = "web", image = "web" }}])
}}
resource "aws_ecs_service" "web" {{
  cluster         = aws_ecs_cluster.cluster.id
  task_definition = aws_ecs_task_definition.task.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {{ subnets = [aws_subnet.private_a.id, aws_subnet.private_b.id] }}
}}
""",
    )

    lost_way, lost_half = (
        drill(unit, graph, Failure("zone", f"eu-west-1{zone}")).effects["aws_ecs_service.web"] for zone in "ab"
    )
    assert (lost_way.outcome, lost_half.outcome) == ("degrades", "degrades")
    assert "cannot load their image while aws_nat_gateway.nat is away" in lost_way.how
    assert "starts the lost tasks again" in lost_half.how


def test_what_is_no_part_of_the_model_is_refused_instead_of_called_harmless(tmp_path: Path) -> None:
    unit, graph = _built(tmp_path, "# private_a")

    with pytest.raises(UsageError, match=r"no model of what follows if aws_vpc\.network is lost"):
        drill(unit, graph, Failure("resource", "aws_vpc.network"))


def test_the_notes_say_what_a_failure_means_here(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
resource "aws_s3_bucket" "pages" { bucket = "pages" }
resource "aws_s3_bucket_versioning" "kept" {
  bucket = aws_s3_bucket.pages.id
  versioning_configuration { status = "Enabled" }
}
resource "aws_iam_role" "role" { assume_role_policy = "{}" }
""",
    )

    assert drill(unit, graph, Failure("resource", "aws_s3_bucket_versioning.kept")).notes[0] == (
        "aws_s3_bucket_versioning.kept is a part of aws_s3_bucket.pages, which fails as a whole."
    )
    assert drill(unit, graph, Failure("service", "iam")).notes[-1] == (
        "Everything that runs goes on while iam is away, which is only needed to start or to change something."
    )
    assert drill(unit, graph, Failure("resource", "aws_iam_role.role")).notes[0] == (
        "aws_iam_role.role serves nothing by itself: nothing follows from its failure at once."
    )


def _built(folder: Path, text: str) -> tuple[Unit, Graph]:
    """A module with the network of the cases, if it names one of its subnets."""
    network = (HERE / "network.tf").read_text(encoding="utf-8") if "private_" in text else ""
    (folder / "main.tf").write_text(f"{network}{text}", encoding="utf-8")
    ((unit, graph),), _ = graphs([folder])
    return unit, graph


def test_advice_for_tasks_is_for_where_they_run(tmp_path: Path) -> None:
    services = "".join(
        f"""
resource "aws_ecs_service" "{name}" {{
  cluster         = aws_ecs_cluster.cluster.id
  task_definition = aws_ecs_task_definition.task.arn
  {launch}
  network_configuration {{ subnets = [aws_subnet.private_a.id] }}
}}
"""
        for name, launch in {
            "serverless": 'launch_type = "FARGATE"',
            "spot": 'capacity_provider_strategy { capacity_provider = "FARGATE_SPOT" }',
            "servers": 'launch_type = "EC2"',
            "by_default": "",
            "by_variable": "launch_type = var.launch_type",
        }.items()
    )
    unit, graph = _built(
        tmp_path,
        f"""
variable "launch_type" {{}}
resource "aws_ecs_cluster" "cluster" {{ name = "cluster" }}
resource "aws_ecs_task_definition" "task" {{
  family                = "web"
  container_definitions = jsonencode([{{ name = "web", image = "web" }}])
}}
{services}
""",
    )
    found = drill(unit, graph, Failure("zone", "eu-west-1a")).effects

    assert {role(address): each.how.partition(":")[0] for address, each in found.items() if each.outcome == "stops"} == {
        "serverless": "Add a subnet in another zone",
        "spot": "Add a subnet in another zone",
        "servers": "Add instances in another zone",
        "by_default": "Add instances in another zone",
        "by_variable": "Let its tasks start in another zone",
    }


def test_two_expressions_are_not_two_zones_for_certain_and_one_expression_is_one(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
variable "zones" {}
variable "region" {}
resource "aws_instance" "first" { availability_zone = lookup(var.zones, "first") }
resource "aws_instance" "again" { availability_zone = lookup(var.zones, "first") }
resource "aws_instance" "second" { availability_zone = lookup(var.zones, "second") }
resource "aws_instance" "a" { availability_zone = format("%sa", var.region) }
resource "aws_instance" "b" { availability_zone = "${var.region}b" }
resource "aws_elasticache_replication_group" "cache" {
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  preferred_cache_cluster_azs = [lookup(var.zones, "first"), lookup(var.zones, "second")]
}
""",
    )
    drills = each_zone(unit, graph)
    first, a = (
        next(each for each in drills if each.effects[f"aws_instance.{name}"].best == "stops") for name in ("first", "a")
    )

    assert a.effects["aws_instance.b"].outcome == "unaffected"
    assert {role(address): (each.outcome, each.best) for address, each in first.effects.items()} == {
        "first": ("stops", "stops"),
        "again": ("stops", "stops"),
        "second": ("stops", "unaffected"),
        "a": ("stops", "unaffected"),
        "b": ("stops", "unaffected"),
        "cache": ("stops", "unaffected"),
    }
    assert any("several of them may mean one zone" in note for note in first.notes)


def test_zones_that_one_decision_chooses_are_known_apart(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text(
        """
Mappings:
  Zones:
    us-east-1: {A: us-east-1a, B: us-east-1c}
    eu-west-1: {A: eu-west-1a, B: eu-west-1b}
Resources:
  First: {Type: "AWS::EC2::Instance", Properties: {AvailabilityZone: !FindInMap [Zones, !Ref "AWS::Region", A]}}
  Again: {Type: "AWS::EC2::Instance", Properties: {AvailabilityZone: !FindInMap [Zones, !Ref "AWS::Region", A]}}
  Second: {Type: "AWS::EC2::Instance", Properties: {AvailabilityZone: !FindInMap [Zones, !Ref "AWS::Region", B]}}
""",
        encoding="utf-8",
    )
    ((unit, graph),), _ = graphs([tmp_path])

    assert {address: each.outcome for address, each in drill(unit, graph, Failure("zone", "0")).effects.items()} == {
        "First": "stops",
        "Again": "stops",
        "Second": "unaffected",
    }
