"""The review as answers for the AWS Well-Architected Tool, in the shapes of its API: `wa-iac review --format wa-tool`.

Shapes and limits are those of `UpdateAnswer`: https://docs.aws.amazon.com/wellarchitected/latest/APIReference/API_UpdateAnswer.html.
The framework's list has no ids of the Tool, so questions and choices have their titles. `docs/well-architected-tool.md` sends the answers.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Protocol

from wa_iac.core.late_pattern import late
from wa_iac.report.text import safe_line

LENS: Final = "wellarchitected"
"""The alias of the lens with the framework's questions."""
NOTES: Final = 2_084
"""The characters that the API accepts as notes of a question."""
CHOICE_NOTES: Final = 250
"""The characters that the API accepts as notes of a choice."""

SELECTED: Final = "wa-iac: the code follows it."
UNSELECTED: Final = "wa-iac: the code does not follow it."
"""The beginnings of our notes of a choice, by its status. A person who changes the status leaves notes that do not fit it."""
BEGIN: Final = "wa-iac: what the code shows."
END: Final = "wa-iac: end of the notes."
"""The lines around our notes of a question. Everything else is a person's."""
_CUT: Final = "The rest is left out: see the review."
_NUMBER: Final = late(r"[A-Z]+ ?\d+\.? +")
_SENTENCE: Final = late(r"(?<=[.!?]) +")


class _Rule(Protocol):
    @property
    def slug(self) -> str: ...


class _Evidence(Protocol):
    """A statement for or against a best practice. `text` is a sentence, `place` is `path:line` or empty."""

    @property
    def rule(self) -> _Rule: ...
    @property
    def text(self) -> str: ...
    @property
    def place(self) -> str: ...


class _Practice(Protocol):
    """A best practice with its evidence, the gravest first. `standing` is "holds", "fails", "open", "nothing" or "person"; `by_person`
    says what a person judges of it, and is empty if rules judge all; `question` begins with its id."""

    @property
    def title(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def standing(self) -> str: ...
    @property
    def by_person(self) -> str: ...
    @property
    def evidence(self) -> Sequence[_Evidence]: ...


class Reviewed(Protocol):
    """A review, as far as the answers need it: its best practices in the framework's order."""

    @property
    def practices(self) -> Sequence[_Practice]: ...


def answers(review: Reviewed) -> dict[str, Any]:
    """An answer to each question, in the framework's order. A question about which the code says nothing has empty notes, so that earlier
    ones of ours can be taken back.

    An answer has the parameters of `UpdateAnswer` with titles in place of ids. Only what rules judge alone has a status. The rest is in the
    notes, and a choice without an update keeps its answer in the Tool.
    """
    questions: dict[str, list[_Practice]] = {}
    for each in review.practices:
        questions.setdefault(each.question, []).append(each)
    return {
        "LensAlias": LENS,
        "Answers": [
            {
                "QuestionTitle": _NUMBER.sub("", question, count=1),
                "ChoiceUpdates": {each.title: update for each in practices if (update := _update(each)) is not None},
                "Notes": _notes(practices) if any(each.evidence for each in practices) else "",
            }
            for question, practices in questions.items()
        ],
    }


def _update(practice: _Practice) -> dict[str, str] | None:
    """The status of a choice with its evidence; None if the code alone does not decide it.

    There is no `Reason`: the API's reasons say why a choice does not apply to a workload, and a fault says nothing of that.
    """
    if practice.standing == "fails":
        return {"Status": "UNSELECTED", "Notes": _choice_notes(UNSELECTED, practice)}
    if practice.standing == "holds" and not practice.by_person:
        return {"Status": "SELECTED", "Notes": _choice_notes(SELECTED, practice)}
    return None


def _choice_notes(beginning: str, practice: _Practice) -> str:
    return " ".join([beginning, *_fitting(_statements(practice), CHOICE_NOTES - len(beginning) - 1)])


def _notes(practices: Iterable[_Practice]) -> str:
    """The notes of a question: a line for each best practice, those with evidence first."""
    ordered = sorted(practices, key=lambda each: _ORDER.get(each.standing, len(_ORDER)))
    room = NOTES - len(BEGIN) - len(END) - 2
    return "\n".join([BEGIN, *_fitting(map(_line, ordered), room), END])


_ORDER: Final = {each: rank for rank, each in enumerate(("fails", "open", "holds", "nothing", "person"))}


def _line(practice: _Practice) -> str:
    """What is said of a best practice, with its first statement."""
    first = next(_statements(practice), "")
    more = len(practice.evidence) - 1
    others = f" {more:,} more." if more > 0 else ""
    return f"{practice.title}: {_said(practice)}. {first}{others}".rstrip()


def _said(practice: _Practice) -> str:
    match practice.standing:
        case "fails":
            return "the code does not follow it"
        case "open":
            return "the code does not decide it"
        case "holds" if practice.by_person:
            return "the code follows it, and a person judges the rest"
        case "holds":
            return "the code follows it"
        case "nothing":
            return "nothing here shows it"
        case _:
            return "a person judges it"


def _statements(practice: _Practice) -> Iterator[str]:
    """Each statement with its place and its rule, on one line."""
    for each in practice.evidence:
        place = each.place.replace(os.sep, "/")
        yield _plain(f"{place} {each.rule.slug}: {each.text}".lstrip())


def _plain(text: str) -> str:
    """Text from files on one line, which says nothing that looks like a mark of ours."""
    return safe_line(" ".join(text.split())).replace("wa-iac:", "wa-iac ")


def _fitting(texts: Iterable[str], room: int) -> list[str]:
    """As many whole texts as fit into so many characters, with one between two of them. If some do not fit, a sentence says so; it takes
    the place of the texts that would leave it no room. A first text that is too long is cut at a sentence, or else at a word."""
    found: list[str] = []
    left = room
    for each in texts:
        if len(each) > left:
            return _with_cut(found, each, room)
        found.append(each)
        left -= len(each) + 1
    return found


def _with_cut(found: list[str], following: str, room: int) -> list[str]:
    while found and sum(len(each) + 1 for each in found) + len(_CUT) > room:
        following = found.pop()
    if found:
        return [*found, _CUT]
    return [_shortened(following, room - len(_CUT) - 1), _CUT]


def _shortened(text: str, room: int) -> str:
    """The sentences of a text that fit, or as many of its words."""
    shorter = ""
    for sentence in _SENTENCE.split(text):
        longer = f"{shorter} {sentence}".lstrip()
        if len(longer) > room:
            break
        shorter = longer
    return shorter or f"{text[: room - 1].rpartition(' ')[0] or text[: room - 1]}…"
