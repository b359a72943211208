"""Pictures of code, for tests."""

from __future__ import annotations

import re
from pathlib import Path

from wa_iac.engine.build import graphs
from wa_iac.picture.draw import picture
from wa_iac.picture.model import Picture


def pictures(path: Path) -> list[Picture]:
    """The pictures of everything below a path."""
    built, _ = graphs([path])
    return [picture(unit, graph) for unit, graph in built]


<<<<<<< HEAD
def drawn(folder: Path, text: str) -> Picture:
    """The picture of one template, or of one file of Terraform."""
    name = "template.yaml" if text.lstrip().startswith("Resources:") else "main.tf"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = pictures(folder / name if name.endswith("yaml") else folder)
    return found
=======
def shop() -> Picture:
    """A load balancer before servers with a database; one resource has a hostile name."""
    groups = (
        Group("account", "account", "AWS account"),
        Group("region", "region", "eu-west-1", "account"),
        Group(
            "vpc",
            "vpc",
            "main",
            "region",
            "aws_vpc.main",
            "10.0.0.0/16",
            badges=(Badge("aa00", "vpc-flow-logs", Severity.MEDIUM),),
        ),
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
    return Picture(unit="live/shop", dialect="terraform", groups=groups, nodes=nodes, edges=edges, notes=(HOSTILE,))
>>>>>>> 1038b7cf98d12392e9e2a7501170f7d413733614


def role(address: str) -> str:
    """What a resource is called in both dialects: `WebGroup` and `aws_autoscaling_group.web_group` are `web_group`, and `PublicSubnetB` and
    `aws_subnet.public_subnet[1]` are `public_subnet_b`."""
    found = re.fullmatch(r"(?:.*\.)?([^.\[]+)(?:\[(\d+)\])?", address)
    assert found is not None, address
    letter = f"_{'abc'[int(found[2])]}" if found[2] else ""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", found[1]).lower() + letter


def places(found: Picture) -> dict[str, str]:
    """Where each node is, outermost first: `region > vpc network > subnet a`."""
    groups = {each.id: each for each in found.groups}

    def path(name: str) -> str:
        steps: list[str] = []
        while name:
            each = groups[name]
            label = f" {role(each.address)}" if each.address else f" {each.label}" if each.kind in ("zone", "category") else ""
            steps.append(each.kind + label)
            name = each.parent
        return " > ".join(reversed(steps))

    return {role(each.address): path(each.group) for each in found.nodes}


def edges(found: Picture) -> set[str]:
    """Each edge as a sentence: `orders delivers to order_function`; one that is inferred ends in a question mark."""
    return {f"{role(each.source)} {each.label} {role(each.target)}{'?' * each.inferred}" for each in found.edges}
