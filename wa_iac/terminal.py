"""Writing to the terminal and to files: UTF-8 whatever the locale, and no trouble with readers that leave early."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from wa_iac.core.errors import UsageError, WaIacError


def interactive() -> bool:
    """Whether standard output is a terminal that can lay out text."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def coloured() -> bool:
    """Whether it is to be in colour; see <https://no-color.org>."""
    return interactive() and not os.environ.get("NO_COLOR")


def clear() -> None:
    """Empty the screen, where there is one."""
    if interactive():
        put("\x1b[H\x1b[2J")


def width() -> int:
    """The columns of the terminal; 80 where it does not say."""
    return shutil.get_terminal_size().columns


def _encoded(text: str) -> bytes:
    """UTF-8 whatever the locale. A file name in another encoding, or half a surrogate pair from a JSON template, is U+FFFD:
    no report may be invalid for one."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        # U+DC80 to U+DCFF are how Python passes on a name's bytes that the locale cannot decode; they may well be UTF-8.
        halves = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", text)
        return halves.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()


def put(text: str) -> None:
    try:
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough. Python flushes once more at its exit; that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(path: Path, text: str) -> None:
    try:
        path.write_bytes(_encoded(text))
    except OSError as error:
        raise UsageError(f"the report cannot be written: {error.strerror}", path=str(path)) from error


def put_errors(errors: Sequence[WaIacError]) -> None:
    if errors:
        from wa_iac.report.text import error_line

        for error in errors:
            typer.echo(error_line(error), err=True)
