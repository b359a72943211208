"""Finds, by mypy's types, where a program asks a three-valued value whether it is true."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from mypy import build
from mypy.main import process_options
from mypy.server.subexpr import get_subexpressions
from mypy.types import Instance, ProperType, Type, TypeVarType, UnionType, get_proper_type

_CASES: Final = "wa_iac.core.value._Base"


def truths(source: Path, *, config: Path) -> list[str]:
    """Each place in the package or module `source` where a type that may be a `Value` decides what comes next, as `path:line: type`.

    Raises `AssertionError` where mypy cannot read it.
    """
    sources, options = process_options(["--config-file", str(config), str(source)], require_targets=True)
    options.export_types = options.preserve_asts = True
    options.incremental = False
    result = build.build(sources, options)
    assert result.errors == []
    found: list[str] = []
    for state in result.graph.values():
        if state.path is None or state.tree is None or not Path(state.path).resolve().is_relative_to(source.resolve()):
            continue
        types = {
            (each.line, each.column, each.end_line, each.end_column): get_proper_type(result.types[each])
            for each in get_subexpressions(state.tree)
            if each in result.types
        }
        for each in _asked(ast.parse(Path(state.path).read_text(encoding="utf-8"))):
            kind = types.get((each.lineno, each.col_offset, each.end_lineno, each.end_col_offset))
            if kind is not None and _is_value(kind):
                found.append(f"{state.path}:{each.lineno}: {kind}")
    return found


def _is_value(kind: Type) -> bool:
    """Whether a type may be one of the three cases."""
    proper: ProperType = get_proper_type(kind)
    match proper:
        case UnionType():
            return any(map(_is_value, proper.items))
        case TypeVarType():
            return _is_value(proper.upper_bound)
        case Instance():
            return any(base.fullname == _CASES for base in proper.type.mro)
        case _:
            return False


def _asked(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions whose truth decides something. Of `a and b` in an `if` these are both, of `a and b` elsewhere it is `a`."""
    for node in ast.walk(tree):
        match node:
            case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
                yield from _parts(test)
            case ast.BoolOp(values=[*values, _]):
                for each in values:
                    yield from _parts(each)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield from _parts(operand)
            case ast.comprehension(ifs=tests):
                for each in tests:
                    yield from _parts(each)
            case ast.match_case(guard=ast.expr() as guard):
                yield from _parts(guard)
            case ast.Call(func=ast.Name(id="bool"), args=[argument]):
                yield from _parts(argument)
            case ast.Call(func=ast.Name(id="any" | "all"), args=[ast.GeneratorExp(elt=each) | ast.ListComp(elt=each)]):
                yield from _parts(each)
            case _:
                pass


def _parts(test: ast.expr) -> Iterator[ast.expr]:
    match test:
        case ast.BoolOp(values=values):
            for each in values:
                yield from _parts(each)
        case ast.UnaryOp(op=ast.Not()):
            return
        case _:
            yield test
