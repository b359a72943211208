"""The texts that must be in no output: contents of what the code calls sensitive, wherever they came through afterwards.

Whoever marks a value says so here (`note`); whoever writes anything that quotes values asks for it without them (`Hidden`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from .algebra import text_of
from .declared import INDEX
from .partial import PartlyMap
from .value import Known, Tree, Unknown

STANDS_FOR: Final = "(sensitive)"
"""What is written instead."""
_SHORTEST: Final = 3
"""Characters of a text that is looked for: one or two stand everywhere."""
_LONG: Final = 8
"""Characters of a text that is looked for within words, too."""
_WORD: Final = 12
"""Letters of a text that is no word any more."""
_PLAIN: Final = frozenset({"true", "false", "null", "none"})

_SEEN: Final[ContextVar[set[str] | None]] = ContextVar("secrets", default=None)


def begin() -> None:
    """A run begins: nothing is known to be sensitive."""
    _SEEN.set(set())


def note(value: Tree) -> Tree:
    """Remember what is in a value that was marked as sensitive; the value."""
    seen = _SEEN.get()
    if seen is not None:
        seen.update(text for text in texts(value, everything=True) if _is_telling(text))
    return value


def seen() -> frozenset[str]:
    """What was marked since the run began."""
    return frozenset(_SEEN.get() or ())


def texts(value: Tree, *, everything: bool = False, secret: bool = True) -> Iterator[str]:
    """The contents of a value as texts: those that are sensitive, or with `secret=False` those that are not; or all of them."""
    here = everything or (value.origin.sensitive and secret)
    if value.origin.sensitive and not secret and not everything:
        return
    match value:
        case Known(dict() as entries):
            for key, each in entries.items():
                if here or not secret:
                    yield str(key)
                yield from texts(each, everything=here, secret=secret)
        case Known(list() as items):
            for each in items:
                yield from texts(each, everything=here, secret=secret)
        case Known(content):
            if here or not secret:
                yield text_of(content)
        case PartlyMap():
            for each in value.every():
                yield from texts(each, everything=here, secret=secret)
        case Unknown(alternatives=alternatives) if here:
            for alternative in alternatives:
                yield from texts(alternative.value, everything=True)
        case _:
            return


def within(value: Tree) -> bool:
    """Whether a value is sensitive, or anything in it."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if each.origin.sensitive:
            return True
        if isinstance(each, Known) and isinstance(each.value, dict):
            waiting += each.value.values()
        elif isinstance(each, Known) and isinstance(each.value, list):
            waiting += each.value
        elif isinstance(each, PartlyMap):
            waiting += each.every()
    return False


def _is_telling(text: str) -> bool:
    return len(text) >= _SHORTEST and text.lower() not in _PLAIN


class Hidden:
    """Texts to be kept out of whatever is written."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # What contains another one goes first.
        self._secrets = sorted(filter(_is_telling, secrets), key=lambda each: (-len(each), each))

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def holds(self, text: str) -> bool:
        """Whether a text holds one."""
        return any(each in text and _pattern(each).search(text) for each in self._secrets)

    def out_of(self, text: str, spared: Collection[str] = ()) -> str:
        """A text without them, but for those that are `spared`."""
        for each in self._secrets:
            if each in text and each not in spared:
                text = _pattern(each).sub(STANDS_FOR, text)
        return text

    def out_of_sentence(self, text: str) -> str:
        """A sentence of ours without them: of what it quotes, and of the rest those that are no word, since a word that is somebody's
        secret is also a name, and stands in our own sentences."""
        for each in self._secrets:
            if each not in text:
                continue
            if len(each) >= _WORD or not each.isalpha():
                text = _pattern(each).sub(STANDS_FOR, text)
            else:
                text = _QUOTED.sub(lambda found, each=each: _pattern(each).sub(STANDS_FOR, found[0]), text)  # type: ignore[misc]
        return text

    def out_of_address(self, text: str) -> str:
        """An address that holds none in its keys: names of blocks are written in the open. In a template a loop makes names, of values."""
        if "." not in text:
            return self.out_of_sentence(text)
        return INDEX.sub(lambda found: self.out_of(found[0]), text) if "[" in text else text


_QUOTED: Final = re.compile(r'"[^"]*"|\'[^\']*\'|`[^`]*`')


@lru_cache(4096)
def _pattern(text: str) -> re.Pattern[str]:
    escaped = re.escape(text)
    return re.compile(escaped if len(text) >= _LONG else rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])")
