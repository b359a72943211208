"""Texts that are kept out of what is written."""

from __future__ import annotations

import pytest

from wa_iac.core.reasons import Said
from wa_iac.core.secrets import Hidden, begin, note, seen, texts
from wa_iac.core.value import Alternative, Known, Origin, Unknown

SECRET = Origin(sensitive=True)


@pytest.mark.parametrize(
    ("secret", "text", "expected"),
    [
        ("blue", 'x["blue"] is blue-ish', 'x["(sensitive)"] is (sensitive)-ish'),
        ("blue", "blueprint", "blueprint"),
        ("seven-blue", "xseven-bluex", "x(sensitive)x"),
        ("ab", "ab", "ab"),
        ("true", "true", "true"),
        ("medium", 'node_type = "cache.t4g.medium"', 'node_type = "cache.t4g.medium"'),
        ("5432", "port 5432", "port (sensitive)"),
        ("a.*", "abc a.*", "abc (sensitive)"),
    ],
    ids=["short", "within a word", "long", "too short", "a word of the language", "a size of AWS", "number", "no pattern"],
)
def test_a_text_is_hidden(secret: str, text: str, expected: str) -> None:
    assert Hidden([secret]).out_of(text) == expected
    assert Hidden([secret]).holds(text) is (text != expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("module.blue_web.aws_lb.blue waits", "module.blue_web.aws_lb.blue waits"),
        ('module "blue_web" has "blue"', 'module "blue_web" has "(sensitive)"'),
        ("local.blue is blue", "local.blue is (sensitive)"),
        ('module.web["blue"].aws_lb.this', 'module.web["(sensitive)"].aws_lb.this'),
    ],
)
def test_a_part_of_a_name_that_the_author_wrote_stays(text: str, expected: str) -> None:
    assert Hidden(["blue"]).out_of(text) == expected


def test_a_secret_that_is_more_than_a_name_is_hidden_in_names_too() -> None:
    assert Hidden(["blue.aws_lb"]).out_of("module.blue.aws_lb.web") == "module.(sensitive).web"


def test_in_a_sentence_quoted_names_of_modules_stay() -> None:
    assert Hidden(["blue"]).out_of_sentence('module "blue_web" sets "blue"') == 'module "blue_web" sets "(sensitive)"'


def test_what_contains_another_one_goes_as_a_whole() -> None:
    assert Hidden(["blue", "blue-green"]).out_of("blue-green blue") == "(sensitive) (sensitive)"


def test_what_is_spared() -> None:
    assert Hidden(["blue"]).out_of("blue", spared={"blue"}) == "blue"


def test_everything_in_a_marked_value_but_the_names_of_attributes_is_remembered() -> None:
    begin()
    inner = {"user_name": Known("admin"), "AKIA7": Known([Known(5432), Known(True)])}
    note(Known(inner, SECRET))
    note(Unknown(Said("x"), "x", SECRET, alternatives=(Alternative("a", Known("either")),)))

    assert seen() == {"admin", "AKIA7", "5432", "either"}
    begin()
    assert seen() == frozenset()


def test_the_keys_of_an_output_are_names() -> None:
    begin()
    note(Known({"trainee-1": Known("hunter2!", SECRET)}, SECRET), keys=False)

    assert seen() == {"hunter2!"}


def test_the_texts_of_a_value() -> None:
    value = Known({"open": Known("a"), "closed": Known("b", SECRET)})

    assert list(texts(value)) == ["b"]
    assert list(texts(value, secret=False)) == ["open", "a", "closed"]


def test_an_apostrophe_begins_no_quotation() -> None:
    hidden = Hidden(["postgres"])
    said = "AWS's template expects the engine postgres in the secret's value, not in 'postgres'."
    assert hidden.out_of_sentence(said) == said.replace("'postgres'", "'(sensitive)'")


def test_the_name_of_a_resource_stays_in_its_block() -> None:
    block = 'resource "aws_secretsmanager_secret_rotation" "postgresql_credentials" {'
    assert Hidden(["postgresql"]).out_of_sentence(block) == block
