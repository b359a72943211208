"""Outcomes, failures and chains in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Final

from wa_iac.core.errors import some as shortened
from wa_iac.drill.model import DataLoss, Drill, Effect, Failure, Outcome, Time

VERBS: Final[dict[Outcome, str]] = {
    "unaffected": "is unaffected",
    "recovers": "recovers",
    "degrades": "degrades",
    "unknown": "is unknown",
    "stops": "stops",
}
"""What one resource does. The names of outcomes are the same in text, pages, pictures and JSON."""
_PLURAL: Final[dict[Outcome, str]] = {
    "unaffected": "are unaffected",
    "recovers": "recover",
    "degrades": "degrade",
    "unknown": "are unknown",
    "stops": "stop",
}
MEANINGS: Final[dict[Outcome, str]] = {
    "unaffected": "It serves as before.",
    "recovers": "It stops, and comes back by itself.",
    "degrades": "It serves with less capacity, or does less.",
    "unknown": "The code does not say.",
    "stops": "It serves nothing until somebody acts, or the failure ends.",
}
TIMES: Final[dict[Time, str]] = {"seconds": "seconds", "minutes": "minutes", "longer": "longer"}
SHAPES: Final[dict[Outcome, str]] = {
    "stops": "M2 0l4 4 4-4 2 2-4 4 4 4-2 2-4-4-4 4-2-2 4-4-4-4z",
    "unknown": "M2.6 4a3.4 3.4 0 1 1 4.9 3c-.6.3-.6.6-.6 1.4H5.1c0-1.7.2-2.4 1.2-3A1.6 1.6 0 1 0 4.4 4zM5 9.8h2v2H5z",
    "degrades": "M6 0a6 6 0 1 1-.01 0zM6 1.8v8.4a4.2 4.2 0 0 0 0-8.4z",
    "recovers": "M6 2.2V0l4 3.2-4 3.2V4.2a2.9 2.9 0 1 0 2.9 2.9h2A4.9 4.9 0 1 1 6 2.2z",
    "unaffected": "M.8 6.6l1.6-1.6 2.5 2.5 4.7-5.2 1.6 1.5-6.2 6.9z",
}
"""The shapes of the picture's marks (`marks.js`)."""
NAMED: Final = 3
"""The resources that a line names before it counts the others."""


def in_words(failure: Failure) -> str:
    """A failure as a clause: "zone eu-west-1a fails"."""
    match failure.kind:
        case "region":
            return f"the Region {failure.name} fails" if failure.name else "the Region fails"
        case "resource":
            return f"{failure.name} fails"
        case "service":
            return f"the service {failure.name} fails in the Region"
        case _:
            # A number is the place in a list of zones that is unknown until deployment: it names none.
            return "one zone fails" if failure.name == "0" else f"zone {failure.name} fails"


def failure_in_words(drill: Drill) -> str:
    """What fails in a drill, as a clause; "one zone fails" if the code names none."""
    return in_words(drill.failure) if drill.names_zone else "one zone fails"


def outcome_in_words(effect: Effect) -> str:
    """What follows, with a hint if it is only the worst that is possible: "stops, at worst"."""
    return effect.outcome if effect.outcome in ("unknown", effect.best) else f"{effect.outcome}, at worst"


def share_in_words(share: Fraction | None) -> str:
    """The share of capacity that is left, in percent; a dash if it is not known."""
    return "-" if share is None else f"{round(100 * share)} %"


def time_in_words(time: Time | None) -> str:
    return "-" if time is None else TIMES[time]


def chain_in_sentences(effect: Effect) -> Iterator[str]:
    """The steps of a chain, from the resource to what failed; each names its resource."""
    for number, link in enumerate(effect.chain):
        said = sentence(link.why, " (inferred)" if link.inferred else "")
        own = number == 0 and link.address == effect.address
        yield begun(said) if own else f"{link.address}: {said}"


def begun(said: str) -> str:
    """A sentence with a capital, unless it begins with an address, which is spelled as in the code."""
    first = said.partition(" ")[0]
    return said if "_" in first or "." in first else f"{said[:1].upper()}{said[1:]}"


def best_in_words(effect: Effect) -> str:
    """What is possible at best, if that is not known for certain; empty else."""
    return "" if effect.best == effect.outcome else f"At best it {VERBS[effect.best]}."


def sentence(text: str, doubt: str = "") -> str:
    """A text with a full stop at its end, and a remark before it."""
    plain = text.strip()
    return f"{plain.removesuffix('.')}{doubt}."


def some(addresses: Sequence[str], most: int = NAMED) -> str:
    """Addresses for a line: the first ones, and the number of the others."""
    return shortened(addresses, most)


def notes_of(drill: Drill, *, full: bool = False) -> list[str]:
    """What a drill has to say before its outcomes, in sentences. If nothing serves clients, that is one of them.

    Args:
        full: whether every resource is named.
    """
    found = [] if drill.entry_points else [NO_ENTRY_POINT]
    found += drill.notes
    if drill.aside:
        found.append(f"These stop too, and no entry point needs them: {some(drill.aside, len(drill.aside) if full else NAMED)}")
    return [sentence(each) for each in found]


NO_ENTRY_POINT: Final = "There is no entry point: no load balancer, API or other resource that people or programs outside use"


def counted(counts: Iterable[tuple[Outcome, int]]) -> str:
    """Numbers by outcome: "2 stop, 1 degrades"; those of which there is none are left out."""
    return ", ".join(f"{number} {VERBS[each] if number == 1 else _PLURAL[each]}" for each, number in counts if number)


def by_settle(drill: Drill) -> dict[str, list[Effect]]:
    """The resources of which not everything can be told, by what would settle it; the text is empty if nothing is named."""
    found: dict[str, list[Effect]] = {}
    for each in drill.effects.values():
        if not each.is_certain:
            found.setdefault(each.settle, []).append(each)
    return found


def loss_in_words(loss: DataLoss) -> str:
    """What data is at risk, and what would settle it."""
    read = f" The code reads it in {loss.unresolved}." if loss.settle and loss.unresolved else ""
    settle = f" To settle it: {sentence(loss.settle)}{read}" if loss.settle else ""
    return f"{loss.address}: {sentence(loss.window)}{settle}"


def unsettled(settle: str, effects: Sequence[Effect], most: int = NAMED) -> str:
    """What would settle the outcomes of some resources, and where the code reads the value that hides them."""
    places = list(dict.fromkeys(each.unresolved for each in effects if each.unresolved))
    read = f" The code reads it in {some(places, most)}." if places else ""
    return f"{some([each.address for each in effects], most)}: {sentence(settling(settle))}{read}"


def settling(settle: str) -> str:
    """What would settle an outcome, as a clause; that nothing does, if nothing does."""
    if not settle:
        return "nothing in the code settles it"
    return (
        settle.replace("nothing before deployment", "nothing settles it before deployment", 1)
        if settle.startswith("nothing")
        else f"to settle it: {settle}"
    )


def not_static(drill: Drill) -> dict[tuple[str, str], list[str]]:
    """The resources whose recovery needs a control plane or new capacity, by what it needs and the document that says so."""
    found: dict[tuple[str, str], list[str]] = {}
    for each in drill.effects.values():
        if each.control_plane:
            found.setdefault((each.control_plane, each.source), []).append(each.address)
    return found


def place(drill: Drill, address: str) -> str:
    """Where a resource is declared: `path:line`; empty if that is not known."""
    span = drill.spans.get(address)
    return f"{span.path}:{span.start_line}" if span is not None and span.path else ""
