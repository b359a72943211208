"""Pictures to draw: a small shop, and a large one."""

from __future__ import annotations

from typing import Final

from wa_iac.core.scales import Severity
from wa_iac.core.span import Span
from wa_iac.picture.model import CATEGORIES, Badge, Category, Edge, Group, Node, Part, Picture

HOSTILE: Final = "</script><script>hacked = 1</script><img src=x onerror='hacked=1'>\"]]> --> & \x00\x1b[31m\u202e"


def node(address: str, category: Category, group: str, *badges: Badge, label: str = "") -> Node:
    """A node of `main.tf`, named by its address."""
    type_, _, name = address.rpartition("module.")[2].partition(".")
    return Node(
        address=address,
        label=label or name,
        type=type_,
        service=type_.split("_")[1],
        category=category,
        group=group,
        extent=Span("main.tf", len(address), 1, len(address) + 4, 2),
        badges=badges,
    )


def shop() -> Picture:
    """A load balancer before servers with a database; one resource has a hostile name."""
    groups = (
        Group("account", "account", "AWS account"),
        Group("region", "region", "eu-west-1", "account"),
        Group("vpc", "vpc", "main", "region", "aws_vpc.main", "10.0.0.0/16"),
        Group("public", "subnet", "public a", "vpc", "aws_subnet.public", "10.0.0.0/24", True),
        Group("app", "subnet", "app a", "vpc", "aws_subnet.app", "10.0.1.0/24", False),
        Group("spare", "subnet", "spare", "vpc", "aws_subnet.spare"),
        Group("security", "category", "Security and identity", "region"),
    )
    nodes = (
        node("aws_lb.front", "network", "public", Badge("ab12", "elb-access-logs", Severity.LOW)),
        node("aws_instance.app", "compute", "app"),
        Node(
            address="aws_db_instance.orders",
            label="orders",
            type="aws_db_instance",
            service="rds",
            category="database",
            group="vpc",
            extent=Span("data.tf", 3, 1, 20, 2),
            also_in=("app", "public"),
            parts=(Part("aws_db_parameter_group.orders", "aws_db_parameter_group", Span("data.tf", 22, 1, 30, 2)),),
            badges=(Badge("cd34", "rds-encryption", Severity.CRITICAL), Badge("ef56", "rds-backup-retention", Severity.LOW)),
            doubt="Its subnet group is not known.",
        ),
        node("aws_kms_key.data", "security", "security"),
        node(f'aws_s3_bucket.{HOSTILE}["{HOSTILE}"]', "storage", "region", label=HOSTILE),
    )
    edges = (
        Edge("aws_lb.front", "aws_instance.app", "network", "forwards to", "aws_lb_listener.https"),
        Edge("aws_instance.app", "aws_db_instance.orders", "network", "connects to", "aws_security_group_rule.db", True),
        Edge("aws_db_instance.orders", "aws_kms_key.data", "identity", "encrypts with", "kms_key_id"),
        Edge("aws_instance.app", nodes[-1].address, "data", HOSTILE, HOSTILE),
    )
    badges = {"vpc": (Badge("aa00", "vpc-flow-logs", Severity.MEDIUM),)}
    return Picture(
        unit="live/shop", dialect="terraform", groups=groups, nodes=nodes, edges=edges, notes=(HOSTILE,), badges=badges
    )


def large(size: int = 80) -> Picture:
    """As many queues, functions, tables and keys as asked for, each in the group of its category; each sends to a later one."""
    kinds: tuple[tuple[str, Category], ...] = (
        ("aws_sqs_queue", "integration"),
        ("aws_lambda_function", "compute"),
        ("aws_dynamodb_table", "database"),
        ("aws_kms_key", "security"),
    )
    groups = [Group("region", "region", "eu-central-1")]
    groups += [Group(category, "category", CATEGORIES[category], "region") for _, category in kinds]
    nodes = []
    for number in range(size):
        type_, category = kinds[number % len(kinds)]
        badges = [Badge(f"{number:04x}", "some-rule", Severity.HIGH)] if number % 7 == 0 else []
        nodes.append(node(f"{type_}.n{number}", category, category, *badges))
    edges = [Edge(each.address, later.address, "data", "sends to") for each, later in zip(nodes, nodes[5:], strict=False)]
    edges += [Edge(each.address, later.address, "uses", "refers to") for each, later in zip(nodes, nodes[8:], strict=False)]
    return Picture(unit="live/large", dialect="terraform", groups=tuple(groups), nodes=tuple(nodes), edges=tuple(edges))
