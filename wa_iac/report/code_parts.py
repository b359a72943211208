"""The parts of a remedy's code: its arguments and blocks, in any of the languages, by their lines and indentation."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from wa_iac.core.late_pattern import late

_HEAD: Final = late(r'(?P<indent> *)"?(?P<name>[\w@:-]+)"?(?:\s*[=:]\s*|\s+(?=\{))(?P<value>.*)')
_CLOSES: Final = late(r" *[}\])]+,?")
_ARGUMENT: Final = late(r"(?P<indent> *)(?P<name>\w+) += (?P<value>.*[^{\[(])")
_DANGLING: Final = late(r",(?=\s*(?:[}\]]|$))")
_LITERAL: Final = late(r'"[^"\n]*"|[\w./-]+|<[^<>\n]*>')


class Part(NamedTuple):
    """An argument, or a block with parts of its own. `first` and `last` are its lines; `value` is empty for a block."""

    name: str
    first: int
    last: int
    value: str
    parts: tuple[Part, ...] = ()

    def leaves(self) -> Iterator[Part]:
        """The arguments in it; itself, if it is one."""
        if not self.parts:
            yield self
        for each in self.parts:
            yield from each.leaves()

    @property
    def literal(self) -> str:
        """The value, if it is one literal on one line."""
        value = self.value.rstrip(",")
        return value if _LITERAL.fullmatch(value) else ""

    def inner(self, name: str) -> str:
        """The literal of the only argument of a name inside of a value that is a list."""
        found = re.findall(rf'(?<!\w)"?{re.escape(name)}"?\s*[=:]\s*("[^"\n]*"|[\w./-]+)', self.value)
        return found[0] if len(found) == 1 else ""


@lru_cache(256)
def parts_of(text: str) -> tuple[Part, ...]:
    """The parts at the top of a code; none if it begins with something else, such as an element of a list. Several places of one remedy
    ask for the same code, and findings with the same remedy follow one another."""
    lines = text.split("\n")
    return tuple(_parts(lines, 0, len(lines), 0))


def _parts(lines: list[str], start: int, end: int, indent: int) -> Iterator[Part]:
    at = start
    while at < end:
        head = _HEAD.fullmatch(lines[at])
        last = at
        while last + 1 < end and _belongs(lines[last + 1], indent):
            last += 1
        if head is not None and len(head["indent"]) == indent:
            value = head["value"]
            is_block = value == "{" or (not value and last > at and not lines[at + 1].lstrip().startswith("- "))
            inner = tuple(_parts(lines, at + 1, last + 1, _depth(lines[at + 1]))) if is_block and last > at else ()
            text = "" if inner else "\n".join([value, *lines[at + 1 : last + 1]]).rstrip("\n")
            yield Part(head["name"], at, last, text, inner)
        at = last + 1


def _belongs(line: str, indent: int) -> bool:
    """Whether a line goes on with the part before it, which has this indentation."""
    depth = _depth(line)
    return not line or depth > indent or (depth == indent and _CLOSES.fullmatch(line) is not None)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_added(text: str) -> bool:
    """Whether the code is another resource."""
    return (
        text.startswith(('resource "', '"resource": {')) or re.search(r'^ +"?Type"?: "?AWS::', text, re.MULTILINE) is not None
    )


def without(text: str, dropped: Collection[Part]) -> str:
    """The code without some of its parts, and without blocks that only had these."""
    gone: set[int] = set()

    def drop(parts: tuple[Part, ...]) -> bool:
        """Whether nothing is left of them."""
        left = False
        for each in parts:
            if each in dropped or (each.parts and drop(each.parts)):
                gone.update(range(each.first, each.last + 1))
            else:
                left = True
        return not left

    drop(parts_of(text))
    lines = [line for number, line in enumerate(text.split("\n")) if number not in gone]
    return "\n".join(_aligned(_DANGLING.sub("", "\n".join(lines)).split("\n"))) if gone else text


def _aligned(lines: list[str]) -> list[str]:
    """Lines with HCL's arguments aligned as `terraform fmt` does."""
    made: list[str] = []
    run: list[re.Match[str]] = []

    def end() -> None:
        width = max((len(each["name"]) for each in run), default=0)
        made.extend(f"{each['indent']}{each['name']:<{width}} = {each['value']}" for each in run)
        run.clear()

    for line in lines:
        found = _ARGUMENT.fullmatch(line)
        if found is None or (run and run[-1]["indent"] != found["indent"]):
            end()
        if found is None:
            made.append(line)
        else:
            run.append(found)
    end()
    return made
