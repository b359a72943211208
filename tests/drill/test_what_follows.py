"""What follows from a failure: places that are named by others, what recoveries need, and which explanation is told."""

from __future__ import annotations

from pathlib import Path

from helpers.pictures import role
from wa_iac.core.declared import Unit
from wa_iac.core.graph import Graph
from wa_iac.drill.model import Failure
from wa_iac.drill.run import drill, each_zone
from wa_iac.engine.build import graphs

HERE = Path(__file__).parent


def test_a_person_may_promote_a_read_replica(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
resource "aws_db_instance" "source" {
  instance_class    = "db.m7g.large"
  availability_zone = "eu-west-1a"
}
resource "aws_db_instance" "copy" {
  replicate_source_db = aws_db_instance.source.identifier
  instance_class      = "db.m7g.large"
  availability_zone   = "eu-west-1b"
}
# private_a
""",
    )

    def advice(zone: str, name: str) -> str:
        return drill(unit, graph, Failure("zone", zone)).effects[f"aws_db_instance.{name}"].how

    assert advice("eu-west-1a", "source").startswith("Promote aws_db_instance.copy, if it is in another zone")
    assert advice("eu-west-1b", "copy").startswith("Make another read replica in another zone")


def test_a_snapshot_of_the_code_and_its_copy_elsewhere_leave_less_at_risk(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
provider "aws" {
  alias  = "other"
  region = "eu-central-1"
}
resource "aws_ebs_volume" "kept" {
  availability_zone = "eu-west-1c"
  size              = 1
}
resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-west-1c"
  size              = 1
}
resource "aws_ebs_snapshot" "kept" { volume_id = aws_ebs_volume.kept.id }
resource "aws_ebs_snapshot_copy" "kept" {
  provider           = aws.other
  source_snapshot_id = aws_ebs_snapshot.kept.id
  source_region      = "eu-west-1"
}
# private_a
""",
    )
    zone, region = (
        {role(each.address): each.window for each in drill(unit, graph, Failure(*failed)).lost}
        for failed in (("zone", "eu-west-1c"), ("region", "eu-west-1"))
    )

    assert zone == {"kept": "everything since the snapshot that the code makes, once", "plain": "everything"}
    assert region == {"kept": "everything since the snapshot that the code copies, once", "plain": "everything"}


def test_a_volume_in_the_zone_of_an_instance_fails_with_it(tmp_path: Path) -> None:
    unit, graph = _built(
        tmp_path,
        """
variable "zone" {}
resource "aws_subnet" "own" {
  vpc_id            = "vpc-1"
  availability_zone = var.zone
}
resource "aws_instance" "server" {
  ami       = "ami-1"
  subnet_id = aws_subnet.own.id
}
resource "aws_ebs_volume" "data" {
  availability_zone = aws_instance.server.availability_zone
  size              = 1
}
""",
    )
    (found,) = each_zone(unit, graph)

    assert found.effects["aws_ebs_volume.data"].is_certain


def test_instances_that_install_packages_through_the_lost_gateway_do_not_start_again(tmp_path: Path) -> None:
    """What user data needs is inferred from its text."""
    unit, graph = _built(
        tmp_path,
        """
resource "aws_nat_gateway" "nat" {
  subnet_id     = aws_subnet.public_a.id
  allocation_id = "eipalloc-1"
}
resource "aws_route" "out" {
  route_table_id         = aws_route_table.private_table_b.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nat.id
}
resource "aws_launch_configuration" "web" {
  image_id  = "ami-1"
  user_data = "#!/bin/sh\\nyum install -y nginx"
}
resource "aws_autoscaling_group" "web" {
  min_size             = 1
  max_size             = 1
  launch_configuration = aws_launch_configuration.web.name
  vpc_zone_identifier  = [aws_subnet.private_a.id, aws_subnet.private_b.id]
}
""",
    )
    found = drill(unit, graph, Failure("zone", "eu-west-1a")).effects["aws_autoscaling_group.web"]

    assert (found.outcome, found.inferred) == ("stops", True)
    assert found.how == "New instances cannot load packages while aws_nat_gateway.nat is away."


def test_those_that_need_each_other_in_a_ring_stand_for_the_ways_in_together(tmp_path: Path) -> None:
    workers = "".join(
        f'''
resource "aws_sqs_queue" "{own}" {{}}
resource "aws_lambda_function" "{own}" {{
  function_name = "{own}"
  role          = "arn"
  environment {{ variables = {{ NEXT = aws_sqs_queue.{other}.url }} }}
}}
resource "aws_lambda_event_source_mapping" "{own}" {{
  event_source_arn = aws_sqs_queue.{own}.arn
  function_name    = aws_lambda_function.{own}.arn
}}
'''
        for own, other in (("one", "two"), ("two", "one"))
    )
    unit, graph = _built(tmp_path, f'{workers}resource "aws_s3_bucket" "alone" {{}}')

    assert drill(unit, graph, Failure("region", "")).entry_points == ("aws_lambda_function.one", "aws_lambda_function.two")


def test_what_follows_in_any_case_is_explained_by_what_is_certain(tmp_path: Path) -> None:
    """One of the databases may be in zone a, the other one is."""
    unit, graph = _built(
        tmp_path,
        """
resource "aws_db_subnet_group" "data" { subnet_ids = [aws_subnet.private_a.id, aws_subnet.private_b.id] }
resource "aws_db_instance" "data" {
  engine               = "postgres"
  db_subnet_group_name = aws_db_subnet_group.data.name
}
resource "aws_db_instance" "fixed" {
  engine               = "postgres"
  availability_zone    = "eu-west-1a"
  db_subnet_group_name = aws_db_subnet_group.data.name
}
resource "aws_lambda_function" "work" {
  function_name = "work"
  role          = "arn"
  environment { variables = { DATA = aws_db_instance.data.address, FIXED = aws_db_instance.fixed.address } }
}
""",
    )
    found = drill(unit, graph, Failure("zone", "eu-west-1a")).effects["aws_lambda_function.work"]

    assert (found.outcome, found.best) == ("stops", "stops")
    assert found.chain[-1].address == "aws_db_instance.fixed"


def _built(folder: Path, text: str) -> tuple[Unit, Graph]:
    """A module with the network of the cases, if it names one of its subnets."""
    network = (HERE / "network.tf").read_text(encoding="utf-8") if "private_" in text else ""
    (folder / "main.tf").write_text(f"{network}{text}", encoding="utf-8")
    ((unit, graph),), _ = graphs([folder])
    return unit, graph
