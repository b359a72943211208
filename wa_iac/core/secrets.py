"""The texts that must not appear in any output: values that the code marks as sensitive, wherever they are used later.

Code that marks a value registers it here (`note`). Code that writes anything that quotes values removes them (`Hidden`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextvars import ContextVar
from functools import lru_cache
from typing import Final

from .algebra import text_of
from .declared import INDEX
from .late_pattern import late
from .partial import PartlyMap
from .value import Known, Tree, Unknown

STANDS_FOR: Final = "(sensitive)"
"""The text that replaces them."""
_SHORTEST: Final = 3
"""Minimum length of a text that is looked for. Shorter texts are everywhere."""
LONG: Final = 8
"""Minimum length of a text that is looked for inside words as well."""
_WORD: Final = 12
"""Number of letters above which a text is no longer an ordinary word."""
_NAME: Final = late(r"[a-z]{1,11}(_[a-z]{1,11})*")
"""A key that names an attribute (`username`): it says what is secret, and is no secret."""
_WRITTEN: Final = late(
    r'\b(?:module|variable|parameter|resource|output)(?:(?: "[\w-]+"){1,2}|\.[\w-]+)|\b(?:aws|awscc)_[a-z0-9_]+\.[\w-]+|\b(?:var|local)\.[\w-]+'
)
"""Names of modules, resources, variables and parameters in our sentences: they are in the code for everyone to read."""
_PART_OF_NAME: Final = late(r"[\w-]+")
WORD: Final = late(r"[A-Za-z0-9]+")
"""A word of a text."""
_PLAIN: Final = frozenset({"true", "false", "null", "none", "micro", "small", "medium", "large"})
"""Words that tell nothing: those of every language, and the sizes in AWS's names of instance types, which a remedy has to write out."""

_SEEN: Final[ContextVar[set[str] | None]] = ContextVar("secrets", default=None)


def begin() -> None:
    """Begin a run: nothing is known to be sensitive."""
    _SEEN.set(set())


def note(value: Tree, *, keys: bool = True) -> Tree:
    """Remember the contents of a value that was marked as sensitive, with the keys of its objects or without them. Returns the value."""
    seen = _SEEN.get()
    if seen is not None:
        seen.update(text for text in texts(value, everything=True, keys=keys) if _is_telling(text))
    return value


def seen() -> frozenset[str]:
    """The texts marked since the run began."""
    return frozenset(_SEEN.get() or ())


def texts(value: Tree, *, everything: bool = False, secret: bool = True, keys: bool = True) -> Iterator[str]:
    """The contents of a value as texts: the sensitive ones, with `secret=False` the others, with `everything=True` all; those of an object
    without its keys if `keys=False`."""
    here = everything or (value.origin.sensitive and secret)
    if value.origin.sensitive and not secret and not everything:
        return
    match value:
        case Known(dict() as entries):
            for key, each in entries.items():
                if keys and ((here and not _NAME.fullmatch(str(key))) or not secret):
                    yield str(key)
                yield from texts(each, everything=here, secret=secret, keys=keys)
        case Known(list() as items):
            for each in items:
                yield from texts(each, everything=here, secret=secret, keys=keys)
        case Known(content):
            if here or not secret:
                yield text_of(content)
        case PartlyMap():
            for each in value.every():
                yield from texts(each, everything=here, secret=secret, keys=keys)
        case Unknown(alternatives=alternatives) if here:
            for alternative in alternatives:
                yield from texts(alternative.value, everything=True, keys=keys)
        case _:
            return


def within(value: Tree) -> bool:
    """Whether a value, or anything in it, is sensitive."""
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
    """Texts to keep out of any output."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # The longer ones first: one may contain another.
        self._secrets = sorted(filter(_is_telling, secrets), key=lambda each: (-len(each), each))

    def __bool__(self) -> bool:
        return bool(self._secrets)

    def holds(self, text: str) -> bool:
        """Whether a text contains one of them."""
        return any(each in text and _pattern(each).search(text) for each in self._secrets)

    def out_of(self, text: str, spared: Collection[str] = (), ours: Collection[str] = ()) -> str:
        """A text without them, except those that are `spared`, and those inside a longer word that is one of `ours`."""
        for each in self._secrets:
            if each in text and each not in spared:
                text = _without(each, text, ours=ours)
        return text

    def out_of_sentence(self, text: str, ours: Collection[str] = ()) -> str:
        """One of our own sentences without them. They are removed from quotations; outside of these, only if they are not an
        ordinary word, since a secret that is a word may also be a name, and part of our sentences. Inside a longer word that is one of
        `ours`, as `postgres` in `postgresql`, nothing is removed."""
        for each in self._secrets:
            if each not in text:
                continue
            if len(each) >= _WORD or not each.isalpha():
                text = _without(each, text, ours=ours)
            else:
                text = _without(each, text, [found.span() for found in _QUOTED.finditer(text)], ours)
        return text

    def out_of_address(self, text: str) -> str:
        """An address without them in its keys. Names of blocks are not secret. In a template, a loop makes names from
        values."""
        if "." not in text:
            return self.out_of_sentence(text)
        return INDEX.sub(lambda found: self.out_of(found[0]), text) if "[" in text else text


def _without(secret: str, text: str, places: Sequence[tuple[int, int]] | None = None, ours: Collection[str] = ()) -> str:
    """A text without a secret, in some places or everywhere. What is a part of a name as written stays: only the author's choice of
    words makes it equal to a value. So does what is inside a longer word that is one of `ours`."""
    names = [found.span() for found in _WRITTEN.finditer(text)] if _PART_OF_NAME.fullmatch(secret) is not None else []
    if ours:
        names += [found.span() for found in WORD.finditer(text) if found[0] in ours and found[0] != secret]

    def instead(found: re.Match[str]) -> str:
        stays = _is_inside(found, names) or (places is not None and not _is_inside(found, places))
        return found[0] if stays else STANDS_FOR

    return _pattern(secret).sub(instead, text)


def _is_inside(found: re.Match[str], places: Sequence[tuple[int, int]]) -> bool:
    return any(start <= found.start() and found.end() <= end for start, end in places)


_QUOTED: Final = late(r'"[^"]*"|(?<!\w)\'[^\']*\'(?!\w)|`[^`]*`')
"""A quotation: the apostrophe of `AWS's` begins none."""


@lru_cache(4096)
def _pattern(text: str) -> re.Pattern[str]:
    escaped = re.escape(text)
    return re.compile(escaped if len(text) >= LONG else rf"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])")
