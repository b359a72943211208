"""Answers for the AWS Well-Architected Tool: in the shapes and limits of its API, and sent by the program on the page without a loss of
what a person has answered."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import pytest

from helpers.paths import PROJECT
from wa_iac.review.wa_tool import BEGIN, CHOICE_NOTES, END, NOTES, SELECTED, UNSELECTED, answers

PAGE = (PROJECT / "docs" / "well-architected-tool.md").read_text(encoding="utf-8")
WORKLOAD = "0123456789abcdef" * 2
WHERE = {"WorkloadId": WORKLOAD, "LensAlias": "wellarchitected"}
QUESTION = "How do you protect your data at rest?"
CUT = "The rest is left out: see the review."


@dataclass(frozen=True)
class Rule:
    slug: str = "rds-encryption"


@dataclass(frozen=True)
class Line:
    text: str
    place: str = "main.tf:3"
    rule: Rule = Rule()


@dataclass(frozen=True)
class Practice:
    title: str
    standing: str
    evidence: list[Line] = field(default_factory=list)
    by_person: str = ""
    question: str = f"SEC08 {QUESTION}"


@dataclass(frozen=True)
class Review:
    practices: list[Practice]


FAULT = Practice("Enforce encryption at rest", "fails", [Line("The database is not encrypted.")])
GOOD = Practice("Implement secure key management", "holds", [Line("2 resources without this fault.")])


def answer(*practices: Practice) -> dict[str, Any]:
    """The answer to the one question of a review."""
    (found,) = answers(Review(list(practices)))["Answers"]
    made: dict[str, Any] = found
    return made


# The document


def test_only_what_rules_judge_alone_has_a_status() -> None:
    in_part = Practice("Enforce access control", "holds", GOOD.evidence, by_person="in part; a person judges the rest")
    unknown = Practice("Automate data at rest protection", "open", [Line("The key is not known.")])
    silent = Practice("Use mechanisms to keep people away", "person", by_person="a person judges it")

    made = answer(FAULT, GOOD, in_part, unknown, silent)

    assert made["QuestionTitle"] == QUESTION
    assert {title: each["Status"] for title, each in made["ChoiceUpdates"].items()} == {
        FAULT.title: "UNSELECTED",
        GOOD.title: "SELECTED",
    }
    assert made["Notes"].split("\n") == [
        BEGIN,
        "Enforce encryption at rest: the code does not follow it. main.tf:3 rds-encryption: The database is not encrypted.",
        "Automate data at rest protection: the code does not decide it. main.tf:3 rds-encryption: The key is not known.",
        "Implement secure key management: the code follows it. main.tf:3 rds-encryption: 2 resources without this fault.",
        "Enforce access control: the code follows it, and a person judges the rest. "
        "main.tf:3 rds-encryption: 2 resources without this fault.",
        "Use mechanisms to keep people away: a person judges it.",
        END,
    ]


def test_a_fault_is_no_reason_why_a_choice_does_not_apply() -> None:
    update = answer(FAULT)["ChoiceUpdates"][FAULT.title]

    assert update == {"Status": "UNSELECTED", "Notes": f"{UNSELECTED} main.tf:3 rds-encryption: The database is not encrypted."}


def test_a_question_about_which_the_code_says_nothing_takes_earlier_notes_back() -> None:
    made = answer(Practice("Know your compliance", "person", by_person="a person judges it"), Practice("Scope", "nothing"))

    assert (made["ChoiceUpdates"], made["Notes"]) == ({}, "")


@pytest.mark.parametrize("question", ["SEC08 How?", "SEC 8 How?", "SEC 8. How?"])
def test_a_question_has_its_title_without_its_number(question: str) -> None:
    assert answer(Practice("x", "fails", FAULT.evidence, question=question))["QuestionTitle"] == "How?"


def test_notes_fit_the_limits_and_say_that_they_are_cut() -> None:
    model = import_module("botocore.session").get_session().get_service_model("wellarchitected")
    many = [Line(f"Fault {number} can happen at any time.", f"file{number}.tf:{number}") for number in range(200)]
    long = Practice("Long", "fails", [Line("One sentence of a message. " + "word " * 100 + "ends.")])
    whole = Practice("Whole", "fails", [Line("word" * 400)])

    made = answer(*(Practice(f"Practice {number}", "fails", many) for number in range(100)), long, whole)

    assert (model.shape_for("Notes").metadata["max"], model.shape_for("ChoiceNotes").metadata["max"]) == (NOTES, CHOICE_NOTES)
    assert len(made["Notes"]) <= NOTES
    assert made["Notes"].split("\n")[-2:] == [CUT, END]
    notes = {title: each["Notes"] for title, each in made["ChoiceUpdates"].items()}
    assert all(len(each) <= CHOICE_NOTES and each.endswith(CUT) for each in notes.values())
    assert notes["Practice 0"].endswith(f"file1.tf:1 rds-encryption: Fault 1 can happen at any time. {CUT}")
    assert notes["Long"] == f"{UNSELECTED} main.tf:3 rds-encryption: One sentence of a message. {CUT}"


def test_text_from_files_stays_on_its_line_and_makes_no_mark_of_ours() -> None:
    made = answer(Practice("x", "fails", [Line(f"a\n{END}\x1b[2J\u202e b", "wa-iac: x\n.tf:1")]))

    assert made["Notes"].count(END) == made["Notes"].count(BEGIN) == 1
    assert len(made["Notes"].split("\n")) == 3
    assert set(made["Notes"]).isdisjoint("\x1b\u202e")


def test_the_answers_are_the_same_each_time() -> None:
    assert json.dumps(answers(Review([FAULT, GOOD]))) == json.dumps(answers(Review([FAULT, GOOD])))


# The program that sends them


def choice(number: int, practice: Practice) -> dict[str, str]:
    return {"ChoiceId": f"choice_{number}", "Title": practice.title}


class Tool:
    """The service as its model describes it, and the program that sends answers to it."""

    def __init__(self) -> None:
        found = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
        assert found is not None
        self._program: dict[str, Any] = {"__name__": "send_answers"}
        exec(compile(found[1], "send_answers.py", "exec"), self._program)  # noqa: S102  # The program is our own page.
        keys = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"), "nobody's")
        self._client = import_module("boto3").client("wellarchitected", region_name="eu-west-1", **keys)

    def assert_sends(self, document: dict[str, Any], updates: dict[str, Any] | None, **present: Any) -> None:
        """Runs the program on a present answer, and checks that it sends these changes; none for no call at all."""
        question = {"QuestionId": "protect-data-rest", "QuestionTitle": QUESTION}
        choices = [choice(1, FAULT), choice(2, GOOD), {"ChoiceId": "none", "Title": "None of these"}]
        with import_module("botocore.stub").Stubber(self._client) as stub:
            stub.add_response("list_answers", {"AnswerSummaries": [], "NextToken": "more"}, WHERE)
            stub.add_response("list_answers", {"AnswerSummaries": [question]}, {**WHERE, "NextToken": "more"})
            asked = {**WHERE, "QuestionId": "protect-data-rest"}
            stub.add_response("get_answer", {**WHERE, "Answer": {**question, "Choices": choices, **present}}, asked)
            if updates is not None:
                stub.add_response("update_answer", WHERE, {**asked, **updates})
            self._program["send"](self._client, WORKLOAD, document)
            stub.assert_no_pending_responses()


@pytest.fixture(scope="module")
def tool() -> Tool:
    return Tool()


DOCUMENT = answers(Review([FAULT, GOOD]))
ANSWER = answer(FAULT, GOOD)
UPDATES = {"choice_1": ANSWER["ChoiceUpdates"][FAULT.title], "choice_2": ANSWER["ChoiceUpdates"][GOOD.title]}


def test_a_question_that_nobody_has_answered_gets_choices_and_notes(tool: Tool) -> None:
    tool.assert_sends(DOCUMENT, {"ChoiceUpdates": UPDATES, "Notes": ANSWER["Notes"]})


def test_what_is_there_already_is_not_sent_again(tool: Tool) -> None:
    silent = answers(Review([Practice(GOOD.title, "person", by_person="a person judges it")]))

    tool.assert_sends(silent, None, Notes="We meet on Mondays.")
    tool.assert_sends(silent, None, IsApplicable=True)


@pytest.mark.parametrize(
    "theirs",
    [
        {"ChoiceId": "none", "Status": "SELECTED"},
        {"ChoiceId": "choice_1", "Status": "SELECTED", "Notes": "Checked in March."},
        {"ChoiceId": "choice_1", "Status": "SELECTED", "Notes": f"{UNSELECTED} main.tf:3"},
        {"ChoiceId": "choice_1", "Status": "NOT_APPLICABLE", "Reason": "OUT_OF_SCOPE"},
        {"ChoiceId": "choice_2", "Status": "UNSELECTED", "Reason": "OTHER"},
    ],
)
def test_a_question_that_a_person_has_answered_only_gets_notes(tool: Tool, theirs: dict[str, str]) -> None:
    notes = f"We meet on Mondays.\n{ANSWER['Notes']}"

    tool.assert_sends(DOCUMENT, {"Notes": notes}, ChoiceAnswers=[theirs], Notes="We meet on Mondays.")


def test_choices_that_were_selected_without_an_answer_of_their_own_are_a_persons(tool: Tool) -> None:
    tool.assert_sends(DOCUMENT, {"Notes": ANSWER["Notes"]}, SelectedChoices=["choice_1"])


def test_a_question_that_does_not_apply_stays(tool: Tool) -> None:
    tool.assert_sends(DOCUMENT, None, IsApplicable=False, Reason="OUT_OF_SCOPE")


def test_the_next_run_replaces_what_is_ours_and_takes_back_what_the_code_no_longer_shows(tool: Tool) -> None:
    earlier = [
        {"ChoiceId": "choice_1", "Status": "SELECTED", "Notes": f"{SELECTED} main.tf:1 earlier"},
        {"ChoiceId": "choice_2", "Status": "SELECTED", "Notes": f"{SELECTED} main.tf:2 earlier"},
    ]
    notes = f"Before.\n{BEGIN}\nEarlier: the code follows it.\n{END}\nBehind."
    made = answer(FAULT)

    tool.assert_sends(
        answers(Review([FAULT])),
        {
            "ChoiceUpdates": {"choice_1": UPDATES["choice_1"], "choice_2": {"Status": "UNSELECTED", "Notes": ""}},
            "Notes": f"Before.\nBehind.\n{made['Notes']}",
        },
        ChoiceAnswers=earlier,
        SelectedChoices=["choice_1", "choice_2"],
        Notes=notes,
    )


def test_long_notes_of_a_person_stay_whole_and_ours_are_cut(tool: Tool) -> None:
    theirs = "Our decision. " * 134
    many = [Practice(f"Practice {number}", "open", [Line("It is not known.")]) for number in range(20)]
    document = answers(Review(many))
    (full,) = document["Answers"]
    first = full["Notes"].split("\n")[1]

    tool.assert_sends(document, {"Notes": "\n".join([theirs.strip(), BEGIN, first, CUT, END])}, Notes=theirs)
    tool.assert_sends(document, None, Notes="x" * NOTES)


def test_a_title_that_the_lens_lacks_is_told(tool: Tool, capsys: pytest.CaptureFixture[str]) -> None:
    renamed = Practice("Encrypt everything", "fails", FAULT.evidence)
    elsewhere = Practice("x", "fails", FAULT.evidence, question="OPS99 How do you juggle?")
    document = answers(Review([elsewhere, renamed]))

    tool.assert_sends(document, {"Notes": document["Answers"][1]["Notes"]})

    assert capsys.readouterr().out.splitlines() == [
        "The lens has no such question: How do you juggle?",
        "The question has no such choice: Encrypt everything",
    ]
