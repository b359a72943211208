"""Code for the inside of a document that a resource has as a text: a part of a policy, in the spelling of its place, or of another JSON."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from wa_iac.core.finding import Finding, Subject
from wa_iac.core.late_pattern import late
from wa_iac.core.remedy import Remedy

from . import snippets
from .code_parts import is_added, parts_of
from .snippets import Code
from .written import text_at

FOLLOWING: Final = 1_000
"""Bytes of a statement or a block that is in no resource that we know."""
_PRECEDING: Final = 20_000
"""Bytes before an element of a list, in which the key of the list is: some lists name all actions of a pipeline."""
_IN_A_POLICY: Final = late(r'"?(?:Not|not_)?(Action|Principal|Resource|Effect|actions|principals|resources|statement)\b')
_PART_OF_A_POLICY: Final = late(_IN_A_POLICY.pattern + r'"?\s*[:=]')
"""The key of the list in which an element is written."""
_IS_WRITTEN: Final = late(r'(?:"\w+"|\w+)\s*[:={]')
_TEXT: Final = late(r'\w*polic\w*\s*=\s*(?:<<|"|(?:base64decode\()?(?:template)?file\()')
"""An argument with a document that is written as a text."""
_IN_A_FILE: Final = late(
    r'\w+\s*=\s*(?:"\$\{\s*)?(?:base64decode\()?(?:template)?file\((?:\s*"(?:\$\{path\.module\}/)?(?P<file>[\w./-]+)"(?=\s*[,)]))?'
)
"""An argument whose text is that of a file of its own, which no reference to a resource is filled into."""
_DOCUMENT: Final = late(
    r'(?P<name>\w+)\s*=\s*(?:(?P<text><<-?\w+\s*[\[{]|"\s*[\[{])|(?:"\$\{\s*)?(?:template)?file\((?:\s*"(?:\$\{path\.module\}/)?(?P<file>[\w./-]+)")?)'
)
"""An argument with a document of JSON that is written as a text or in a file of its own."""
_COMPUTED: Final = late(r"(?P<name>container_definitions)\s*=\s*(?!\[)")
"""An argument with a document that an expression makes, so that the places of its parts are lost."""
_IN_YAML: Final = late(r"""(?P<name>\w+)\s*:\s*(?P<fills>!Sub\s*|Fn::Sub\s*:\s*)?(?:[|>][-+\d]*\s*\n\s*|'\s*|"\s*)[\[{]""")
"""A property of a template in YAML with a document of JSON that is written as a text; `fills` if its references are filled in."""
_DYNAMIC: Final = late(r'dynamic\s+"(?P<name>\w+)"\s*\{\s*for_each\s*=(?P<source>[^\n]+)')


_REFERENCE: Final = late(r"\$\{<([^<>]+)>(?:\.(\w+))?\}")
"""A reference to what the reader fills in."""


class Part(NamedTuple):
    """A part of a document, its language, and a sentence on its place, if one is needed."""

    text: str
    language: str
    place: str = ""


def policy_part(finding: Finding, subject: Subject, remedy: Remedy) -> Part | None:
    """A part of a policy statement in the spelling of the place: that of JSON in a text, of `jsonencode`, or of
    `aws_iam_policy_document`. None if it is no such part."""
    if not isinstance(remedy.cfn, str):
        return None
    span = finding.span
    text = text_at(span, subject.sources)
    found = _IN_A_POLICY.match(text)
    if found is None and text.startswith("{"):  # A whole statement, whose parts follow.
        within = text_at(span._replace(end_byte=span.start_byte + FOLLOWING), subject.sources)
        found = next(_PART_OF_A_POLICY.finditer(within), None)
    if found is None and _IS_WRITTEN.match(text) is None:
        before = span._replace(start_byte=span.start_byte - _PRECEDING, end_byte=span.start_byte)
        found = next(reversed([*_PART_OF_A_POLICY.finditer(text_at(before, subject.sources))]), None)
    texts = (text, *(text_at(each.span, subject.sources) for each in finding.chain)) if found is None else ()
    if found is None and not any(map(_TEXT.match, texts)):
        return None
    spelling: snippets.Spelling = "json" if found is None else "jsonencode" if found[1][0].isupper() else "document"
    part = snippets.statement(remedy.cfn, spelling)
    if not part:
        return None
    apart = next(filter(None, map(_IN_A_FILE.match, texts)), None) if spelling == "json" else None
    if apart is None:
        return Part(part, "json" if spelling == "json" else "hcl")
    return Part(_filled_by_hand(part), "json", f"In the file {apart['file']}:" if apart["file"] else "")


def template_part(finding: Finding, subject: Subject, remedy: Remedy) -> Part | None:
    """A part of a policy statement for a template in YAML that has the policy as a text of JSON. None if it is no such part or place."""
    if not isinstance(remedy.cfn, str):
        return None
    span = finding.span
    found = _IN_YAML.match(text_at(span._replace(end_byte=span.start_byte + FOLLOWING), subject.sources))
    part = snippets.statement(remedy.cfn, "text") if found is not None else ""
    if found is None or not part:
        return None
    if found["fills"] is None:
        part = _filled_by_hand(part)
    return Part(part, "json", f"In the JSON of `{found['name']}`:")


def _filled_by_hand(part: str) -> str:
    """Code for a place that takes no references: the reader writes what they stand for."""
    made = _REFERENCE.sub(lambda each: f"<{each[1]}'s {each[2]}>" if each[2] else f"<{each[1]}>", part)
    return made.replace("'s arn>", "'s ARN>")


def dynamic_part(finding: Finding, subject: Subject, part: str) -> str:
    """A sentence on the dynamic block that writes a part of the statement which begins at the place; empty if none does."""
    span = finding.span
    text = text_at(span._replace(end_byte=span.start_byte + FOLLOWING), subject.sources)
    found = _DYNAMIC.search(text)
    if found is None or not part.startswith(found["name"]) or "\n  }\n" in text[: found.start()]:
        return ""
    line = span.start_line + text.count("\n", 0, found.start())
    return f'A dynamic block writes "{found["name"]}" ({span.path}:{line}) from {found["source"].strip()}: change that, so that this results:'


def document_part(finding: Finding, subject: Subject, code: Code) -> Part | None:
    """Code for the inside of a JSON document that is the value of an argument, in JSON, or in HCL if an expression makes it. None if it is
    not for such a place."""
    spans = (finding.span, *(each.span for each in finding.chain))
    found = next(filter(None, (_DOCUMENT.match(text_at(each, subject.sources)) for each in spans)), None)
    computed = _COMPUTED.match(text_at(finding.span, subject.sources)) if found is None else None
    if computed is not None:
        return Part(code.text, "hcl", f"In the object of the container that `{computed['name']}` is made from:")
    if found is None or is_added(code.text) or found["name"] in {each.name for each in parts_of(code.text)}:
        return None
    made = snippets.document(code.text)
    if found["text"] is None:
        made = re.sub(r"\$\{(<[^<>]+>)[.\w]*\}", r"\1", made)  # A file is not the place of a reference.
    within = f" (the file {found['file']})" if found["file"] else ""
    what = "In" if within.endswith((".yaml)", ".yml)")) else "In the JSON of"
    also = ", which takes JSON too" if what == "In" else ""
    return Part(made, "json", f"{what} `{found['name']}`{within}{also}:") if made else None
