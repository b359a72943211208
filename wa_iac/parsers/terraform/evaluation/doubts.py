"""What `try` and `can` need to know: which operations inside of them may be errors, depending on what is unknown.

Terraform decides neither before it knows everything that the expression depends on. Here an unknown attribute of a resource counts as a value that
works, and only an operation that some contents make an error leaves the answer open.

- https://developer.hashicorp.com/terraform/language/functions/try
- https://developer.hashicorp.com/terraform/language/functions/can
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Final

from wa_iac.core.value import Tree, Unknown

from .unit import Evaluation, Failed, Failure

_MAY_FAIL: Final = frozenset(
    {
        *("tobool", "tonumber", "convert", "parseint", "sum", "log", "substr", "-", "+", "*", "/", "%", "<", "<=", ">", ">="),
        *("regex", "jsondecode", "yamldecode", "csvdecode", "urldecode"),
        *("base64decode", "base64gunzip", "textdecodebase64", "rsadecrypt"),
        *("index", "one", "element", "slice", "zipmap", "range"),
        *("cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets", "timeadd", "timecmp", "formatdate"),
        *("file", "filebase64", "templatefile", "templatestring"),
    }
)
"""Functions, operators and the index in brackets, that are errors for some values of the right type."""


def may_fail(run: Evaluation, name: Hashable, result: Unknown) -> Unknown:
    """The result of an operation on unknown content, which is noted if `try` or `can` asks whether it works."""
    if run.trying and name in _MAY_FAIL:
        run.doubts.append(result)
    return result


def tried(run: Evaluation, function: Callable[[], Tree]) -> tuple[Tree | None, list[Unknown]]:
    """`function()`, None if it is an error, and the results of the operations in it that may be one."""
    outer, run.doubts = run.doubts, []
    run.trying += 1
    try:
        value = function()
        return (None if isinstance(value, Failed) else value), run.doubts
    except Failure:
        return None, []
    finally:
        run.trying -= 1
        run.doubts = outer
