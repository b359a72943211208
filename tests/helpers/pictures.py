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


def drawn(folder: Path, text: str) -> Picture:
    """The picture of one template, or of one file of Terraform."""
    name = "template.yaml" if text.lstrip().startswith("Resources:") else "main.tf"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (found,) = pictures(folder / name if name.endswith("yaml") else folder)
    return found


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
