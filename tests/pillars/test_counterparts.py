"""Server software and the service of AWS that takes its place, if there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.reports import judge

DATABASE = "compute-self-hosted-database"
QUEUE = "compute-self-hosted-queue"


@pytest.mark.parametrize(
    ("slug", "script", "service"),
    [
        (DATABASE, "docker run -d neo4j:5", ""),
        (DATABASE, "dnf install -y neo4j\\nsystemctl enable neo4j", ""),
        (DATABASE, "docker run -d couchbase", ""),
        (DATABASE, "docker run -d mongo:7", "Amazon DocumentDB"),
        (DATABASE, "apt-get install -y cassandra", "Amazon Keyspaces"),
        (DATABASE, "apt-get install -y postgresql-16", "Amazon RDS for PostgreSQL or Aurora"),
        (DATABASE, "docker run -d mcr.microsoft.com/mssql/server:2022-latest", "Amazon RDS for SQL Server"),
        (QUEUE, "docker run -d zookeeper:3.9", ""),
        (QUEUE, "apt-get install -y zookeeperd", ""),
        (QUEUE, "docker run -d zookeeper:3.9\\ndocker run -d apache/kafka:4.0.0", "Amazon MSK"),
        (QUEUE, "kafka/bin/zookeeper-server-start.sh zookeeper.properties", "Amazon MSK"),
        (QUEUE, "docker run -d rabbitmq:4-management", "Amazon MQ for RabbitMQ"),
        (QUEUE, "docker run -d nats:2", "Amazon SQS or SNS"),
    ],
)
def test_the_counterpart_of_what_runs_is_named(tmp_path: Path, slug: str, script: str, service: str) -> None:
    source = f'resource "aws_instance" "it" {{\n  user_data = "#!/bin/bash\\n{script}"\n}}\n'
    found = [(each.message, each.instead) for each in judge(tmp_path, source, "terraform", slug).failing()]

    assert bool(found) == bool(service)
    for message, instead in found:
        assert f"{service} " in message
        assert "{service}" not in message
        assert service in str(instead)


def test_a_task_names_it_too(tmp_path: Path) -> None:
    source = """
resource "aws_ecs_task_definition" "it" {
  family                = "it"
  container_definitions = jsonencode([{ name = "a", image = "zookeeper:3.9" }, { name = "b", image = "wurstmeister/kafka" }])
}
"""
    (found,) = judge(tmp_path, source, "terraform", QUEUE).failing()

    assert "Amazon MSK" in found.message
