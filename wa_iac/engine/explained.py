"""Decisions that the author explains: a comment beside a written argument gives the reason for its value, or one says that an argument is
left out on purpose."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Rule
from wa_iac.core.span import NOWHERE
from wa_iac.core.value import Absent

from .decided import is_decided
from .waived import is_waived

_KEY: Final = late(rb"(?:- )?[\"']?[\w.-]++[\"']?\s*+[=:]\s*+[\[\"'(]*+\s*+(?:![\w:]++\s*+)?")
"""What stands before a value on its line: the name of its argument."""
_BEHIND: Final = late(rb"[\s\])}\"',]*(?:(?<=\s)#|//)(.*)")
_ABOVE: Final = late(rb"(?:#|//)(.*)")
_PAIR: Final = late(
    rb"^(?P<at>[ \t]*)(?:#|//)(?P<comment>[^\n]*)\n(?P<header>[ \t]*)\w+ \{[ \t]*\n(?:[ \t]*\w+[ \t]*=[^\n{}]*\n){1,3}\Z",
    re.MULTILINE,
)
"""What stands before the value of a block of a name and a value: `parameter { name = "tls" ...`, with a comment above it."""
_LONGEST_PAIR: Final = 500
_HEADER: Final = late(rb"(?P<indentation>[ \t]+)(?:\w+ \{|[\w-]+:)[ \t]*")
"""The first line of a block or an object without a label, inside of something else."""
_WORD: Final = late(r"[^\W\d_][\w'-]*")
_LEAST: Final = 3
_ADDRESS: Final = late(r"\w+://\S*+")
_REASON: Final = late(
    r"""\b(?:because|since|so\sthat|otherwise|until|unless|reason|by\sdesign|on\spurpose|intention(?:al(?:ly)?)?|deliberate(?:ly)?)\b
    |(?<!-)\b(?:cannot|unable|without|only|must|needs?|needed|required|unnecessary|requires?)\b
    |\b(?:is|are|do|does|can|will|should|has|have|was)(?:\s?n[o']t|\snot)\b|\bn[o']t\s(?:needed|required|supported|possible|necessary)\b
    |\b(?:true|false|on|off|enabled|disabled)\s(?:only\s)?in\s(?:staging|prod(?:uction)?)\b
    |\bno\sneed\b|\b(?:to|for)\s(?:avoid|allow|support|keep|save|prevent|reduce|now|cost|costs)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A word by which a comment gives a reason, and does not only say what the line does."""
_NO_REASON: Final = late(
    r"""^[\w."-]+\s*=                     # a commented-out argument of Terraform
    |^["']?[\w.-]+["']?:\s*+(?:\S+)?$     # and one of a template
    |^-\s|[{\[(,]$|^[}\])]                # parts of code
    |^\w+\s+"[^"]*"
    |^["'\w.-]+(?:\s*\|\s*["'\w.-]+)+$   # a list of the values that are possible
    |\b(?:wa-iac|checkov|tfsec|trivy|tflint|kics|terrascan|cfn[_-](?:lint|nag)|nosec|noqa|nosemgrep|semgrep|snyk|ts):?
    |\b(?:auto-?generated|generated\sby|do\snot\sedit|managed\sby|pragma)\b
    |\b(?:todo|fixme|xxx|hack)\b          # what asks for a change
    |\b(?:change|replace|set|switch|turn|enable|update)\s(?:this|it|to|on|me)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A comment that is code, an order to a tool, or asks for a change."""
_CHANGE: Final = late(r"\b(?:todo|fixme|xxx|hack)\b", re.IGNORECASE)
_PURPOSE: Final = late(
    r"(?i)\b(?:intentional(?:ly)?|deliberate(?:ly)?|on purpose|by design)\b"
    r"|\b(?:remov|omitt?|dropp?)(?:ed|ing)\b.*\bto (?:avoid|prevent)\b|\bleft out\b.*\bto (?:avoid|prevent)\b"
)
_RULES: Final = frozenset(
    {
        *("aws_security_group_rule", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"),
        *("AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress"),
    }
)
"""Resources that are one rule of a security group: what is said of them as a whole is said of that."""
_WHY: Final = late(r"(?i)\b(?:the reason|because|intentional(?:ly)?|deliberate(?:ly)?|on purpose|by design)\b")
_PURPOSE_BYTES: Final = (b"intentional", b"deliberate", b"on purpose", b"by design", b"to avoid", b"to prevent")
_TOP: Final = late(rb"\s*+(?:/\*(?:[^*]|\*(?!/)){0,4000}\*/|(?:(?:#|//)[^\n]*+\n){1,60})")
"""The comment at the top of a file."""
_ABOVE_BLOCK: Final = late(rb"(?:/\*(?:[^*]|\*(?!/))*\*/\s*|(?:^[ \t]*+(?:#|//)[^\n]*+\n)+)\Z", re.MULTILINE)
_INSIDE: Final = late(rb"(?m)(?:^|(?<=\s))(?:#|//)[^\n]*+")
_LONGEST_TOP: Final = 2_000
_NAME: Final = late(r"(?m)^([\w-]+)(?:\s*=|:)")
_MARKS: Final = str.maketrans(dict.fromkeys("#*`", " "))
_SENTENCE: Final = late(r"(?<=[.;!?])\s")
_STAND_IN: Final = late(
    r"\b(?:dummy|placeholder|fake|unused|never\s(?:used|reached?|called)|not\s(?:used|reached|called))\b", re.IGNORECASE
)
"""What is said of something that is only there for the form."""
_STAND_IN_WORDS: Final = (b"dummy", b"placeholder", b"fake", b"unused")
_NOT_USED: Final = late(rb"n(?:ever|ot)\W{1,200}(?:used|reach|called)")
_MOST_BLOCKS: Final = 3
"""Blocks around an argument whose comments are looked at."""
_MOST_LINES: Final = 8
"""Lines of a comment above an argument that are looked at."""


def said_of(flag: Flag, rule: Rule, resource: Resource | None, sources: Mapping[str, bytes]) -> str:
    """A sentence on the comment by which the author has decided about a fault; empty if there is none."""
    if is_explained(flag, sources) or _is_rule_with_reason(resource, sources):
        return "A comment beside it gives a reason."
    waived = (
        is_waived(rule, resource, sources)
        or is_left_out_on_purpose(flag, rule, resource, sources)
        or is_decided(rule, resource, sources)
    )
    return "A comment says that this is on purpose." if waived else ""


def is_explained(flag: Flag, sources: Mapping[str, bytes]) -> bool:
    """Whether a comment on the line of the value at fault, or in the lines of comments above with the same indentation, gives a reason
    for it.
    The lines above a block that holds nothing else count also, the line above a block of a name and a value, and what is said above a block of a
    resource that is only there for the form."""
    origin = flag.origin
    if origin.how != "explicit" or origin.span == NOWHERE:
        return False
    span = origin.chain[-1].span if origin.chain else origin.span
    source = sources.get(span.path)
    if source is None or span.start_line != span.end_line or span.end_byte <= span.start_byte:
        return False
    begin = source.rfind(b"\n", 0, span.start_byte) + 1
    before = source[begin : span.start_byte]
    code = before.lstrip()
    if not _KEY.fullmatch(code):
        # The place of an argument of Terraform has its name, and that of a block is its header, which has no value.
        named = _KEY.match(source[span.start_byte : span.end_byte])
        if code.strip(b"- ") or named is None or named.end() == span.end_byte - span.start_byte:
            return False
    end = source.find(b"\n", span.end_byte)
    behind = _BEHIND.match(source[span.end_byte : len(source) if end < 0 else end])
    if behind is not None and _gives_reason(behind[1]):
        return True
    if _is_reasoned(_comments_above(source, begin, before[: len(before) - len(code)])):
        return True
    if _may_have_stand_in(source) and _is_in_stand_in(source, begin, len(before) - len(code)):
        return True
    begin_of_block = source.rfind(b"\n", 0, max(begin - 1, 0)) + 1
    header = _HEADER.fullmatch(source, begin_of_block, max(begin - 1, begin_of_block))
    if (
        # What is said of a block that holds only the value is said of the value.
        header is not None
        and _ends_after(source, end, header["indentation"])
        and _is_reasoned(_comments_above(source, begin_of_block, header["indentation"]))
    ):
        return True
    pair = (
        _PAIR.search(source, max(0, begin - _LONGEST_PAIR), begin)
        if (code or source[span.start_byte : span.end_byte]).startswith(b"value")
        else None
    )
    return pair is not None and pair["at"] == pair["header"] and _gives_reason(pair["comment"])


def _is_rule_with_reason(resource: Resource | None, sources: Mapping[str, bytes]) -> bool:
    """Whether the comment directly above a rule of a security group says why it is there."""
    if resource is None or resource.declared.type not in _RULES:
        return False
    extent = resource.declared.extent
    source = sources.get(extent.path, b"")
    line = source.rfind(b"\n", 0, extent.start_byte) + 1
    found = _ABOVE_BLOCK.search(source, max(0, line - _LONGEST_TOP), line)
    said = "" if found is None else " ".join(found[0].decode("utf-8", "replace").translate(_MARKS).split())
    return _WHY.search(said) is not None and _CHANGE.search(said) is None


@lru_cache(256)
def _may_say_so(source: bytes) -> bool:
    """Whether a file has one of the words for a purpose. Most have none, and each of their findings asks."""
    text = source.lower()
    return any(each in text for each in _PURPOSE_BYTES)


def is_left_out_on_purpose(flag: Flag, rule: Rule, resource: Resource | None, sources: Mapping[str, bytes]) -> bool:
    """Whether a comment at the top of the file, above the resource or in it says that an argument is missing on purpose: it names the one
    that the remedy adds, which is not written, and says so in the same sentence."""
    if resource is None:
        return False
    declared = resource.declared
    source = sources.get(declared.extent.path)
    if source is None or not _may_say_so(source):
        return False
    body = declared.body.value
    names = [each for each in _added(flag, rule, resource) if isinstance(body.get(each, Absent()), Absent)]
    if not names:
        return False
    asked = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-])")
    begin, end = declared.extent.start_byte, declared.extent.end_byte
    line = source.rfind(b"\n", 0, begin) + 1
    texts = (_TOP.match(source), _ABOVE_BLOCK.search(source, max(0, line - _LONGEST_TOP), line))
    inside = b"\n".join(_INSIDE.findall(source[begin:end]))
    for text in (*(each[0] for each in texts if each is not None), inside):
        said = " ".join(text.decode("utf-8", "replace").translate(_MARKS).split())
        if any(asked.search(each) and _PURPOSE.search(each) for each in _SENTENCE.split(said)):
            return True
    return False


def _added(flag: Flag, rule: Rule, resource: Resource) -> list[str]:
    """The names at the top level of what the remedy of a finding writes, and those in the block for the lifecycle."""
    remedy = flag.instead or rule.remedy
    if isinstance(remedy, str):
        return []
    snippet = remedy.snippet(resource.dialect, resource.declared.made_from or resource.declared.type)
    if isinstance(snippet, str):
        return _NAME.findall(snippet)
    inner = snippet.get("lifecycle")
    return [*snippet, *(inner if isinstance(inner, dict) else ())]


@lru_cache(256)
def _may_have_stand_in(source: bytes) -> bool:
    """Whether a file has a word of those that are said of something that is only there for the form."""
    text = source.lower()
    return any(each in text for each in _STAND_IN_WORDS) or _NOT_USED.search(text) is not None


def _is_in_stand_in(source: bytes, begin: int, depth: int) -> bool:
    """Whether a comment above a block around the line that begins at `begin`, which is indented by `depth`, says that the block is only there
    for the form: a dummy origin that no request reaches."""
    blocks = 0
    while begin > 0 and depth > 0 and blocks < _MOST_BLOCKS:
        start = source.rfind(b"\n", 0, begin - 1) + 1
        line = source[start : begin - 1]
        indented = len(line) - len(line.lstrip())
        if line.strip() and indented < depth:
            depth, blocks = indented, blocks + 1
            lines = _comments_above(source, start, line[:indented])
            text = " ".join(each.decode("utf-8", "replace") for each in lines)
            if indented and _STAND_IN.search(text) is not None and not _CHANGE.search(text):
                return True
        begin = start
    return False


def _comments_above(source: bytes, begin: int, indentation: bytes) -> list[bytes]:
    """The lines of the comment above a line that begins at `begin`, with the same indentation."""
    found: list[bytes] = []
    while begin > 0 and len(found) < _MOST_LINES:
        start = source.rfind(b"\n", 0, begin - 1) + 1
        above = source[start : begin - 1]
        comment = _ABOVE.match(above.removeprefix(indentation)) if above.startswith(indentation) else None
        if comment is None:
            break
        found.append(comment[1])
        begin = start
    return found


def _ends_after(source: bytes, end: int, indentation: bytes) -> bool:
    """Whether a block with this indentation has nothing after the line that ends at `end`."""
    if end < 0:
        return True
    stop = source.find(b"\n", end + 1)
    line = source[end + 1 : len(source) if stop < 0 else stop]
    return line.strip() == b"}" or len(line) - len(line.lstrip()) <= len(indentation)


def _is_reasoned(lines: list[bytes]) -> bool:
    """Whether a line of a comment gives a reason, and none of them asks for a change."""
    return any(map(_gives_reason, lines)) and not any(_CHANGE.search(each.decode("utf-8", "replace")) for each in lines)


def _gives_reason(comment: bytes) -> bool:
    text = comment.decode("utf-8", "replace").strip().lstrip("#/ ")
    return (
        _REASON.search(text) is not None
        and _NO_REASON.search(text) is None
        and len(_WORD.findall(_ADDRESS.sub("", text))) >= _LEAST
    )
