"""Functions that encode and decode. The source of a JSON text is kept in `Origin.document`."""

from __future__ import annotations

import base64
import codecs
import csv
import hashlib
import io
import json
import urllib.parse
import uuid
import zlib
from collections.abc import Callable
from typing import Final, NoReturn

from wa_iac.core.algebra import references, text_of
from wa_iac.core.coerce import marked, with_pieces
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import identity_of
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import ListItems, blocked, lifted
from wa_iac.parsers.terraform.evaluation.unit import MAX_TEXT, Blocked, Failure

from .base import Context, bounded, data, function, items, scalar, text, too_long, tree


def _digest(name: str, *, encoded: bool = False) -> Callable[[str], str]:
    def run(content: str) -> str:
        digest = hashlib.new(name, content.encode(), usedforsecurity=False)
        return base64.b64encode(digest.digest()).decode() if encoded else digest.hexdigest()

    return run


for _name in ("md5", "sha1", "sha256", "sha512"):
    scalar(_name, _digest(_name), text)
for _name in ("sha256", "sha512"):
    scalar(f"base64{_name}", _digest(_name, encoded=True), text)
scalar("urlencode", lambda value: urllib.parse.quote_plus(value, safe="-_.~"), text)
scalar("urldecode", lambda value: urllib.parse.unquote_plus(value, errors="strict"), text)


def _gunzip(value: str) -> str:
    data = base64.b64decode(value, validate=True)
    content = bytearray()
    try:
        while data or not content:
            stream = zlib.decompressobj(wbits=31)
            content += stream.decompress(data, MAX_TEXT + 1 - len(content))
            too_long(len(content))
            if not stream.eof:
                raise ValueError("it ends too early")
            data = stream.unused_data
            if not data:
                break
    except zlib.error as error:
        raise ValueError("it was not compressed by gzip") from error
    return content.decode()


scalar("textencodebase64", lambda value, name: base64.b64encode(value.encode(_charset(name))).decode(), text, text)
scalar("textdecodebase64", lambda value, name: base64.b64decode(value, validate=True).decode(_charset(name)), text, text)


_CHARSETS: Final = late(
    r"utf-(?:8|16|32)(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-[ru]|mac-\w+|shift_jis|euc_(?:jp|kr)|iso2022_(?:jp|kr)"
    r"|gbk|gb2312|gb18030|hz|big5|tis-620"
)
"""Character encodings, by Python's names. Python also calls other things encodings: of names, of escapes, of whole files."""
_CHARSET_NAME: Final = late(r"[A-Za-z0-9_.:()-]{1,40}")


def _charset(name: str) -> str:
    """A character encoding by its registered name, without the mark that Python would put before UTF-16."""
    try:
        found = codecs.lookup(name).name if _CHARSET_NAME.fullmatch(name) else ""
    except LookupError:
        found = ""
    if not _CHARSETS.fullmatch(found):
        raise ValueError(f'there is no encoding "{name}"')
    return f"{found}-be" if found in ("utf-16", "utf-32") else found


_NAMESPACES: Final = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}
scalar("uuidv5", lambda space, name: str(uuid.uuid5(_NAMESPACES.get(space) or uuid.UUID(space), name)), text, text)


def as_json(content: object) -> str:
    """Plain data as `jsonencode` writes it: compact, with sorted keys, and with `<`, `>` and `&` escaped."""
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


_ESCAPED: Final = late("[<>&\u2028\u2029]")


def document(context: Context, value: Tree, encode: Callable[[object], str], name: str) -> Tree:
    """The encoded text of a tree, with the tree in its origin. If parts are unknown, the text is, but the tree is not."""
    origin = context.origin._replace(document=value, references=tuple(dict.fromkeys(references(value))))
    try:
        content = data(value)
        _check_length(context, content)
        return Known(context.text(encode(content)).value, origin)
    except Blocked as needed:
        return blocked(context.run, needed.unknown, name, (value,), origin).at(origin)
    except (ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise Failure(f"this cannot be encoded: {error}") from error


def _check_length(context: Context, content: object) -> None:
    """Raises Exhausted if the texts and names in plain data are together longer than the limit for one text."""
    length = 0
    waiting = [content]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            length += len(each)
        elif isinstance(each, dict):
            length += sum(map(len, each))
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        else:
            length += 1
        context.run.check_text(length, context.span)


def decoded(context: Context, value: Tree, decode: Callable[[str], object]) -> Tree:
    """The content of a JSON text: its kept tree, or the parsed text."""
    kept: Tree | None = value.origin.document
    if kept is not None:
        return kept
    if isinstance(value, Unknown) and value.parts:
        return _decoded_in_part(context, value, decode)
    content = text(value)
    context.run.charge(len(content) // _READ, context.span)
    try:
        result = decode(content)
        bounded(result)
    except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError) as error:
        raise Failure(f"this cannot be decoded: {error}") from error
    return tree(result, context.origin)


def _decoded_in_part(context: Context, value: Unknown, decode: Callable[[str], object]) -> Tree:
    """The content of a JSON text with unknown pieces in its values or names. Raises Blocked if they may be more than that."""
    content = marked(value.parts)
    context.run.charge(len(content) // _READ, context.span)
    try:
        result = decode(content)
        bounded(result)
        return with_pieces(result, [part for part in value.parts if isinstance(part, Unknown)], context.origin)
    except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError):
        raise Blocked(value) from None


_READ: Final = 10
"""Characters of a document that count as one step."""


def from_json(content: str) -> object:
    """The value of a JSON text. Raises ValueError if it is not JSON."""
    return json.loads(content, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


@function("base64encode", eager=True)
def _base64encode(context: Context, value: Tree) -> Tree:
    """The encoded content stays readable, for rules on start-up scripts, which mostly have unknown pieces."""

    def encode(content: object) -> str:
        if isinstance(content, (list, dict)) or content is None:
            raise TypeError("a string is needed")
        return base64.b64encode(text_of(content).encode()).decode()

    return document(context, value, encode, "base64encode")


@function("base64decode", eager=True)
def _base64decode(context: Context, value: Tree) -> Tree:
    return _inside(context, value, lambda content: base64.b64decode(content, validate=True).decode())


@function("base64gzip", eager=True)
def _base64gzip(context: Context, value: Tree) -> Tree:
    """The text is unknown, since the output of gzip implementations differs. The content is kept in the origin."""
    why = "the output of gzip differs from one version to another"
    return Unknown(Said(why), ("base64gzip", identity_of(value)), context.origin._replace(document=value))


@function("base64gunzip", eager=True)
def _base64gunzip(context: Context, value: Tree) -> Tree:
    return _inside(context, value, _gunzip)


def _inside(context: Context, value: Tree, decode: Callable[[str], str]) -> Tree:
    """The content of an encoded text: its source, or the decoded text."""
    kept: Tree | None = value.origin.document
    if kept is not None:
        return kept
    if isinstance(value, Unknown) and value.alternatives:
        return lifted(context.run, "decode", lambda one: _inside(context, one, decode), value, origin=context.origin)
    try:
        return context.text(decode(text(value)))
    except (ValueError, TypeError, ArithmeticError) as error:
        raise Failure(f"this cannot be decoded: {error}") from error


@function("jsonencode", eager=True)
def _jsonencode(context: Context, value: Tree) -> Tree:
    return document(context, value, as_json, "jsonencode")


@function("jsondecode", eager=True)
def _jsondecode(context: Context, value: Tree) -> Tree:
    return decoded(context, value, from_json)


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
    content = text(value)
    context.run.charge(len(content) // _READ, context.span)
    header, *rows = _rows(content) or [[]]
    if not header or len(set(header)) != len(header):
        raise Failure("the first line must name each column once")
    rows = [row for row in rows if row]
    if any(len(row) != len(header) for row in rows):
        raise Failure("a line does not have as many fields as the first line")
    context.run.check_items(len(rows) * (1 + len(header)), context.span)
    found = tree([dict(zip(header, row, strict=True)) for row in rows], context.origin)
    return Known(ListItems(items(found)), context.origin)


def _rows(content: str) -> list[list[str]]:
    before = csv.field_size_limit(MAX_TEXT)
    try:
        return list(csv.reader(io.StringIO(content), strict=True))
    except csv.Error as error:
        raise Failure(f"this cannot be decoded: {error}") from error
    finally:
        csv.field_size_limit(before)
