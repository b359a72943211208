"""What scripts and workflows of a repository give to Terraform: settings of a backend, and values of variables.

The files of a directory are read once in a run, whichever configurations are below it.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from wa_iac.core import files
from wa_iac.core.late_pattern import late

_BACKEND: Final = late(rb"-backend-config|^\s*use_lockfile\s*=\s*true", re.MULTILINE)
_VARIABLE: Final = late(
    rb"""\bTF_VAR_(?P<one>\w+)(?:\\?["']?[ \t]*[:?+]?[:=][ \t]*(?=(?P<value>[^\r\n]{0,400})))?"""
    rb"""|-var[ =](?P<quote>\\?["'])?(?P<other>\w+)=(?=(?P<text>[^\r\n]{0,400}))"""
)
"""An environment variable, as a shell, Make and YAML write it, or an option."""
_WRITTEN: Final = late(
    rb"""\b(?:echo|printf)[ \t]+(?:-\w+[ \t]+)?(?P<outer>["']?)(?P<one>\w+)[ \t]*=[ \t]*(?=(?P<value>[^\r\n]{0,400}))[^\r\n]{0,600}>[ \t]{0,9}["']?[^\s"'|;&<>]{0,200}\.tfvars\b"""
    rb"""|(?:>[ \t]{0,9}["']?[^\s"'|;&<>]{0,200}\.tfvars["']?[ \t]*<<-?[ \t]*\\?["']?(?P<mark>\w+)|<<-?[ \t]*\\?["']?(?P<other>\w+)["']?[ \t]*>>?[ \t]{0,9}["']?[^\s"'|;&<>]{0,200}\.tfvars)"""
    rb"""[^\r\n]{0,200}\n(?P<lines>.{0,4000}?)\n[ \t]*(?:(?P=mark)|(?P=other))\b""",
    re.DOTALL,
)
"""A line, or several, that a script writes into a file of variables."""
_LINE: Final = late(rb"""^[ \t]*(\w+)[ \t]*=[ \t]*([^\r\n]{1,400})""", re.MULTILINE)
_LITERAL: Final = late(
    rb"""(?:(?P<quote>\\?["'])(?P<inner>[^"'$`{}<>%\\]*)(?P=quote)|(?P<bare>[\w.+/:@-]+))(?=[\s;,&|)"'\\]|$)"""
)
_COMMENT: Final = late(rb"""^[ \t]*(?:#|//)[^\r\n]*|^((?:[^"'\r\n]|"[^"\r\n]*"|'[^'\r\n]*')*?[ \t])#[^\r\n]*""", re.MULTILINE)
_CONTINUED: Final = late(rb"\\\r?\n[ \t]*")
_NAMES: Final = frozenset({
    "makefile", "gnumakefile", "justfile", "jenkinsfile", "taskfile.yml", "taskfile.yaml", "buildspec.yml", "buildspec.yaml",
    ".gitlab-ci.yml", ".travis.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", "package.json", ".envrc",
})  # fmt: skip
_SUFFIXES: Final = (".sh", ".mk", ".bash", ".ps1")
_FOLDERS: Final = (".github/workflows", ".circleci", "scripts", "bin", "ci")
_ACTIONS: Final = ".github/actions"
_LONGEST: Final = 1 << 17
_MOST: Final = 200
"""Bytes of a file, and files, that are looked at."""


class Scripts(NamedTuple):
    """What the scripts of one directory give."""

    number: int = 0
    to_backend: bool = False
    variables: Mapping[str, frozenset[str | None]] = MappingProxyType({})
    """The values of each variable; None for one that cannot be read."""


def scripts_above(configuration: Path) -> Iterator[Scripts]:
    """What the scripts of the directories from a configuration up to the root of its repository give. What cannot be read gives nothing."""
    root = files.named_below(configuration)
    start = files.resolved(configuration)
    looked = 0
    for folder in (start, *start.parents):
        found = _read(str(folder), str(root))
        looked += found.number
        if looked > _MOST:
            return
        yield found
        if folder == root:
            return


@files.once_in_a_run
def _read(folder: str, root: str) -> Scripts:
    looked, to_backend, variables = 0, False, defaultdict[str, set[str | None]](set)
    for path in scripts_in(Path(folder)):
        looked += 1
        if looked > _MOST:
            break
        try:
            text = files.beginning(path, _LONGEST, within=Path(root))
        except OSError:
            continue
        to_backend = to_backend or _BACKEND.search(text) is not None
        bare = without_comments(text)
        for name, value in (*_given(bare), *(_written(bare) if b".tfvars" in bare else ())):
            variables[name].add(value)
    return Scripts(looked, to_backend, {name: frozenset(values) for name, values in variables.items()})


def without_comments(text: bytes) -> bytes:
    """A script without its comments."""
    return _COMMENT.sub(rb"\1", text)


def commands(text: bytes) -> bytes:
    """A script without comments, each command on one line."""
    return _CONTINUED.sub(b" ", without_comments(text))


def _given(text: bytes) -> Iterator[tuple[str, str | None]]:
    """The variables of a script without comments, each with its value; None for a value that is not literal."""
    for found in _VARIABLE.finditer(text):
        name = (found["one"] or found["other"]).decode()
        quote, written = found["quote"] or b"", found["value"] if found["one"] else found["text"]
        yield name, None if written is None else _literal(quote + written)


def _written(text: bytes) -> Iterator[tuple[str, str | None]]:
    """The same for what a script writes into files of variables."""
    for found in _WRITTEN.finditer(text):
        if found["one"]:
            yield found["one"].decode(), _literal(found["value"])
        else:
            yield from ((line[1].decode(), _literal(line[2])) for line in _LINE.finditer(found["lines"]))


def _literal(written: bytes) -> str | None:
    """The literal value at the beginning of a text; None if it is none."""
    literal = _LITERAL.match(written)
    content = None if literal is None else literal["bare"] if literal["inner"] is None else literal["inner"]
    return None if content is None else content.decode("utf-8", "replace")


def scripts_in(folder: Path) -> Iterator[Path]:
    """The scripts in a directory, and the workflows in its usual subdirectories."""
    yield from (folder / each for each in listed(folder) if each.lower() in _NAMES or each.endswith(_SUFFIXES))
    for inner in _FOLDERS:
        yield from (folder / inner / each for each in listed(folder / inner) if "." in each)
    for action in listed(folder / _ACTIONS):
        yield from (
            folder / _ACTIONS / action / each for each in listed(folder / _ACTIONS / action) if each.startswith("action.")
        )


def listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []
