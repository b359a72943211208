"""The program itself: it says what is wrong with a value, and knows some words of other programs."""

from __future__ import annotations

from typing import Any, Final

import typer
from typer.core import TyperGroup

_OTHER_WORDS: Final = {
    "explain": "rule",
    "lint": "check",
    "scan": "check",
    "analyze": "check",
    "validate": "check",
    "list": "rules",
    "list-rules": "rules",
    "version": "--version",
    "--write-baseline": "baseline create",
    "--create-baseline": "baseline create",
    "--update-baseline": "baseline update",
}
"""Commands and options of other programs, with ours that does the same."""


class Program(TyperGroup):
    """The program, which says what is wrong with a value and no more: typer puts the kind of Pydantic's error before it. It knows some words
    of other programs."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = str(error).removeprefix("Value error, ")
            raise
        except Exception as error:
            # Only a request for an option that there is not has its name.
            asked = getattr(error, "option_name", None)
            if asked in _OTHER_WORDS:
                ctx.fail(f"No such option: {asked}. Did you mean 'wa-iac {_OTHER_WORDS[asked]}'?")
            raise

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] in _OTHER_WORDS and args[0] not in self.commands:
            ctx.fail(f"No such command {args[0]!r}. Did you mean 'wa-iac {_OTHER_WORDS[args[0]]}'?")
        return super().resolve_command(ctx, args)
