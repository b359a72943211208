"""Texts and documents changed at random: a piece left out, repeated, moved, replaced by what nobody expects there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any, Final

Data = Any
"""What JSON can write."""

_TOKEN: Final = re.compile(rb"\w+|[ \t]+|\r?\n|.", re.DOTALL)
_MOST: Final = 200_000
"""Bytes of a text that is changed further; what repeats itself would fill the memory."""

_TIMES: Final = (1, 1, 1, 1, 1, 2, 2, 3, 4, 8)
"""How many changes an input has."""

ODD_BYTES: Final = (
    b"\0", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x0b", b"\x0c", b"\x85", b"\x1b[31m", b"\x1b]8;;x\x07",
    "\u2028".encode(), "\u202e".encode(), "\ufeff".encode(), "\U0001f600".encode(), "é".encode(), b"\t", b"\\", b"\"", b"'", b"`",
)  # fmt: skip
MARKS: Final = (
    b"{", b"}", b"[", b"]", b"(", b")", b"${", b"%{", b"%%{", b"$${", b"}}", b"{{", b"<<EOT", b"<<-EOT", b"EOT", b"#", b"//", b"/*", b"*/",
    b":", b"::", b",", b"=", b"=>", b"==", b"...", b".*", b"[*]", b".", b"?", b"!", b"-", b"- ", b"|", b">", b">-", b"|+", b"&a ", b"*a", b"<<: ",
    b"!Ref ", b"!Sub ", b"!GetAtt ", b"!If ", b"!!binary ", b"!!python/object:os.system ", b"!", b"%YAML 1.1\n", b"---\n", b"...\n", b"? ", b"@",
)  # fmt: skip
WORDS: Final = (
    b"null", b"true", b"false", b"~", b"0", b"-1", b"1", b"0x1F", b"0o17", b"1e400", b"1e-400", b"NaN", b".inf", b"9" * 400, b"1_000", b"12:30:45",
    b"2020-01-01", b"Ref", b"Fn::If", b"Fn::Sub", b"Fn::GetAtt", b"Fn::Join", b"Fn::Select", b"Fn::Split", b"Fn::Cidr", b"Fn::FindInMap",
    b"Fn::ForEach::A", b"Fn::Transform", b"Fn::ImportValue", b"Fn::Length", b"Fn::ToJsonString", b"Fn::GetAZs", b"Fn::Base64", b"Condition",
    b"AWS::NoValue", b"AWS::Region", b"AWS::LanguageExtensions", b"AWS::Include", b"AWS::Serverless-2016-10-31", b"DependsOn", b"Properties", b"Type",
    b"Resources", b"Parameters", b"Default", b"Outputs", b"Metadata", b"Globals", b"Mappings", b"Rules", b"Transform", b"count", b"for_each", b"dynamic",
    b"content", b"lifecycle", b"provider", b"module", b"source", b"variable", b"default", b"locals", b"data", b"resource", b"output", b"each.key",
    b"each.value", b"count.index", b"path.module", b"self", b"var.x", b"local.x", b"module.x.y", b"terraform.workspace", b"for x in ", b" if ", b" else ",
    b"endif", b"endfor", b"range(1, 100000)", b"setproduct(", b"flatten(", b"jsonencode(", b"yamldecode(", b"templatefile(", b"file(", b"fileset(",
    b"format(\"%s\", ", b"join(\"\", ", b"replace(", b"regex(\"(a+)+$\", ", b"cidrsubnet(", b"toset(", b"merge(", b"try(", b"can(", b"sensitive(",
    b"wa-iac: ignore", b"wa-iac: ignore[", b"s3-*", b"]", b"checkov:skip=", b"CKV_AWS_1", b"tfsec:ignore:", b"trivy:ignore:", b"nosec",
    b"../", b"/etc/passwd", b"file:///dev/zero", b"https://", b"a" * 5000, b"*" * 300,
)  # fmt: skip


def changed_text(random: Random, data: bytes, others: Callable[[], bytes], times: int = 0) -> bytes:
    """A text with some changes, each at a token: `others` gives texts of the same kind, to take pieces from."""
    for _ in range(times or random.choice(_TIMES)):
        if len(data) > _MOST:
            break
        data = random.choice(_TEXT_CHANGES)(random, data, others)
    return data


def _places(random: Random, data: bytes) -> tuple[int, int]:
    """The ends of a piece: of some tokens, or of some lines."""
    ends = [each.start() for each in _TOKEN.finditer(data)] + [len(data)]
    if random.random() < 0.3:
        ends = [0, *(each.end() for each in re.finditer(rb"\n", data)), len(data)]
    first = random.randrange(len(ends))
    last = min(first + random.choice((0, 1, 1, 1, 2, 3, 5, 8, 20)), len(ends) - 1)
    return ends[first], ends[last]


def _cut(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    first, last = _places(random, data)
    return data[:first] + data[last:]


def _doubled(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    first, last = _places(random, data)
    return data[:first] + data[first:last] * random.choice((2, 2, 3, 10, 200, 2000)) + data[last:]


def _moved(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    first, last = _places(random, data)
    to, over = _places(random, data)
    return data[:to] + data[first:last] + data[over:]


def _spliced(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    other = others()
    first, last = _places(random, other)
    to, over = _places(random, data)
    return data[:to] + other[first:last] + data[over:]


def _inserted(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    first, last = _places(random, data)
    new = random.choice(random.choice((MARKS, WORDS, ODD_BYTES, MARKS, WORDS)))
    return data[:first] + new + data[random.choice((first, last)) :]


def _nested(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    """A piece inside many brackets of its kind."""
    del others
    first, last = _places(random, data)
    left, right = random.choice(
        (
            (b"[", b"]"),
            (b"(", b")"),
            (b'{"a":', b"}"),
            (b"{a={", b"}}"),
            (b"${", b"}"),
            (b'"${', b'}"'),
            (b"a(", b")"),
            (b"!", b""),
            (b"- ", b""),
        )
    )
    levels = random.choice((1, 2, 5, 30, 130, 1200))
    return data[:first] + left * levels + data[first:last] + right * levels + data[last:]


def _ended(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    return data[: random.randrange(len(data) + 1)]


def _recoded(random: Random, data: bytes, others: Callable[[], bytes]) -> bytes:
    del others
    text = data.decode("utf-8", "replace")
    return random.choice(
        (
            text.encode("utf-16"),
            text.encode("utf-16-le"),
            b"\xef\xbb\xbf" + data,
            data.replace(b"\n", b"\r\n"),
            data.replace(b"\n", b"\r"),
        )
    )


_TEXT_CHANGES: Final = (
    *(_cut, _doubled, _moved, _spliced, _inserted) * 4,
    *(_inserted, _moved, _spliced) * 4,
    *(_nested, _nested, _ended, _recoded),
)

ODD_VALUES: Final[tuple[Data, ...]] = (
    None, True, False, 0, -1, 1.5, 10**40, 1e300, "", "x", "a\0b", "../x", "/etc/passwd", "https://[x]/y", "file://\0", "a" * 300, "\ud800", "\x1b[31m",
    "${x}", "${AWS::Region}", "${!x}", "{{resolve:ssm:x:1}}", "*", "arn:aws:s3:::x", "10.0.0.0/8", "0.0.0.0/0", "::/0", "1,2", "true", "-5", "1e999",
    [], {}, [[]], [None], [{}], {"a": 1}, {"Ref": []}, {"Ref": "x"}, {"Ref": "AWS::NoValue"}, {"Fn::If": "x"}, {"Fn::Sub": [[]]}, {"": {"": None}},
    {"Fn::GetAtt": ["x", "Arn"]}, {"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "../x"}}}, ["a", {"b": [1]}],
    {"Fn::Split": [",", {"Ref": "x"}]}, {"Fn::Join": ["", {"Ref": "AWS::NotificationARNs"}]}, {"Fn::Select": [9, ["a"]]}, {"Fn::GetAZs": ""},
    {"Fn::Cidr": ["10.0.0.0/8", 256, 8]}, {"Fn::FindInMap": ["a", {"Ref": "b"}, "c"]}, {"Fn::ToJsonString": {"a": {"Ref": "b"}}},
    {"Fn::ForEach::L": ["x", ["a", "b"], {"${x}": {"Type": "AWS::S3::Bucket"}}]}, {"Fn::Length": [1, 2]}, {"Condition": "x"}, {"Version": "2012-10-17", "Statement": {}},
)  # fmt: skip


def places(document: Data, most: int = 4000) -> list[tuple[str | int, ...]]:
    """The path of each member of a document, that of the document itself first."""
    found: list[tuple[str | int, ...]] = [()]
    waiting: list[tuple[tuple[str | int, ...], Data]] = [((), document)]
    while waiting and len(found) < most:
        path, each = waiting.pop()
        members = each.items() if isinstance(each, dict) else enumerate(each) if isinstance(each, list) else ()
        for key, member in members:
            found.append((*path, key))
            waiting.append(((*path, key), member))
    return found


def at(document: Data, path: tuple[str | int, ...]) -> Data:
    """The member at a path."""
    for key in path:
        document = document[key]
    return document


def with_value(document: Data, path: tuple[str | int, ...], value: Data) -> Data:
    """The document with another value at a path; the original stays as it is."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(document, dict):
        return {**document, first: with_value(document[first], rest, value)}
    return [with_value(each, rest, value) if index == first else each for index, each in enumerate(document)]


def _without(document: Data, path: tuple[str | int, ...]) -> Data:
    owner = at(document, path[:-1])
    if isinstance(owner, dict):
        return with_value(document, path[:-1], {key: each for key, each in owner.items() if key != path[-1]})
    return with_value(document, path[:-1], [each for index, each in enumerate(owner) if index != path[-1]])


def _renamed(random: Random, document: Data, path: tuple[str | int, ...]) -> Data:
    owner = at(document, path[:-1])
    if not isinstance(owner, dict):
        return with_value(document, path, [at(document, path)] * random.choice((0, 2, 50)))
    names = [
        *(each.decode("utf-8", "replace") for each in WORDS[:60]),
        "",
        "Fn::ForEach::X",
        "for_each",
        "count",
        "\ud800",
        path[-1],
    ]
    name = random.choice(names)
    return with_value(document, path[:-1], {name if key == path[-1] else key: each for key, each in owner.items()})


def changed_document(random: Random, document: Data, others: Callable[[], Data], times: int = 0) -> Data:
    """A document with some members replaced, left out, moved or renamed; `others` gives documents of the same kind."""
    for _ in range(times or random.choice(_TIMES)):
        every = places(document)
        path = random.choice(every)
        match random.randrange(8):
            case 0 | 1 | 2:
                document = with_value(document, path, random.choice(ODD_VALUES))
            case 3:
                document = with_value(document, path, at(document, random.choice(every)))
            case 4:
                other = others()
                document = with_value(document, path, at(other, random.choice(places(other))))
            case 5 if path:
                document = _without(document, path)
            case 6 if path:
                document = _renamed(random, document, path)
            case _:
                value = at(document, path)
                made: tuple[Data, ...] = (
                    [value],
                    {"Fn::If": ["C", value, {"Ref": "AWS::NoValue"}]},
                    {"Fn::ToJsonString": value},
                    {"a": value},
                    f"{value!s:.200}",
                )
                document = with_value(document, path, random.choice(made))
    return document


def written(document: Data, indent: int | None = None) -> bytes:
    """A document as JSON. Its texts may hold halves of surrogate pairs, as JSON's escapes can write them."""
    return json.dumps(document, indent=indent).encode("utf-8", "surrogatepass")
