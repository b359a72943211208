"""Decisions that a comment records in ordinary words: `# Log file validation was descoped (ADR-25).` They stand at the top of the file, in the
description of the template, above the resource or in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Rule

_TRANSIT: Final = r"tls|ssl|https|encryption in[- ]transit|(?:in-)?transit encryption"
_REST: Final = r"(?<!kms )(?:at[- ]rest )?encryption(?! in[- ]transit)|encrypted"
_KEY: Final = r"kms\w*|cmks?|customer[- ]managed keys?"
_BACKUPS: Final = r"backups?|snapshots?"
_LETTERS: Final = r"dead[ _-]?letter(?: queues?)?|dlqs?"
_SUBJECTS: Final[Mapping[str, str]] = {
    "-access-logging": r"access[ _-]?logg?(?:s|ing)?",
    "-flow-logs": r"flow[ _-]?logs?",
    "-versioning": r"(?:object )?versioning",
    "-dead-letter-queue": _LETTERS,
    "-dlq": _LETTERS,
    "-multi-az": r"multi[ _-]?az|stand-?by",
    "-nat-gateway-per-az": r"nat (?:gateway )?per (?:az|zone|availability zone)",
    "-deletion-protection": r"deletion[ _-]?protection",
    "-point-in-time-recovery": r"point[ -]in[ -]time recovery|pitr",
    "-waf": r"waf|web acls?",
    "-log-validation": r"(?:log[- ]?file )?(?:integrity )?validation",
    "-multi-region": r"multi[- ]?region(?: trails?)?",
    "-transit-encryption": _TRANSIT,
    "-encryption-in-transit": _TRANSIT,
    "-tls": _TRANSIT,
    "-https": _TRANSIT,
    "-log-group-encryption": _KEY,
    "-encryption-customer-key": _KEY,
    "-encryption": _REST,
    "-encryption-at-rest": _REST,
    "-key-rotation": r"(?:key )?rotation",
    "-backup-retention": _BACKUPS,
    "-automated-snapshots": _BACKUPS,
    "-snapshots": _BACKUPS,
    "-backup": _BACKUPS,
    "-backups": _BACKUPS,
    "-mfa": r"mfa|second factor",
    "-xray-tracing": r"(?:x-?ray )?tracing",
    "-control-plane-logging": r"control[- ]plane logg?(?:s|ing)?",
    "-audit-logs": r"audit[- ]logg?(?:s|ing)?",
}
"""What a comment calls what the rules with such an end of their name look for."""
_STATES: Final[Mapping[str, str]] = {
    "-multi-az": r"single[- ](?:az|zone)|(?:one|1) availability zone",
    "-nat-gateway-per-az": r"single[- ](?:az|zone)|(?:single|one|1|shared) nat",
}
"""What a comment calls it that there is no such thing."""
_CHEAP: Final = late(r"(?i)\b(?:cheap|costs?|cost[- ]\w+|budget|savings?)\b")
"""The reason for which somebody takes that."""
_WITHOUT: Final = r"\b(?:no|without|not (?:have|use|enable|add|set)|disabl\w+|omit\w*|skip\w*|drop\w*)\W+(?:[\w-]+\W+){0,2}?"
_OFF: Final = (
    r"\W+(?:[\w-]+\W+){0,3}?(?:off|disabled|omitted|skipped|unset|left (?:out|off)|not (?:enabled|used|set|configured))\b"
)
_ON_PURPOSE: Final = late(
    r"(?i)\b(?:deliberate(?:ly)?|intentional(?:ly)?|consciously|on purpose|by design|decided|decision|deferred|ADRs?[- ]?\d+)\b"
)
_DROPPED: Final = (
    r"\b(?:descoped|declined|waived|decided against|opted out|(?:risk|trade-?off)s? (?:(?:is|was|are|were) )?accepted"
    r"|accept(?:ed|s|ing)? (?:the |this |that )?(?:risk|trade-?off)s?|out of scope|not worth|overkill)\b"
)
_AT_MOST: Final = 120
"""Characters between a subject and the word that drops it, such as those of a list."""
_ASKS: Final = late(r"(?i)\b(?:todo|fixme|xxx|hack|until|no longer|should be|must be)\b")
_WORDS: Final = (
    *(
        b"descoped",
        b"declined",
        b"waived",
        b"decided",
        b"decision",
        b"opted out",
        b"accept",
        b"out of scope",
        b"not worth",
        b"overkill",
    ),
    *(b"deliberate", b"intentional", b"consciously", b"on purpose", b"by design", b"deferred", b"adr"),
    *(b"single", b"one nat", b"1 nat", b"shared nat", b"one availability zone", b"1 availability zone"),
)
_TEXT: Final = late(rb"\s*+(?:/\*(?:[^*]|\*(?!/)){0,4000}\*/|(?:(?:#|//)[^\n]*+\n){1,80})")
_HEAD: Final = late(rb"(?m)^(?:Resources|Parameters|Mappings|Conditions|Globals|Rules|Metadata|Transform):")
_LONGEST_HEAD: Final = 6_000
_ABOVE: Final = late(rb"(?:^[ \t]*+(?:#|//)[^\n]*+\n)+\Z", re.MULTILINE)
_LONGEST_ABOVE: Final = 2_500
_INSIDE: Final = late(rb"(?m)(?:^|(?<=\s))(?:#|//)[^\n]*+")
_MARKS: Final = late(r"^\s*(?:#+|//+|/?\*+/?)|`|[-=]{3,}")
_ENTRY: Final = late(r"[-*] |[\w-]+:(?:ignore|skip)\b")
_SENTENCE: Final = late(r"(?<=[.;!?])\s")


def is_decided(rule: Rule, resource: Resource | None, sources: Mapping[str, bytes]) -> bool:
    """Whether a sentence of a comment says that what a rule looks for is left out by a decision."""
    if resource is None:
        return False
    subject = _subject(rule.slug)
    if not subject:
        return False
    extent = resource.declared.extent
    source = sources.get(extent.path, b"")
    said = _said(source, extent.start_byte, extent.end_byte) if _may_record(source) else ()
    if not said:
        return False
    state_words = next((words for end, words in _STATES.items() if rule.slug.endswith(end)), "")
    said = tuple(
        each for each in said if _named(f"{subject}|{state_words}" if state_words else subject).search(each) is not None
    )
    if not said:
        return False
    off, dropped = _patterns(subject)
    state = _named(state_words) if state_words else None

    def decides(sentence: str) -> bool:
        if _ASKS.search(sentence) is not None:
            return False
        meant = _ON_PURPOSE.search(sentence) is not None
        if state is not None and state.search(sentence) is not None and (meant or _CHEAP.search(sentence) is not None):
            return True
        return dropped.search(sentence) is not None or (meant and off.search(sentence) is not None)

    return any(map(decides, said))


@lru_cache(1024)
def _subject(slug: str) -> str:
    """What a comment calls what a rule looks for; empty if it has no word for that."""
    return next((words for end, words in _SUBJECTS.items() if slug.endswith(end)), "")


@lru_cache(256)
def _said(source: bytes, begin: int, end: int) -> tuple[str, ...]:
    """The sentences with a word for a decision at the top of a file, above the resource between two places, and in it."""
    line = source.rfind(b"\n", 0, begin) + 1
    above = _ABOVE.search(source, max(0, line - _LONGEST_ABOVE), line)
    inside = b"\n".join(_INSIDE.findall(source[begin:end])) if _has_word(source[begin:end]) else b""
    return (*_in_head(source), *(_recording(above[0]) if above is not None else ()), *_recording(inside))


@lru_cache(256)
def _in_head(source: bytes) -> tuple[str, ...]:
    return _recording(_head(source))


def _recording(text: bytes) -> tuple[str, ...]:
    """The sentences of a text that have a word for a decision."""
    if not _has_word(text):
        return ()
    return tuple(each for each in _sentences(text) if _has_word(each.encode()))


def _has_word(text: bytes) -> bool:
    lower = text.lower()
    return any(each in lower for each in _WORDS)


@lru_cache(64)
def _named(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{words})\b")


@lru_cache(64)
def _patterns(subject: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a sentence says that something is not there, and that it was dropped."""
    named = rf"\b(?:{subject})\b"
    off = re.compile(rf"(?i){_WITHOUT}{named}|{named}{_OFF}")
    near = rf"[^.]{{0,{_AT_MOST}}}?"
    return off, re.compile(rf"(?i){named}{near}{_DROPPED}|{_DROPPED}{near}{named}")


@lru_cache(256)
def _may_record(source: bytes) -> bool:
    """Whether a file has a word for a decision. Most have none, and each of their findings asks."""
    return _has_word(source)


def _head(source: bytes) -> bytes:
    """The comment at the top of a file; all before the first section of a template, so its description too."""
    first = _HEAD.search(source, 0, _LONGEST_HEAD)
    if first is not None:
        return source[: first.start()]
    found = _TEXT.match(source)
    return b"" if found is None else found[0]


def _sentences(text: bytes) -> Iterator[str]:
    """The sentences of a text. An empty line ends one, and so does a new entry of a list or an order to a tool."""
    parts = [""]
    for line in text.decode("utf-8", "replace").splitlines():
        said = " ".join(_MARKS.sub(" ", line).split())
        if not said or _ENTRY.match(said) is not None:
            parts.append("")
        parts[-1] = f"{parts[-1]} {said}"
    for part in parts:
        yield from _SENTENCE.split(part)
