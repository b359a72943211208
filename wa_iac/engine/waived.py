"""Comments above a resource by which its author waives what protects it: `# No access logs: the bucket behind it keeps its own`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Rule

_SUBJECTS: Final[Mapping[str, re.Pattern[str]]] = {
    "-access-logging": late(r"(?i)\baccess[ _-]?logg?(?:s|ing)?\b"),
    "-flow-logs": late(r"(?i)\bflow[ _-]?logs?\b"),
    "-versioning": late(r"(?i)\bversion(?:s|ing)\b"),
    "-dead-letter-queue": late(r"(?i)\b(?:dead[ _-]?letter|dlqs?)\b"),
    "-dlq": late(r"(?i)\b(?:dead[ _-]?letter|dlqs?)\b"),
    "-multi-az": late(r"(?i)\b(?:multi[ _-]?az|stand-?by)\b"),
    "-deletion-protection": late(r"(?i)\bdeletion[ _-]?protection\b"),
    "-point-in-time-recovery": late(r"(?i)\b(?:point[ -]in[ -]time|pitr)\b"),
    "-waf": late(r"(?i)\b(?:waf|web acl)\b"),
}
"""What a comment calls what the rules with such an end of their name look for."""
_WAIVED: Final = late(
    r"(?i)\b(?:is|are|does|do)(?:\snot|n[o']t)\s(?:needed|need|required|require|necessary|worth|wanted|cost[ -]effective|used)\b"
    r"|\b(?:no|not)\s(?:needed|required|necessary|worth|wanted|cost[ -]effective|need)\b|\bunnecessary\b|\bwaived?\b"
    r"|\b(?:managed|handled|kept|collected|configured|done)\s(?:separately|elsewhere|by\s|via\s|in\s)"
    r"|\b(?:skipped|omitted|disabled|left\sout|turned\soff)\b|\b(?:intentional(?:ly)?|deliberate(?:ly)?|on\spurpose|by\sdesign)\b"
    r"|^no\s(?!longer\b)"
)
_ASKS: Final = late(r"(?i)\b(?:todo|fixme|xxx|hack|should|must|until|enabled?|add)\b")
"""A comment that asks for a change, or says that it is there."""
_TOOL: Final = late(r"^(?:[\w-]+:(?:ignore|skip)[:=]?[\w,*-]*+:?\s*)+")
_ABOVE: Final = late(rb"(?:^[ \t]*+(?:#|//)[^\n]*+\n)+\Z", re.MULTILINE)
_MOST: Final = 1_500
"""Bytes above a resource that are looked at."""


def is_waived(rule: Rule, resource: Resource | None, sources: Mapping[str, bytes]) -> bool:
    """Whether the comment directly above a resource waives what a rule looks for, in one line or one sentence."""
    subject = next((pattern for end, pattern in _SUBJECTS.items() if rule.slug.endswith(end)), None)
    if subject is None or resource is None:
        return False
    extent = resource.declared.extent
    source = sources.get(extent.path, b"")
    line = source.rfind(b"\n", 0, extent.start_byte) + 1
    found = _ABOVE.search(source, max(0, line - _MOST), line)
    return found is not None and any(
        subject.search(each) and _WAIVED.search(each) and not _ASKS.search(each)
        for each in _said(found[0].decode("utf-8", "replace"))
    )


def _said(comment: str) -> Iterator[str]:
    """The reasons beside orders to tools, and the sentences of the other lines, which may go on in the next line."""
    lines = [each.strip().lstrip("#/ ") for each in comment.splitlines()]
    yield from (_TOOL.sub("", each) for each in lines if _TOOL.match(each))
    yield from re.split(r"(?<=[.;!?])\s", " ".join(each for each in lines if not _TOOL.match(each)))
