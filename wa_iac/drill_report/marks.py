"""What follows from a failure as marks at the nodes of a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from wa_iac.drill.model import SEVERITY, Drill, Effect
from wa_iac.picture.model import Mark, Node, Picture

from .words import best_in_words, chain_in_sentences, failure_in_words, outcome_in_words, sentence, share_in_words


def marked(picture: Picture, drill: Drill) -> Picture:
    """A picture with the outcomes of a drill at its nodes, and with the boxes that fail. A node has the outcome of its gravest part if it has
    none itself."""
    nodes = tuple(_marked(each, drill) for each in picture.nodes)
    return replace(picture, nodes=nodes, story=f"if {failure_in_words(drill)}", failing=frozenset(_failing(picture, drill)))


def _failing(picture: Picture, drill: Drill) -> Iterator[str]:
    """The ids of the boxes that fail: the Region or the zone, and its subnets."""
    kind, name = drill.failure
    subnets = [each for each in picture.groups if each.kind == "subnet" and each.address in drill.subnets]
    yield from (each.id for each in subnets)
    around = {each.parent for each in subnets}
    boxes = [each for each in picture.groups if each.kind == kind]
    if kind == "zone":
        yield from (each.id for each in boxes if each.label == name or each.id in around)
    elif kind == "region":
        yield from (each.id for each in boxes if each.label == name or (not name and len(boxes) == 1))


def _marked(node: Node, drill: Drill) -> Node:
    own = drill.effects.get(node.address)
    parts = [found for each in node.parts if (found := drill.effects.get(each.address)) is not None]
    effect = own or max(parts, key=lambda each: SEVERITY.index(each.outcome), default=None)
    return node if effect is None else replace(node, mark=_mark(effect, own is not None))


def _mark(effect: Effect, own: bool) -> Mark:
    left = f", {share_in_words(effect.share)}" if effect.share is not None else ""
    about = "" if own else f"{effect.address}: "
    how = sentence(effect.how) if effect.how else ""
    said = " ".join(filter(None, [*chain_in_sentences(effect), best_in_words(effect), how]))
    return Mark(effect.outcome, f"{outcome_in_words(effect)}{left}", f"{about}{said}" if said else "")
