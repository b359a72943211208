"""Functions that encode and decode. What JSON was made of is kept beside the text, in `Origin.document`."""

from __future__ import annotations

import base64
import codecs
import csv
import hashlib
import io
import json
import re
import urllib.parse
import uuid
import zlib
from collections.abc import Callable
from typing import Final

from wa_iac.core.algebra import references, text_of
from wa_iac.core.value import Known, Tree
from wa_iac.parsers.terraform.ops import blocked
from wa_iac.parsers.terraform.run import MAX_TEXT, Blocked, Failure

from .base import Context, data, function, scalar, text, tree


def _digest(name: str, *, encoded: bool = False) -> Callable[[str], str]:
    def run(content: str) -> str:
        digest = hashlib.new(name, content.encode(), usedforsecurity=False)
        return base64.b64encode(digest.digest()).decode() if encoded else digest.hexdigest()

    return run


for _name in ("md5", "sha1", "sha256", "sha512"):
    scalar(_name, _digest(_name), text)
for _name in ("sha256", "sha512"):
    scalar(f"base64{_name}", _digest(_name, encoded=True), text)
scalar("base64decode", lambda value: base64.b64decode(value, validate=True).decode(), text)
scalar("urlencode", lambda value: urllib.parse.quote_plus(value, safe="-_.~"), text)
scalar("urldecode", lambda value: urllib.parse.unquote_plus(value, errors="strict"), text)


def _gunzip(value: str) -> str:
    stream = zlib.decompressobj(wbits=31)
    content = stream.decompress(base64.b64decode(value, validate=True), MAX_TEXT)
    if stream.unconsumed_tail:
        raise ValueError(f"it is longer than {MAX_TEXT:,} characters")
    return content.decode()


scalar("base64gunzip", _gunzip, text)
scalar("textencodebase64", lambda value, name: base64.b64encode(value.encode(_charset(name))).decode(), text, text)
scalar("textdecodebase64", lambda value, name: base64.b64decode(value, validate=True).decode(_charset(name)), text, text)


def _charset(name: str) -> str:
    """An encoding by its registered name, without the mark that Python would put before UTF-16."""
    try:
        found = codecs.lookup(name).name
    except LookupError as error:
        raise ValueError(f'there is no encoding "{name}"') from error
    return f"{found}-be" if found in ("utf-16", "utf-32") else found


_NAMESPACES: Final = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}
scalar("uuidv5", lambda space, name: str(uuid.uuid5(_NAMESPACES.get(space) or uuid.UUID(space), name)), text, text)


def as_json(content: object) -> str:
    """Plain data as `jsonencode` writes it: compact, keys in order, `<`, `>` and `&` escaped."""
    match content:
        case dict():
            return "{" + ",".join(f"{_quoted(key)}:{as_json(content[key])}" for key in sorted(content)) + "}"
        case list():
            return "[" + ",".join(as_json(item) for item in content) + "]"
        case str():
            return _quoted(content)
        case None:
            return "null"
        case _:
            return text_of(content)


def _quoted(content: str) -> str:
    written = json.dumps(content, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", written)


_ESCAPED: Final = re.compile("[<>&\u2028\u2029]")


def document(context: Context, value: Tree, encode: Callable[[object], str], name: str) -> Tree:
    """The text that encodes a tree, with the tree beside it: text with unknown parts in it is unknown, its tree is not."""
    origin = context.origin._replace(document=value, references=tuple(dict.fromkeys(references(value))))
    try:
        return Known(encode(data(value)), origin)
    except Blocked as needed:
        return blocked(context.run, needed.unknown, name, (value,), origin).at(origin)
    except (ValueError, TypeError, RecursionError) as error:
        raise Failure(f"this cannot be encoded: {error}") from error


def decoded(context: Context, value: Tree, decode: Callable[[str], object]) -> Tree:
    """What a text encodes: the tree kept beside it, or its content parsed."""
    kept = value.origin.document
    if isinstance(kept, Known):
        return kept
    content = text(value)
    try:
        result = decode(content)
    except (ValueError, RecursionError) as error:
        raise Failure(f"this cannot be decoded: {error}") from error
    return tree(result, context.origin)


@function("base64encode", eager=True)
def _base64encode(context: Context, value: Tree) -> Tree:
    """What it encodes stays readable beside it: rules look into start-up scripts, which mostly have unknown pieces."""

    def encode(content: object) -> str:
        if isinstance(content, (list, dict)) or content is None:
            raise TypeError("a string is needed")
        return base64.b64encode(text_of(content).encode()).decode()

    return document(context, value, encode, "base64encode")


@function("jsonencode", eager=True)
def _jsonencode(context: Context, value: Tree) -> Tree:
    return document(context, value, as_json, "jsonencode")


@function("jsondecode", eager=True)
def _jsondecode(context: Context, value: Tree) -> Tree:
    return decoded(context, value, json.loads)


@function("yamlencode", eager=True)
def _yamlencode(context: Context, value: Tree) -> Tree:
    from .yaml_text import to_yaml

    return document(context, value, to_yaml, "yamlencode")


@function("yamldecode", eager=True)
def _yamldecode(context: Context, value: Tree) -> Tree:
    from .yaml_text import from_yaml

    return decoded(context, value, from_yaml)


@function("csvdecode")
def _csvdecode(context: Context, value: Tree) -> Tree:
    header, *rows = list(csv.reader(io.StringIO(text(value)))) or [[]]
    if not header or len(set(header)) != len(header):
        raise Failure("the first line does not name the columns, each once")
    if any(len(row) != len(header) for row in rows if row):
        raise Failure("a line has another number of fields than the first")
    return tree([dict(zip(header, row, strict=True)) for row in rows if row], context.origin)
