"""What the code of a function does that is written in the template itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from wa_iac.aws.lambda_function import Function
from wa_iac.core.late_pattern import late
from wa_iac.core.value import Known

if TYPE_CHECKING:
    import ast

_LONGEST: Final = 65_536
"""The characters of code that are read."""
_EVERYTHING: Final = frozenset({"Exception", "BaseException"})
_QUIET: Final = frozenset({"print", "str", "repr", "len", "type", "dict", "dumps", "format"})
"""Functions and methods that do not fail when they are handed an exception or an event."""
_LOGGERS: Final = frozenset({"log", "logger", "LOG", "LOGGER", "logging", "traceback"})


_REACHES: Final = late(
    r"\brequire\s*\(|\bfetch\s*\(|\bimport\s*\(|\bexec\s*\(|__import__|\bprocess\s*\.\s*env\b|\bgetenv\b|\benviron"
)
"""Ways of code to something outside of itself. Its environment has the credentials of its role ("Defined runtime environment variables", AWS Lambda
Developer Guide)."""
_IMPORTS: Final = late(r"^\s*(?:import|from)\s+([\w.\"'@/{][^\n;]*)", re.MULTILINE)
_PLAIN: Final = frozenset({"json", "logging", "os", "datetime", "time", "re", "base64", "uuid"})
"""Modules of Python by which code reaches nothing outside of itself."""


def only_prints(function: Function) -> bool:
    """Whether its code is in the template, and reaches nothing outside of it: it uses no module by which it could, and reads no variable of its
    environment, so that all it does is to print and to answer. Blank code stands for what comes later, or from a layer."""
    match function.inline_code:
        case Known(text) if text.strip() and len(text) <= _LONGEST and _REACHES.search(text) is None:
            return all(_is_plain(line[1]) for line in _IMPORTS.finditer(text))
        case _:
            return False


def _is_plain(imported: str) -> bool:
    """Whether an import of Python names nothing but plain modules: `json, os as system`, `datetime import date`."""
    modules = imported.partition(" import ")[0].split(",")
    return all(each.split()[:1] and each.split()[0].partition(".")[0] in _PLAIN for each in modules)


def swallows_errors(function: Function) -> bool:
    """Whether the handler is Python code in the template that surely catches every exception of its work and raises none: Lambda then
    takes each event as processed. What it does outside of `try` is to read the event, and to log."""
    match function.inline_code, function.runtime, function.handler:
        case Known(text), Known(runtime), Known(handler) if runtime.startswith("python") and len(text) <= _LONGEST:
            name = handler.rpartition(".")[2]
            # Nothing is parsed that cannot have what is looked for.
            return "except" in text and f"def {name}" in text and _catches_all(text, name)
        case _:
            return False


def _catches_all(text: str, name: str) -> bool:
    import ast
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    defined = [each for each in module.body if isinstance(each, ast.FunctionDef) and each.name == name]
    if not defined:
        return False
    body = defined[-1].body
    tries = [each for each in body if isinstance(each, ast.Try)]
    around = [each for each in body if not isinstance(each, ast.Try)]
    return bool(tries) and all(_caught(each) for each in tries) and all(_is_quiet(each) for each in around)


def _caught(block: ast.Try) -> bool:
    """Whether no exception leaves a `try`: one of its clauses catches all of them, and nothing beside its body can fail."""
    import ast

    catches = any(
        clause.type is None or (isinstance(clause.type, ast.Name) and clause.type.id in _EVERYTHING)
        for clause in block.handlers
    )
    beside = [*(each for clause in block.handlers for each in clause.body), *block.orelse, *block.finalbody]
    return catches and all(_is_quiet(each) for each in beside)


def _is_quiet(statement: ast.stmt) -> bool:
    """Whether a statement only assigns, logs or returns."""
    import ast

    loud = (ast.Raise, ast.Assert, ast.Import, ast.ImportFrom, ast.With, ast.For, ast.While, ast.Await)
    return not any(
        isinstance(each, loud) or (isinstance(each, ast.Call) and not _is_quiet_call(each.func)) for each in ast.walk(statement)
    )


def _is_quiet_call(called: ast.expr) -> bool:
    import ast

    match called:
        case ast.Name(id=name):
            return name in _QUIET
        case ast.Attribute(value=ast.Name(id=name)) if name in _LOGGERS:
            return True
        case ast.Attribute(attr=method):
            return method in _QUIET
        case _:
            return False
