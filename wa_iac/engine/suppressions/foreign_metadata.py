"""Entries for other analyzers in the metadata of CloudFormation templates: Guard, Checkov, cfn_nag, cdk-nag, and what a CDK program
has acknowledged."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from wa_iac.core.binding import elements
from wa_iac.core.declared import Declared
from wa_iac.core.finding import Suppression
from wa_iac.core.late_pattern import late
from wa_iac.core.rule import Rule
from wa_iac.core.value import Known, Tree, plain

_GUARD: Final = [
    f"{guard}.{rules}[]"
    for guard in ("guard", "Guard")
    for rules in (
        "SuppressedRules",
        "suppressedRules",
        "suppressed_rules",
        "suppressed-rules",
        "Suppressed-Rules",
        "Suppressed Rules",
    )
]
"""Guard finds a key that is written in another of its case styles."""

_KEYS: Final = frozenset({"guard", "Guard", "checkov", "bridgecrew", "cfn_nag", "cdk_nag"})
"""Metadata without one of these keys has no such entries."""
_QUALIFIED: Final = late(r"(?:[\w.-]+::)?(?P<rule>[\w.-]+)(?:\[(?P<finding>[^\r\n]*)\])?")
"""An id of cdk-nag 3: with the pack before it, and with a single finding in brackets after it."""
_PATTERN: Final = late(r"/(?P<pattern>.*)/(?P<flags>[a-z]*)", re.DOTALL)


class _Entry(NamedTuple):
    """`findings` say which single findings it covers; None if it covers all of the rule. `name` is the id without the name of the pack."""

    id: str
    reason: str
    findings: Callable[[str], bool] | None = None
    name: str = ""

    def is_of(self, wanted: Sequence[str]) -> bool:
        return self.id in wanted or (self.name != "" and self.name in wanted)


def in_metadata(rule: Rule, declared: Declared, template: Tree | None, about: Sequence[str]) -> Suppression | None:
    """The suppression of an equivalent of a rule in the metadata of a resource, or of its template.

    `about` are the single findings, as cdk-nag names them, that the finding covers.
    """
    metadata = declared.attributes.get("Metadata")
    for tool, entries in _entries(metadata, template, declared.acknowledged, single=bool(about)):
        wanted = rule.equivalents.get(tool, ())
        found = [each for each in entries if each.is_of(wanted)] if wanted else []
        if whole := next((each for each in found if each.findings is None), None):
            return Suppression(whole.reason or f"suppressed for {tool}", "metadata")
        single = [[each for each in found if each.findings is not None and each.findings(name)] for name in about]
        if single and all(single):
            return Suppression(single[0][0].reason or f"suppressed for {tool}", "metadata")
    return None


def _entries(
    metadata: Tree | None, template: Tree | None, acknowledged: Mapping[str, str], *, single: bool
) -> Iterator[tuple[str, Iterator[_Entry]]]:
    """The entries for each tool. An acknowledged rule does not cover its single findings: each is acknowledged by itself."""
    metadata, template = _with_entries(metadata), _with_entries(template)
    if metadata is not None:
        yield "guard", (_Entry(name, "") for path in _guard_paths(metadata) for name in _texts(metadata, path))
        for key in ("checkov", "bridgecrew"):
            yield "checkov", (_Entry(each["id"], _reason(each, "comment")) for each in _objects(metadata, f"{key}.skip[]"))
        yield (
            "cfn_nag",
            (_Entry(each["id"], _reason(each, "reason")) for each in _objects(metadata, "cfn_nag.rules_to_suppress[]")),
        )
    for source in (metadata, template):
        if source is not None:
            yield "cdk_nag", (entry for each in _objects(source, "cdk_nag.rules_to_suppress[]") if (entry := _nag(each)))
    if acknowledged:
        found = (_nag({"id": name, "reason": reason}) for name, reason in acknowledged.items())
        yield "cdk_nag", (each for each in found if each is not None and not (single and each.findings is None))


def _with_entries(metadata: Tree | None) -> Tree | None:
    """The metadata, if it may have entries for other analyzers."""
    match metadata:
        case Known(dict() as members) if _KEYS.isdisjoint(members):
            return None
        case _:
            return metadata


def _guard_paths(metadata: Tree) -> Sequence[str]:
    """The places of Guard's entries. Nearly all metadata has none."""
    match metadata:
        case Known(dict() as members) if "guard" not in members and "Guard" not in members:
            return ()
        case _:
            return _GUARD


def _texts(tree: Tree, path: str) -> Iterator[str]:
    yield from (text for each in elements(tree, path) if isinstance(text := plain(each), str))


def _objects(tree: Tree, path: str) -> Iterator[dict[str, Any]]:
    """The objects in a list that have an id."""
    for each in elements(tree, path):
        entry = plain(each)
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            yield entry


def _reason(entry: Mapping[str, Any], key: str) -> str:
    reason = entry.get(key)
    return reason.strip() if isinstance(reason, str) else ""


def _nag(entry: Mapping[str, Any]) -> _Entry | None:
    """An entry of cdk-nag. What it applies to are texts, or regular expressions as JavaScript writes them."""
    name = _QUALIFIED.fullmatch(entry["id"])
    if name is None:
        return None
    reason = _reason(entry, "reason")
    if entry.get("is_reason_encoded") is True:
        reason = _decoded(reason)
    # Several packs have the same rule, each under its own name: `NIST.800.53.R5-S3BucketVersioningEnabled`.
    rule, own = name["rule"], name["rule"].rpartition("-")[2]
    if (finding := name["finding"]) is not None:
        return _Entry(rule, reason, lambda other: other == finding, own)
    applies_to = entry.get("applies_to")
    if applies_to is None:
        return _Entry(rule, reason, name=own)
    listed = applies_to if isinstance(applies_to, list) else []
    return _Entry(rule, reason, lambda other: any(_covers(each, other) for each in listed), own)


def _covers(written: object, finding: str) -> bool:
    match written:
        case str():
            return written == finding
        case {"regex": str() as text} if (found := _PATTERN.fullmatch(text)) is not None:
            import re2

            options = re2.Options()
            options.log_errors = False
            options.case_sensitive = "i" not in found["flags"]
            try:
                return re2.compile(found["pattern"], options).search(finding) is not None
            except re2.error:
                return False
        case _:
            return False


def _decoded(reason: str) -> str:
    try:
        return base64.b64decode(reason, validate=True).decode()
    except (binascii.Error, ValueError):
        return reason
