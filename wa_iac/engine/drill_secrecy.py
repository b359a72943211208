"""Sensitive texts are kept out of drills. Apart from `secrecy`, since only drills need their classes."""

from __future__ import annotations

from dataclasses import replace

from wa_iac.core.secrets import Hidden, seen
from wa_iac.drill.model import DataLoss, Drill, Effect, Failure, Link, Single
from wa_iac.drill_report.answer import Answer, Singles


def answer_without_secrets(answer: Answer) -> Answer:
    """An answer without sensitive text in addresses and sentences."""
    hidden = Hidden(seen())
    if not hidden:
        return answer
    singles = answer.singles
    return answer._replace(
        asked=hidden.out_of(answer.asked),
        drills=tuple(_drill(each, hidden) for each in answer.drills),
        singles=None if singles is None else _singles(singles, hidden),
    )


def text_without_secrets(text: str) -> str:
    """A text without sensitive text."""
    return Hidden(seen()).out_of_sentence(text)


def _singles(singles: Singles, hidden: Hidden) -> Singles:
    def all_of(addresses: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(hidden.out_of_address, addresses))

    found = tuple(Single(hidden.out_of_address(each.address), *map(all_of, each[1:])) for each in singles.found)
    return Singles(found, all_of(singles.entry_points))


def _drill(drill: Drill, hidden: Hidden) -> Drill:
    address, said = hidden.out_of_address, hidden.out_of_sentence

    def effect(each: Effect) -> Effect:
        return replace(
            each,
            address=address(each.address),
            how=said(each.how),
            chain=tuple(Link(address(link.address), said(link.why), link.inferred) for link in each.chain),
            control_plane=said(each.control_plane),
            settle=said(each.settle),
            unresolved=said(each.unresolved),
        )

    return replace(
        drill,
        failure=Failure(drill.failure.kind, address(drill.failure.name)),
        effects={address(key): effect(each) for key, each in drill.effects.items()},
        entry_points=tuple(map(address, drill.entry_points)),
        lost=tuple(
            DataLoss(address(each.address), said(each.window), each.source, said(each.settle), None, said(each.unresolved))
            for each in drill.lost
        ),
        notes=tuple(map(said, drill.notes)),
        aside=tuple(map(address, drill.aside)),
        subnets=frozenset(map(address, drill.subnets)),
        spans={address(key): span for key, span in drill.spans.items()},
    )
