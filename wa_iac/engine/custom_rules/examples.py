"""The examples on a rule's page: the blocks of code in its sections of examples, and the marks on their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple, TypeAlias, cast, get_args

from wa_iac.core.declared import Dialect
from wa_iac.core.late_pattern import late

Section: TypeAlias = Literal["non-compliant", "compliant", "undecided", "not applicable"]
SECTIONS: Final[tuple[Section, ...]] = get_args(Section)
"""The sections that may contain examples, by their headings in lower case."""


class Mark(NamedTuple):
    """A comment at the end of a line that says what the rule gives there.

    Attributes:
        line: the line in the example, from 1.
        verdict: `fail` for `# finding`, `unknown` for `# undecided`, `not-applicable` for `# not applicable`.
        words: a part of the message, after a colon; empty if only the place matters.
    """

    line: int
    verdict: Literal["fail", "unknown", "not-applicable"]
    words: str


class Example(NamedTuple):
    """A block of a rule's page: `line` is that of its first line in the page, from 1."""

    dialect: Dialect
    section: Section
    source: str
    line: int

    @property
    def compliant(self) -> bool:
        return self.section == "compliant"

    def marks(self) -> Iterator[Mark]:
        """The marks on its lines, in order."""
        for number, line in enumerate(self.source.splitlines(), 1):
            if found := _MARK.search(line):
                yield Mark(number, _VERDICTS[found["kind"]], (found["words"] or "").strip())


_SECTION: Final = late(r"^## (?P<name>.+)$")
_FENCE: Final = late(r"^```(?P<language>\w*)\s*$")
_MARK: Final = late(r"(?:^|\s)#\s(?P<kind>finding|undecided|not applicable)(?::(?P<words>.*))?\s*$")
_VERDICTS: Final[Mapping[str, Literal["fail", "unknown", "not-applicable"]]] = {
    "finding": "fail",
    "undecided": "unknown",
    "not applicable": "not-applicable",
}
_LANGUAGES: Final[Mapping[str, Dialect]] = {"yaml": "cloudformation", "json": "cloudformation", "hcl": "terraform"}


def examples(page: str, sections: Sequence[Section] = ("non-compliant", "compliant")) -> list[Example]:
    """The examples in some sections of a page, in order. Raises `ValueError` for a block in another language there."""
    found: list[Example] = []
    section = ""
    lines = page.splitlines()
    at = 0
    while at < len(lines):
        if heading := _SECTION.match(lines[at]):
            section = heading["name"].strip().lower()
        elif (fence := _FENCE.match(lines[at])) and section in sections:
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == "```")
            if fence["language"] not in _LANGUAGES:
                raise ValueError(f"an example is yaml, json or hcl, not {fence['language']!r}")
            source = "\n".join(lines[at + 1 : end]) + "\n"
            found.append(Example(_LANGUAGES[fence["language"]], cast("Section", section), source, at + 2))
            at = end
        at += 1
    return found
