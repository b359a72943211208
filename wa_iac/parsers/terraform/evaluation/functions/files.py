"""Functions that read files. None outside the root of the scan is read, symbolic links resolved."""

from __future__ import annotations

import base64
import hashlib
import os
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from wa_iac.core import files
from wa_iac.core.late_pattern import late
from wa_iac.core.reasons import Said
from wa_iac.core.value import Known, Origin, Tree, Unknown
from wa_iac.parsers.terraform.evaluation.lifting import SetItems, blocked, lifted
from wa_iac.parsers.terraform.evaluation.scope import Scope
from wa_iac.parsers.terraform.evaluation.unit import MAX_FILE, Evaluation, Failure
from wa_iac.parsers.terraform.text.nodes import Call, Expr
from wa_iac.parsers.terraform.text.syntax import read_template

from .base import Context, entries, function, items, scalar, text
from .patterns import compiled

Evaluate: TypeAlias = Callable[[Expr, Scope], Tree]


def _basename(path: str) -> str:
    """The last element of a path, as in Go: "." stays "."."""
    return path.rstrip("/").rpartition("/")[2] or ("/" if path else ".")


scalar("basename", _basename, text)
scalar("dirname", lambda path: posixpath.normpath(posixpath.dirname(path) or "."), text)


class _UnreadableError(Exception):
    """A file that must not or cannot be read; the message is the reason."""


def located(run: Evaluation, path: str) -> Path:
    """The target of a path in a function, relative to the root module's directory.

    Raises _UnreadableError if it is outside the root of the scan.
    """
    try:
        found = (run.here / path).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise _UnreadableError(f'the file "{path}" cannot be read') from error
    if not found.is_relative_to(run.scan.root):
        raise _UnreadableError(f'the file "{path}" is outside the scanned directory')
    return found


def _bytes(run: Evaluation, path: str) -> bytes:
    found = located(run, path)
    try:
        return files.read(found, within=run.scan.root, most=MAX_FILE)
    except files.TooLargeError as error:
        raise _UnreadableError(f'the file "{path}" is larger than {MAX_FILE // 1_000_000} MB') from error
    except FileNotFoundError as error:
        raise _UnreadableError(f'the file "{path}" does not exist') from error
    except OSError as error:
        raise _UnreadableError(f'the file "{path}" cannot be read') from error


def read_text(run: Evaluation, name: str, convert: Callable[[bytes], str], origin: Origin) -> Tree:
    """The converted content of a file; unknown if it must not or cannot be read. Raises Failure if it is not text."""
    kept = run.read.get((name, convert))
    if isinstance(kept, Known):
        return Known(kept.value, origin)
    try:
        content = _bytes(run, name)
        run.budget.make(len(content))
        found = run.read[(name, convert)] = Known(convert(content), origin)
    except _UnreadableError as error:
        return Unknown(Said(str(error)), ("file", name), origin)
    except UnicodeDecodeError as error:
        raise Failure(f'the file "{name}" is not UTF-8') from error
    return found


def _reading(context: Context, path: Tree, convert: Callable[[bytes], str]) -> Tree:
    return read_text(context.run, text(path), convert, context.origin)


@function("file")
def _file(context: Context, path: Tree) -> Tree:
    return _reading(context, path, bytes.decode)


@function("filebase64")
def _filebase64(context: Context, path: Tree) -> Tree:
    return _reading(context, path, _in_base64)


def _in_base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _register(name: str, convert: Callable[[bytes], str]) -> None:
    @function(name)
    def _hashed(context: Context, path: Tree) -> Tree:
        return _reading(context, path, convert)


def _hexadecimal(name: str) -> Callable[[bytes], str]:
    return lambda content: hashlib.new(name, content, usedforsecurity=False).hexdigest()


def _base64(name: str) -> Callable[[bytes], str]:
    return lambda content: base64.b64encode(hashlib.new(name, content, usedforsecurity=False).digest()).decode()


for _algorithm in ("md5", "sha1", "sha256", "sha512"):
    _register(f"file{_algorithm}", _hexadecimal(_algorithm))
for _algorithm in ("sha256", "sha512"):
    _register(f"filebase64{_algorithm}", _base64(_algorithm))


@function("fileexists")
def _fileexists(context: Context, path: Tree) -> Tree:
    try:
        return context.known(located(context.run, text(path)).is_file())
    except OSError as error:
        why = f'wa-iac cannot tell whether the file "{text(path)}" exists: {error.strerror}'
        return Unknown(Said(why), ("fileexists", text(path)), context.origin)
    except _UnreadableError as error:
        return Unknown(Said(str(error)), ("fileexists", text(path)), context.origin)


@function("fileset")
def _fileset(context: Context, path: Tree, pattern: Tree) -> Tree:
    run, folder, wanted = context.run, text(path), text(pattern)
    try:
        directory = located(run, folder)
    except _UnreadableError as error:
        return Unknown(Said(str(error)), ("fileset", folder, wanted), context.origin)
    key = ("fileset", directory, wanted)
    names = run.read.get(key)
    if names is None:
        found = _matching(context, directory, wanted)
        if found is None:
            return Unknown(Said(f'the directory "{folder}" cannot be read'), key, context.origin)
        names = run.read[key] = Known([context.known(name) for name in found])
    return context.collection([context.known(each.value) for each in items(names) if isinstance(each, Known)], SetItems)


def _matching(context: Context, directory: Path, wanted: str) -> list[str] | None:
    """The names of the files below a directory that match a pattern; None if a part of it cannot be read."""
    run = context.run
    matches = _glob(context, wanted)
    found: list[str] = []
    unread: list[OSError] = []
    for place, folders, names in os.walk(directory, onerror=unread.append):
        folders.sort()
        run.charge(_ENTRY * len(names) + _FOLDER, context.span)
        above = Path(place).relative_to(directory).as_posix()
        relative = names if above == "." else [f"{above}/{name}" for name in names]
        found += [each for each in relative if matches(each)]
    if any(not isinstance(each, (FileNotFoundError, NotADirectoryError)) for each in unread):
        return None
    run.charge(10 * len(found), context.span)
    return sorted(name for name in found if _within(run, directory / name))


_ENTRY: Final = 3
_FOLDER: Final = 20
"""Steps that a name in a directory costs, and a directory."""


def _within(run: Evaluation, path: Path) -> bool:
    found = files.resolved(path)
    return found.is_relative_to(run.scan.root) and os.path.isfile(found)


_GLOB: Final = late(r"\*\*/?|\*|\?|\[[!^]?[^\]]+\]|\{[^{}]*\}|.", re.DOTALL)


def _glob(context: Context, pattern: str) -> Callable[[str], object]:
    """A matcher for `fileset`'s patterns: `*`, `**`, `?`, `[a-z]`, `{a,b}`. Raises Failure if the pattern is not valid."""
    return compiled(context, f"(?s)^(?:{_glob_source(pattern)})$").search


def _glob_source(pattern: str) -> str:
    """A glob as a regular expression."""
    pieces: list[str] = []
    for match in _GLOB.finditer(pattern):
        piece = match.group()
        match piece[0]:
            case "*" if piece == "**/":
                pieces.append("(?:.*/)?")
            case "*":
                pieces.append(".*" if piece == "**" else "[^/]*")
            case "?":
                pieces.append("[^/]")
            case "[" if len(piece) > 1:
                pieces.append("[^" + piece[2:] if piece[1] == "!" else piece)
            case "{" if len(piece) > 1:
                pieces.append("(?:" + "|".join(map(_glob_source, piece[1:-1].split(","))) + ")")
            case _:
                pieces.append(re.escape(piece))
    return "".join(pieces)


@function("abspath")
def _abspath(context: Context, path: Tree) -> Tree:
    # The absolute path differs between machines. As a path inside the scan, it means the same file.
    return context.known(posixpath.normpath(text(path)))


@function("pathexpand")
def _pathexpand(context: Context, path: Tree) -> Tree:
    if text(path).startswith("~"):
        return Unknown(Said("the home directory differs between machines"), ("home", text(path)), context.origin)
    return context.known(text(path))


_PARSED: Final = 10
_AT_LEAST: Final = 20
"""Letters of a template that count as one step, and the minimum number of steps."""


def templatefile(node: Call, scope: Scope, evaluate: Evaluate) -> Tree:
    """`templatefile(path, variables)`: the template can only use those variables."""

    def read(name: Tree) -> Expr:
        run = scope.run
        key = located(run, text(name))
        template = run.templates.get(key)
        if template is None:
            content = _bytes(run, text(name)).decode()
            run.charge(len(content) // _PARSED, node.span)
            template = run.templates[key] = read_template(run.scan.shown(key), content)
        return template

    return _rendered(node, scope, evaluate, read)


def templatestring(node: Call, scope: Scope, evaluate: Evaluate) -> Tree:
    """`templatestring(template, variables)`: the same for a template that is a value."""

    def read(template: Tree) -> Expr:
        run, content = scope.run, text(template)
        found = run.strings.get(content)
        if found is None:
            run.charge(_AT_LEAST + len(content) // _PARSED, node.span)
            found = run.strings[content] = read_template("the template", content)
        return found

    return _rendered(node, scope, evaluate, read)


def _rendered(node: Call, scope: Scope, evaluate: Evaluate, read: Callable[[Tree], Expr]) -> Tree:
    if len(node.arguments) != 2:
        raise Failure(f"{node.name} needs a template and variables")
    source, variables = (evaluate(each, scope) for each in node.arguments)
    origin = Origin(node.span, "computed", sensitive=source.origin.sensitive or variables.origin.sensitive)

    def render(name: Tree, values: Tree) -> Tree:
        try:
            template = read(name)
        except _UnreadableError as error:
            return Unknown(Said(str(error)), ("file", text(name)), origin)
        except UnicodeDecodeError as error:
            raise Failure(f'the file "{text(name)}" is not UTF-8') from error
        result = evaluate(template, Scope(scope.run, None, entries(values)))
        origin_ = result.origin._replace(span=node.span, how="computed", sensitive=origin.sensitive or result.origin.sensitive)
        return Known(result.value, origin_) if isinstance(result, Known) else result

    if isinstance(variables, Unknown) and not variables.alternatives:
        return blocked(scope.run, variables, node.name, (source, variables), origin)
    return lifted(scope.run, node.name, render, source, variables, origin=origin)
