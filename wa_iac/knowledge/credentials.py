"""AWS's access keys in what is written: in text, in what text encodes, and beside the properties."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from typing import NamedTuple

from wa_iac.core.binding import member, value_at
from wa_iac.core.declared import Declared
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import PartlyMap
from wa_iac.core.value import Absent, Known, Tree, Unknown
from wa_iac.knowledge.secret_names import is_invented

KEY = late(r"(?<![A-Za-z0-9])AKIA[A-Z2-7]{16}(?![A-Za-z0-9])")
SECRET = late(r"[A-Za-z0-9/+=]{40}")
_HALF = r"(?:aws_?)?secret_?access_?key"
_NAME = late(_HALF, re.IGNORECASE)
_ASSIGNED = late(
    rf"{_HALF}[\"']?\s{{0,5}}(?:[=:]|=>)\s{{0,5}}[\"']?(?P<secret>[A-Za-z0-9/+]{{40}})(?![A-Za-z0-9/+=])", re.IGNORECASE
)
_BASE64 = late(r"[A-Za-z0-9+/\s]{24,}+={0,2}\s*+")
_GZIP = b"\x1f\x8b"
_ENDS = frozenset({"key", "Key", "KEY"})
_NAMING = frozenset({"value", "Value"})
_LEAST = 20
"""Characters of the id of an access key, which is the shortest that is looked for."""
_SHORTEST = 24
"""Characters that no credential is written in, however it is encoded."""
LONGEST = 200_000
"""Characters of what is encoded that are looked at. AWS takes 16 KB of user data."""
_AUTHENTICATION = "AWS::CloudFormation::Authentication"


class Credential(NamedTuple):
    """A credential that is written. `where` is the value it is in; a `secret` is what signs, the other half of a key is its id."""

    where: Tree
    secret: bool


def credentials(tree: Tree) -> Iterator[Credential]:
    """Every credential in a value: each id of an access key, and each secret that its name gives away."""
    waiting: list[Tree] = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Known):
            content = each.value
            if isinstance(content, str):
                if len(content) >= _LEAST and _may_hold(each, content):
                    yield from _found(each, list(_in_text(content)), content)
            elif isinstance(content, dict):
                # Most objects have no name that ends like this, and one text of all names tells so the soonest.
                names = "\n".join((*content, ""))
                if "ey\n" in names or "EY\n" in names or not _NAMING.isdisjoint(content):
                    yield from _named(each, content)
                waiting += reversed(content.values())
            elif isinstance(content, list):
                waiting += reversed(content)
        elif isinstance(each, PartlyMap):
            yield from _named(each, each.entries)
            waiting += each.every()
        elif isinstance(each, Unknown):
            yield from _in_unknown(each)


def _may_hold(tree: Tree, text: str) -> bool:
    """Whether a text is worth a closer look: most are short, or words."""
    if len(text) < _SHORTEST:
        return "AKIA" in text
    return (
        "AKIA" in text
        or "ecret" in text
        or "ECRET" in text
        or tree.origin.document is not None
        or _BASE64.fullmatch(text) is not None
    )


def _named(tree: Tree, entries: dict[str, Tree]) -> Iterator[Credential]:
    """The secrets among the entries of an object that their names give away."""
    if "value" in entries or "Value" in entries:
        yield from _of_pair(tree, entries)
    for name, value in entries.items():
        if name[-3:] in _ENDS and _NAME.fullmatch(name) and _is_secret(value):
            yield Credential(value, secret=True)


def _in_unknown(tree: Unknown) -> Iterator[Credential]:
    if tree.parts:
        yield from _found(tree, [found for part in tree.parts if isinstance(part, str) for found in _in_text(part)], "")
    elif tree.alternatives:
        # Each outcome is looked at by itself later; here it is enough that one of them holds a key.
        secrets = [found.secret for each in tree.alternatives for found in credentials(each.value)]
        yield from (Credential(tree, secret) for secret in secrets)
    else:
        yield from _encoded(tree, "")


def _found(tree: Tree, secrets: list[bool], text: str) -> Iterator[Credential]:
    """What stands in a text itself; and what it encodes, as far as the text does not give away the secret."""
    for secret in secrets:
        yield Credential(tree, secret)
    if True not in secrets:
        yield from _encoded(tree, text)


def of_metadata(metadata: Tree) -> Iterator[Credential]:
    """The credentials in a resource's metadata, which whoever may describe the stack reads: `cfn-init`'s files and commands, and what
    it fetches them with ("AWS::CloudFormation::Authentication", CloudFormation User Guide)."""
    match member(metadata, _AUTHENTICATION):
        case Known(dict() as methods):
            for method in methods.values():
                secret = member(method, "secretKey")
                if _is_secret(secret):
                    yield Credential(secret, secret=True)
        case _:
            pass
    yield from credentials(metadata)


def is_written(value: Tree) -> bool:
    """Whether it stands in the configuration, rather than being given to it."""
    return value.origin.how not in ("given", "service default")


def of_provider(provider: Declared) -> list[Credential]:
    """The credentials written in a provider block; an emulator on one's own machine takes any."""
    if not isinstance(value_at(provider.body, "endpoints"), Absent):
        return []
    match value_at(provider.body, "access_key"), value_at(provider.body, "secret_key"):
        case (Known(str() as key) as value, _) if KEY.fullmatch(key) and is_written(value):
            return [Credential(value, secret=True)]
        case (_, Known(str() as secret) as value) if SECRET.fullmatch(secret) and is_written(value):
            return [Credential(value, secret=True)]
        case _:
            return []


def _of_pair(tree: Tree, entries: dict[str, Tree]) -> Iterator[Credential]:
    """A variable of a container or a build, written as its name and its value."""
    for key, other in (("name", "value"), ("Name", "Value")):
        name = entries.get(key)
        if name is not None and isinstance(name, Known) and isinstance(name.value, str) and _NAME.fullmatch(name.value):
            value = member(tree, other)
            if _is_secret(value):
                yield Credential(value, secret=True)


def _is_secret(value: Tree) -> bool:
    return isinstance(value, Known) and isinstance(value.value, str) and _may_be_secret(value.value)


def _may_be_secret(text: str) -> bool:
    """Whether a text has the form of a secret access key: forty characters, which are neither an example nor a digest."""
    return SECRET.fullmatch(text) is not None and not is_invented(text) and re.fullmatch("[0-9a-f]{40}|(.)\\1*", text) is None


def _in_text(text: str) -> Iterator[bool]:
    """What a text holds: false for each id of a key, true for each secret."""
    if "AKIA" in text:
        for found in KEY.finditer(text):
            if not is_invented(found[0]):
                yield False
    if "ecret" in text or "ECRET" in text:
        for found in _ASSIGNED.finditer(text):
            if _may_be_secret(found["secret"]):
                yield True


def _encoded(tree: Tree, text: str) -> Iterator[Credential]:
    """What is in a text that was encoded: the tree it was made of, where that is kept, else what it decodes to."""
    document = tree.origin.document
    decoded = _decoded(text) if _SHORTEST < len(text) <= LONGEST and _BASE64.fullmatch(text) else ""
    if decoded:
        where = document if isinstance(document, Known) else tree
        yield from (Credential(where, secret) for secret in _in_text(decoded))
    elif document is not None:
        yield from credentials(document)


def _decoded(text: str) -> str:
    """What base64 says, unpacked where it is packed; empty where it says no text."""
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
        if content.startswith(_GZIP):
            content = zlib.decompressobj(wbits=31).decompress(content, LONGEST)
        return content.decode()
    except (binascii.Error, ValueError, zlib.error):
        return ""
