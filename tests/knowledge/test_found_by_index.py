"""What is found by an index is what going over everything finds: each way in which one resource may be meant by another."""

from __future__ import annotations

from pathlib import Path

import pytest

from wa_iac.aws.applicationautoscaling import ScalableTarget, targets_of
from wa_iac.aws.autoscaling import AutoScalingGroup
from wa_iac.aws.backup import BackupSelection
from wa_iac.aws.cloudfront import Distribution
from wa_iac.aws.dynamodb import Table
from wa_iac.aws.ec2 import Instance
from wa_iac.aws.ecs import Service
from wa_iac.aws.s3 import Bucket
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of
from wa_iac.core.value import Known, Unknown, Value
from wa_iac.engine.build import units
from wa_iac.knowledge.backups import backed_up
from wa_iac.knowledge.orchestrators import orchestrator
from wa_iac.knowledge.same_kind import alike, is_first_of_its_kind, same_kind
from wa_iac.knowledge.servers import fronted
from wa_iac.knowledge.websites import behind_distribution, is_bucket


def module(folder: Path, source: str) -> Graph:
    (folder / "main.tf").write_text(source, encoding="utf-8")
    (unit,), errors = units([folder])
    assert errors == []
    return Graph(unit.dialect, unit.declared)


def said(answer: Value[bool]) -> str:
    """An answer in a word: a "no" may be left unsaid where nothing was asked."""
    if isinstance(answer, Unknown):
        return "perhaps"
    return "yes" if answer == Known(True) else "no"


TABLES = """\
variable "name" {}
variable "tags" {}
variable "tag" {}
resource "aws_dynamodb_table" "plain" { name = "plain" }
resource "aws_dynamodb_table" "counted" {
  count = 2
  name  = "counted-${count.index}"
}
resource "aws_dynamodb_table" "given" { name = var.name }
resource "aws_dynamodb_table" "tagged" {
  name = "tagged"
  tags = { backup = "daily" }
}
resource "aws_dynamodb_table" "loosely" {
  name = "loosely"
  tags = { backup = var.tag }
}
resource "aws_dynamodb_table" "somehow" {
  name = "somehow"
  tags = var.tags
}
"""
SELECTIONS = {
    "a reference": "resources = [aws_dynamodb_table.plain.arn]",
    "all instances of a block": "resources = aws_dynamodb_table.counted[*].arn",
    "one instance of a block": "resources = [aws_dynamodb_table.counted[1].arn]",
    "a name": 'resources = ["arn:aws:dynamodb:eu-west-1:111122223333:table/plain"]',
    "a name of something else": 'resources = ["arn:aws:rds:eu-west-1:111122223333:db:plain"]',
    "everything": 'resources = ["*"]',
    "everything of a service": 'resources = ["arn:aws:dynamodb:*:*:table/*"]',
    "everything of another": 'resources = ["arn:aws:rds:*:*:db:*"]',
    "what is given": "resources = [var.name]",
    "a text around what is given": 'resources = ["arn:aws:dynamodb:*:*:table/${var.name}"]',
    "a list that is given": "resources = var.name",
    "a tag": 'selection_tag {\n type = "STRINGEQUALS"\n key = "backup"\n value = "daily"\n}',
    "another value of the tag": 'selection_tag {\n type = "STRINGEQUALS"\n key = "backup"\n value = "weekly"\n}',
    "a value that is given": 'selection_tag {\n type = "STRINGEQUALS"\n key = "backup"\n value = var.tag\n}',
    "a tag that is given": 'selection_tag {\n type = "STRINGEQUALS"\n key = var.tag\n value = "daily"\n}',
}


@pytest.mark.parametrize("selected", SELECTIONS.values(), ids=SELECTIONS)
def test_backup_selections(tmp_path: Path, selected: str) -> None:
    graph = module(tmp_path, f'{TABLES}resource "aws_backup_selection" "this" {{\n{selected}\n}}\n')

    tables = graph.of(Table)

    assert len(tables) == 7
    for table in tables:
        answers = [each.selects(table, "dynamodb", table.tags) for each in graph.of(BackupSelection)]
        assert said(backed_up(table, graph)) == said(any_of(answers)), table


SERVICES = """\
variable "name" {}
variable "other" {}
resource "aws_ecs_service" "plain" { name = "plain" }
resource "aws_ecs_service" "given" { name = var.name }
resource "aws_ecs_service" "nameless" {}
resource "aws_dynamodb_table" "plain" { name = "plain" }
"""
IDS = {
    "a reference": '"service/main/${aws_ecs_service.plain.name}"',
    "a reference to a table": '"table/${aws_dynamodb_table.plain.name}"',
    "a name": '"service/main/plain"',
    "a name that nothing has": '"service/main/other"',
    "what names another": '"service/main/${var.name}"',
    "what is given": '"service/main/${var.other}"',
    "all of it given": "var.other",
    "an end that is written": '"service/${var.other}/plain"',
}


@pytest.mark.parametrize("namespace", ['"ecs"', '"dynamodb"', "null", "var.other"])
@pytest.mark.parametrize("identifier", IDS.values(), ids=IDS)
def test_scaling_targets(tmp_path: Path, identifier: str, namespace: str) -> None:
    target = (
        f'resource "aws_appautoscaling_target" "this" {{\nresource_id = {identifier}\nservice_namespace = {namespace}\n}}\n'
    )
    graph = module(tmp_path, SERVICES + target)

    for resource in (*graph.of(Service), *graph.of(Table)):
        found = any_of(each.adjusts(resource, graph) for each in targets_of(resource, graph))
        everything = any_of(each.adjusts(resource, graph) for each in graph.of(ScalableTarget))
        assert said(found) == said(everything), resource


BUCKETS = """\
variable "name" {}
variable "domain" {}
resource "aws_s3_bucket" "plain" { bucket = "plain" }
resource "aws_s3_bucket" "given" { bucket = var.name }
resource "aws_s3_bucket" "nameless" {}
resource "aws_s3_bucket_website_configuration" "plain" {
  bucket = aws_s3_bucket.plain.id
  index_document { suffix = "index.html" }
}
resource "aws_s3_bucket_website_configuration" "named" {
  bucket = "plain"
  index_document { suffix = "index.html" }
}
resource "aws_lb" "this" { name = "this" }
"""
DOMAINS = {
    "an endpoint": "aws_s3_bucket.plain.bucket_regional_domain_name",
    "an endpoint of a website": "aws_s3_bucket_website_configuration.plain.website_endpoint",
    "an endpoint of a website by name": "aws_s3_bucket_website_configuration.named.website_endpoint",
    "a name": '"plain.s3.eu-west-1.amazonaws.com"',
    "a name that nothing has": '"other.s3.eu-west-1.amazonaws.com"',
    "what names another": '"${var.name}.s3.eu-west-1.amazonaws.com"',
    "a host called like the bucket": '"plain"',
    "a host that is given": "var.domain",
    "the name of another": "var.name",
    "a host": '"example.com"',
    "a load balancer": "aws_lb.this.dns_name",
}


@pytest.mark.parametrize("domain", DOMAINS.values(), ids=DOMAINS)
def test_origins_of_distributions(tmp_path: Path, domain: str) -> None:
    origin = f'resource "aws_cloudfront_distribution" "this" {{\norigin {{\norigin_id = "o"\ndomain_name = {domain}\n}}\n}}\n'
    graph = module(tmp_path, BUCKETS + origin)

    for bucket in graph.of(Bucket):
        domains = (each.domain for distribution in graph.of(Distribution) for each in distribution.origins)
        everything = any_of(is_bucket(each, bucket, graph) for each in domains)
        assert said(behind_distribution(bucket, graph)) == said(everything), bucket


SERVERS = """\
resource "aws_instance" "web1" { ami = "ami-1" }
resource "aws_instance" "counted" {
  count = 2
  ami   = "ami-2"
}
resource "aws_instance" "web2" { ami = "ami-1" }
resource "aws_instance" "web3" { ami = "ami-3" }
"""


def test_instances_of_a_kind(tmp_path: Path) -> None:
    graph = module(tmp_path, SERVERS)

    kinds = {server.address: [each.address for each in same_kind(server, graph)] for server in graph.of(Instance)}
    first = {server.address for server in graph.of(Instance) if is_first_of_its_kind(server, graph)}

    pair, counted = ["aws_instance.web1", "aws_instance.web2"], ["aws_instance.counted[0]", "aws_instance.counted[1]"]
    lone = "aws_instance.web3"
    assert kinds == {**dict.fromkeys(pair, pair), **dict.fromkeys(counted, counted), lone: [lone]}
    assert first == {pair[0], counted[0], lone}
    assert {each.address for each in graph.of(Instance) if next(alike(each, graph), None) is None} == {lone}


@pytest.mark.parametrize(
    ("front", "is_fronted"),
    [
        ('resource "aws_lb_target_group_attachment" "a" {\n target_id = aws_instance.web1.id\n}', "yes"),
        ('resource "aws_lb_target_group_attachment" "a" {\n target_id = aws_instance.web2.id\n}', "no"),
        ('resource "aws_lb_target_group_attachment" "a" {\n target_id = aws_eip.this.public_ip\n}', "yes"),
        ('variable "id" {}\nresource "aws_lb_target_group_attachment" "a" {\n target_id = var.id\n}', "perhaps"),
        ('resource "aws_route" "a" {\n network_interface_id = aws_instance.web1.id\n}', "no"),
    ],
)
def test_what_sends_an_instance_its_traffic(tmp_path: Path, front: str, is_fronted: str) -> None:
    address = '\nresource "aws_eip" "this" {\n instance = aws_instance.web1.id\n}\n'
    graph = module(tmp_path, SERVERS + address + front)

    answer = fronted(graph.of(Instance)[0], graph)

    assert said(answer) == is_fronted


@pytest.mark.parametrize(
    ("group", "scaling", "reason"),
    [
        ("aws_autoscaling_group.one.arn", "ENABLED", "ECS scales it"),
        ("aws_autoscaling_group.one.arn", "DISABLED", None),
        ("aws_autoscaling_group.two.arn", "ENABLED", None),
        ("var.arn", "ENABLED", "ECS scales it"),
    ],
)
def test_groups_that_ecs_scales(tmp_path: Path, group: str, scaling: str, reason: str | None) -> None:
    source = f"""\
variable "arn" {{}}
resource "aws_autoscaling_group" "one" {{}}
resource "aws_autoscaling_group" "two" {{}}
resource "aws_ecs_capacity_provider" "this" {{
  name = "this"
  auto_scaling_group_provider {{
    auto_scaling_group_arn = {group}
    managed_scaling {{ status = "{scaling}" }}
  }}
}}
"""
    graph = module(tmp_path, source)

    answer = orchestrator(graph.of(AutoScalingGroup)[0], graph)

    assert (answer.value if isinstance(answer, Known) else None) == reason
