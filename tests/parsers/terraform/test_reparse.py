"""A file that is parsed anew where it changed says what it would say if it were parsed from nothing."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from wa_iac.core.errors import WaIacError
from wa_iac.core.files import Kept, Session
from wa_iac.core.value import Absent, Known
from wa_iac.parsers.terraform.text.nodes import Body
from wa_iac.parsers.terraform.text.syntax import read_body

SOURCE = """\
# The é of it
locals {
  a = 1e3
  text = <<-EOT
    ${var.x} and %{ if true }this%{ endif }
  EOT
}

variable "x" { default = "ü" }
resource "aws_s3_bucket" "b" {
  bucket = "a-${local.a}"
  rule { days = [for each in [1, 2] : each * 2] }
} /* two */ output "o" { value = aws_s3_bucket.b.arn }
top = { a = 1, "b" = null }
"""
Edits = list[tuple[int, int, str]]
PIECES = st.text(st.sampled_from('abx1 ="{}[]$%#/*<-\n🪣é'), max_size=6)
PLACES = st.integers(0, len(SOURCE))


def told(read: tuple[Body, list[WaIacError]]) -> tuple[object, list[str]]:
    return written_out(read[0]), list(map(str, read[1]))


def written_out(thing: object) -> object:
    """All that a node holds: the origins of values, too, which two equal ones need not share."""
    match thing:
        case Known():
            return ("known", thing.value, thing.origin)
        case Absent():
            return ("absent", thing.origin)
        case list() | tuple():
            return [written_out(each) for each in thing]
        case dict():
            return {key: written_out(each) for key, each in thing.items()}
        case _ if is_dataclass(thing):
            return (type(thing).__name__, [written_out(getattr(thing, each.name)) for each in fields(thing)])
        case _:
            return thing


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(PLACES, st.integers(0, 12), PIECES), min_size=1, max_size=4))
def test_after_any_edits(edits: Edits) -> None:
    kept, text = Kept(), SOURCE
    with Session(kept=kept).entered():
        read_body("main.tf", text.encode())
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
        with Session(kept=kept).entered():
            found = read_body("main.tf", text.encode())
        assert told(found) == told(read_body("main.tf", text.encode()))


def test_blocks_that_stay_are_taken_over_and_others_are_moved() -> None:
    kept = Kept()
    with Session(kept=kept).entered():
        before, _ = read_body("main.tf", SOURCE.encode())
    with Session(kept=kept).entered():
        after, _ = read_body("main.tf", SOURCE.replace("a-$", "b-$").encode())

    assert [one is other for one, other in zip(before.blocks, after.blocks, strict=True)] == [True, True, False, False]
