"""Distinguishes templates from other YAML and JSON by their content, not by the file's name."""

from __future__ import annotations

import codecs
import re
from typing import Final

from wa_iac.core.files import is_utf16, unmarked_utf16
from wa_iac.core.late_pattern import late

from .located import MapNode, Node, ScalarNode

_VERSION: Final = b"AWSTemplateFormatVersion"
_RESOURCES: Final = b"Resources"
_TYPES: Final = (b"AWS:", b"Custom:", b"Alexa:")
"""The beginnings of types, also of misspelled ones: a file in which every type is misspelled is a broken template."""

# Each pattern begins with its word, which the regex engine finds at memory speed; the look-behind then checks the text before
# the word. An escaped key inside a string (`\"Resources\":`) does not match.
_KEY: Final = {word: re.compile(word + rb"""(?<=[\s"'{,\xbf]""" + word + rb""")["']?\s*:""") for word in (_VERSION, _RESOURCES)}
_ESCAPED: Final = late(rb"\\(?:u00|x)(3[aA]|[46][1-9a-fA-F]|[57][0-9aA])")
"""A letter or a colon, in the spellings of JSON and YAML strings. Quotes stay as they are."""
_AT_LINE_START: Final = late(rb"""^(?:\xef\xbb\xbf)?["']?(?:AWSTemplateFormatVersion|Resources)["']?[ \t]*:""", re.MULTILINE)
_LIKE_A_TYPE: Final = late(r"\w+::|(?:AWS|Custom|Alexa):")
_COMMENTS: Final = late(rb"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
"""The comments before a document. JSON has none, and CloudFormation refuses them."""


def recognise(data: bytes) -> bool:
    """Whether a file may be a template: it has a key `AWSTemplateFormatVersion`, or `Resources` and the name of a type.

    A cheap test of the bytes, with false positives but no false negatives; `is_template` decides.
    """
    data = _utf8(data)
    return _is_marked(data) or (
        (b"\\u00" in data or b"\\x" in data) and _is_marked(_ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data))
    )


def _is_marked(data: bytes) -> bool:
    return _has_key(data, _VERSION) or (_has_key(data, _RESOURCES) and any(name in data for name in _TYPES))


def claims_to_be_template(data: bytes) -> bool:
    """Whether a recognised file that cannot be read is a broken template, rather than a file that contains one.

    The marks are at the start of a line in YAML, and anywhere in a JSON object.
    """
    return begins_as_json(data) or _AT_LINE_START.search(_utf8(data)) is not None


def begins_as_json(data: bytes) -> bool:
    """Whether a file begins with an object of JSON, perhaps after comments."""
    data = _utf8(data).removeprefix(codecs.BOM_UTF8)
    begin = _COMMENTS.match(data, 0, 4096)
    return data.startswith(b"{", begin.end() if begin else 0)


def is_template(root: Node) -> bool:
    """Whether a document's top level is a template's."""
    if not isinstance(root, MapNode):
        return False
    if "AWSTemplateFormatVersion" in root.entries:
        return True
    resources = root.entries.get("Resources")
    if resources is None or not isinstance(resources.value, MapNode):
        return False
    # An include may contain all resources.
    return (
        "Transform" in root.entries
        or "Fn::Transform" in resources.value.entries
        or any(_is_resource(entry.value) for entry in resources.value.entries.values())
    )


def may_be_template(root: Node) -> bool:
    """Whether a document that is used as a template is one, even without a resource of a named type."""
    return is_template(root) or (isinstance(root, MapNode) and isinstance(_resources(root), MapNode))


def _resources(root: MapNode) -> Node | None:
    entry = root.entries.get("Resources")
    return None if entry is None else entry.value


def _is_resource(node: Node) -> bool:
    if not isinstance(node, MapNode):
        return False
    kind = node.entries.get("Type") or node.entries.get("type")
    return kind is not None and isinstance(kind.value, ScalarNode) and _LIKE_A_TYPE.match(kind.value.text) is not None


def _has_key(data: bytes, word: bytes) -> bool:
    if data.startswith(word):
        return True
    return word in data and _KEY[word].search(data) is not None


def _utf8(data: bytes) -> bytes:
    """The text in UTF-8, if it is in UTF-16."""
    codec = "utf-16" if is_utf16(data) else unmarked_utf16(data)
    return data if codec is None else data.decode(codec, "replace").encode()
