"""The language server: `wa-iac lsp`. It speaks the Language Server Protocol over standard input and output.

pygls and lsprotocol come with the extra `lsp`; only this package imports them, and only that command imports this package.

In the server:

    features      the editor's requests and notifications
    server        open documents, shown diagnostics, units to check
    answers       from plain data to the protocol
    protocol      pygls's own behaviour, made safe: documents, ending, errors
    documents     open documents: addresses and texts
    texts         a text that changes
    schedule      when each unit is checked; newer requests supersede older ones
    process       the checking process, from the server's view
    targets       from an open file to the unit it belongs to

In the checking process, which the server can always end:

    work          its messages and answers
    units         the check of a unit
    diagnostics   from a report to an editor's diagnostics
    positions     from bytes and characters to the editor's own units
    actions       code actions for a diagnostic
    comments      the place for a suppression

Between them: `plain`, the messages, and `frames`, their transport.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TextIO, cast

from wa_iac.core.errors import MissingExtraError, UsageError


def serve(directories: Sequence[Path] = (), *, user: bool = True) -> None:
    """Serve one editor until it exits, with the rules that `engine.custom_rules.catalogue` finds.

    Raises `UsageError` if the extra is not installed, if a standard stream is closed, or if own rules cannot be loaded.
    """
    from importlib.util import find_spec

    if find_spec("pygls") is None or find_spec("lsprotocol") is None:
        raise MissingExtraError("wa-iac lsp", "lsp")
    if cast("TextIO | None", sys.stdin) is None or cast("TextIO | None", sys.stdout) is None:
        raise UsageError("the language server needs standard input and output, and one of them is closed")
    from wa_iac.engine.custom_rules import catalogue

    with redirect_stdout(sys.stderr):  # an editor cannot read text that own rules print
        catalogue(directories, user=user)
    from .process import WorkerProcess

    # It starts first, so that both processes import their modules at the same time.
    worker = WorkerProcess(directories, user=user)
    try:
        from .features import run

        run(lambda: WorkerProcess(directories, user=user), worker)
    finally:
        worker.end()
