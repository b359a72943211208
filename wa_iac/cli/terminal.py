"""Writing to the terminal and to files: UTF-8 whatever the locale, and no trouble with readers that leave early."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TextIO, cast

import typer

from wa_iac.core.errors import UsageError, WaIacError


def interactive() -> bool:
    """Whether standard output is a terminal that can lay out text."""
    return _is_open() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def coloured() -> bool:
    """Whether to use colour; see <https://no-color.org>."""
    return interactive() and not os.environ.get("NO_COLOR")


def clear() -> None:
    """Clear the screen, if there is one."""
    if interactive():
        put("\x1b[H\x1b[2J")


def width() -> int:
    """The width of the terminal in columns; 80 if it is unknown."""
    return shutil.get_terminal_size().columns


def _encoded(text: str) -> bytes:
    """UTF-8 whatever the locale. A file name in another encoding, or half a surrogate pair from a JSON template, is U+FFFD:
    no report may be invalid for one."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Python passes on undecodable bytes of a name as U+DC80 to U+DCFF; they may be UTF-8.
        halves = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", text)
        return halves.encode("utf-8", "surrogateescape").decode("utf-8", "replace").encode()


def put(text: str) -> None:
    """Write to standard output. Raises `UsageError` if it is closed or full."""
    if not _is_open():
        raise UsageError("the report cannot be written: standard output is closed")
    try:
        sys.stdout.buffer.write(_encoded(text))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough.
        drop_output()
    except OSError as error:
        drop_output()
        raise UsageError(f"the report cannot be written to standard output: {error.strerror}") from error


def drop_output() -> None:
    """Give up standard output, which cannot be written. Python flushes once more at its exit; that must not fail again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _is_open() -> bool:
    """Whether there is a standard output: Python has none if it was closed before the start."""
    return cast("TextIO | None", sys.stdout) is not None


def tell(text: str) -> None:
    """Print one line on standard error, without anything that a terminal or a build would execute."""
    from wa_iac.report.text import safe_line

    typer.echo(safe_line(text), err=True)


def write(path: Path, text: str) -> None:
    """Write a report into a file, as a whole or not at all. Raises `UsageError`."""
    from wa_iac.core.writing import write_whole
    from wa_iac.engine.discover import refuse_link_out

    refuse_link_out(path)
    try:
        write_whole(path, _encoded(text))
    except OSError as error:
        raise UsageError(f"the report cannot be written: {error.strerror or error}", path=str(path)) from error


def put_errors(errors: Sequence[WaIacError]) -> None:
    if errors:
        from wa_iac.report.text import error_line

        for error in errors:
            typer.echo(error_line(error), err=True)
