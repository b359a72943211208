"""What follows from a failure as marks at the nodes of a picture."""

from __future__ import annotations

from dataclasses import replace

from wa_iac.drill.model import SEVERITY, Drill, Effect
from wa_iac.picture.model import Mark, Node, Picture

from .words import best_in_words, chain_in_sentences, in_words, outcome_in_words, sentence, share_in_words


def marked(picture: Picture, drill: Drill) -> Picture:
    """A picture with the outcomes of a drill at its nodes. A node has that of its gravest part if it has none itself."""
    nodes = tuple(_marked(each, drill) for each in picture.nodes)
    return replace(picture, nodes=nodes, story=f"if {in_words(drill.failure)}")


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
