"""The remedy of a finding that stands for several instances: what differs between them is said of each, and everything else once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from wa_iac.core.late_pattern import late

from .remedy import Advice

_PLACE: Final = late(r'(?:of |the )?(?:module|key) "[^"]*"(?: \([^()\s]+:\d+\))?|\([^()\s]+:\d+\)|(?<= at )\S+:\d+(?=\.$)')
"""What may differ in two sentences that say the same of two values: a call, a key, and a place."""


def of_group(first: Advice, others: Iterable[tuple[str, Advice]]) -> Advice:
    """The remedy of the first instance together with those of the others, each with its name. Where only the call or the place differs, one
    sentence names them all; a sentence that differs otherwise is said of its instance, with the code that belongs to it."""
    distinct: dict[tuple[tuple[str, ...], str], str] = {}
    for name, each in others:
        own = tuple(said for said in each.sentences if said not in first.sentences)
        if own:
            distinct.setdefault((own, each.code), name)
    together = [own for own, code in distinct if code == first.code]
    sentences, merged = _merged(first.sentences, together)
    apart = [(own, code, name) for (own, code), name in distinct.items() if code != first.code or own not in merged]
    return first._replace(
        sentences=sentences,
        others=tuple((f"{name}: {' '.join(own)}", code if own[-1].endswith(":") else "") for own, code, name in apart),
    )


def _merged(first: Sequence[str], others: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], set[tuple[str, ...]]]:
    """Sentences that name the places of all instances, and those of the others that are said by them."""
    said: set[tuple[str, ...]] = set()
    made: list[str] = []
    for sentence in first:
        same = [own for own in others if len(own) == 1 and _differs_once(sentence, own[0]) is not None]
        position = _differs_once(sentence, same[0][0]) if same else None
        same = [own for own in same if _differs_once(sentence, own[0]) == position]
        said.update(same)
        made.append(sentence if position is None else _with_all(sentence, position, [own[0] for own in same]))
    return tuple(made), said


def _differs_once(one: str, other: str) -> int | None:
    """Which call or place is all that differs in two sentences; None if something else differs, or nothing."""
    if _PLACE.sub("", one) != _PLACE.sub("", other):
        return None
    pairs = list(zip(_PLACE.findall(one), _PLACE.findall(other), strict=False))
    different = [index for index, (here, there) in enumerate(pairs) if here != there]
    return different[0] if len(different) == 1 else None


def _with_all(sentence: str, position: int, others: Sequence[str]) -> str:
    """A sentence that names the call or the place of all."""
    found = list(_PLACE.finditer(sentence))[position]
    texts = list(dict.fromkeys((found[0], *(_PLACE.findall(each)[position] for each in others))))
    if found[0].startswith("("):
        texts = [re.sub(r"[()]", "", each) for each in texts]
    joined = f"{', '.join(texts[:-1])} and {texts[-1]}"
    return f"{sentence[: found.start()]}{f'({joined})' if found[0].startswith('(') else joined}{sentence[found.end() :]}"
