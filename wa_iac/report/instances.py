"""Code for a resource of which `count` or `for_each` makes several: it names one of them, or is made for each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from wa_iac.core.declared import Declared
from wa_iac.core.finding import Subject
from wa_iac.core.late_pattern import late

from .written import text_at

HEADER: Final = late(r'(?m)^(?P<kind>resource|data)\s+"(?P<type>\w+)"\s+"(?P<name>[^"\n]+)"\s*\{')
"""The first line of a block of HCL."""
REPEATED: Final = late(r"(?m)^[ \t]*+(?P<by>count|for_each)[ \t]*+=[ \t]*+(?P<value>.+)$")
"""The argument that says how many instances there are."""
_INSTANCE: Final = late(r"\[([^\[\]]*)\]$")
"""The key of an instance, at the end of its address."""


def of_instance(subject: Subject, text: str, this: str) -> str:
    """Code for a resource of which `count` or `for_each` makes instances: it names one of them. A single new block is made for
    each of them, and so are several."""
    declared = subject.declared
    index = _INSTANCE.search(declared.address) if declared is not None and declared.dialect == "terraform" else None
    if index is None:
        several = declared is not None and declared.representative is not None and _is_repeated(subject, declared)
        return _repeated(text, this, declared, subject.sources) if declared is not None and several else text
    name = re.compile(rf"(?<![\w.]){re.escape(this)}(?=\.)")
    header, _, body = text.partition("\n")
    blocks = text.count("\n}") if header.startswith('resource "') and name.search(body) else 0
    if blocks > 1 and declared is not None and _varies(subject, declared):
        # A reference to one instance fails wherever the number is 0.
        return _repeated(text, this, declared, subject.sources)
    if blocks != 1:
        return name.sub(lambda found: found[0] + index[0], text)
    each, repeat = _for_each_of(this, by_number=index[1].isdigit())
    return f"{header}\n{repeat}\n\n{_named(name.sub(lambda found: found[0] + each, body), each)}"


def _varies(subject: Subject, declared: Declared) -> bool:
    """Whether an expression gives the block of a resource its number of instances, which may be 0 for others; not a number."""
    repeat = REPEATED.search(text_at(declared.extent, subject.sources))
    return repeat is not None and not repeat["value"].strip().isdigit()


def _repeated(code: str, this: str, declared: Declared, sources: Mapping[str, bytes]) -> str:
    """Code for a resource with an unknown number of instances: its blocks are made for each of them."""
    by_number = any(each["by"] == "count" for each in REPEATED.finditer(text_at(declared.extent, sources)))
    headers = list(HEADER.finditer(code))
    if f"{this}." not in code:
        return code
    if not headers or headers[0].start() > 0:
        return re.sub(rf"(?<![\w.]){re.escape(this)}(?=\.)", f"{this}[<its {'number' if by_number else 'key'}>]", code)
    each, repeat = _for_each_of(this, by_number=by_number)
    addresses = [
        ".".join(("data", *found.groups()[1:]) if found["kind"] == "data" else found.groups()[1:]) for found in headers
    ]
    for address in (this, *addresses):
        code = re.sub(rf"(?<![\w.]){re.escape(address)}(?=\.)", f"{address}{each}", code)
    return HEADER.sub(lambda found: f"{found[0]}\n{repeat}\n", _named(code, each))


def _for_each_of(this: str, *, by_number: bool) -> tuple[str, str]:
    """The key of an instance in a block that is made for each instance of `this`, and the argument that makes it so."""
    return ("[count.index]", f"  count = length({this})") if by_number else ("[each.key]", f"  for_each = {this}")


def _named(code: str, each: str) -> str:
    """The code with a name of its own for each instance that it makes, if it leaves the name to the reader."""
    return code.replace('"<a name>"', f'"<a name>-${{{each[1:-1]}}}"')


def _is_repeated(subject: Subject, declared: Declared) -> bool:
    """Whether the block itself has an unknown number of instances, not the module."""
    text = text_at(declared.extent, subject.sources)
    return declared.dialect == "terraform" and REPEATED.search(text) is not None
