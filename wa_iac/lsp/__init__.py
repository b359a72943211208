"""The language server: `wa-iac lsp`. It speaks the Language Server Protocol over standard input and output.

pygls and lsprotocol come with the extra `lsp`; they are imported in this package only, and this package only by that command.

In the server:

    features      what the editor may say
    server        what is open, what is shown, what is to be judged
    answers       from plain data to the protocol
    protocol      what pygls does by itself, made safe: documents, ending, errors
    documents     what is open: addresses and texts
    texts         a text that changes
    schedule      which unit is judged when; newer requests supersede older ones
    process       the process that judges, as the server sees it
    targets       from an open file to the unit it belongs to

In the process that judges, which can be ended whatever it does:

    work          what it is told and answers
    units         the judgement of a unit
    diagnostics   from a judgement to what an editor shows
    positions     from bytes and characters to the editor's own units
    actions       what can be done about a diagnostic
    comments      where a suppression is written

Between them: `plain`, what they tell each other, and `frames`, how.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import Final, TextIO, cast

from wa_iac.core.errors import UsageError

_MISSING: Final = "the language server needs pygls, which comes with the extra lsp: pip install 'wa-iac[lsp]'"


def serve(directories: Sequence[Path] = (), *, user: bool = True) -> None:
    """Serve one editor until it says goodbye, with the rules that `own.catalogue` finds.

    Raises `UsageError` where the extra is not installed or nobody can speak, and for own rules that cannot be loaded.
    """
    from importlib.util import find_spec

    if find_spec("pygls") is None or find_spec("lsprotocol") is None:
        raise UsageError(_MISSING)
    if cast("TextIO | None", sys.stdin) is None or cast("TextIO | None", sys.stdout) is None:
        raise UsageError("the language server needs standard input and output, and one of them is closed")
    from wa_iac.custom_rules import catalogue

    with redirect_stdout(sys.stderr):  # what own rules print is nothing that an editor can read
        catalogue(directories, user=user)
    from .process import Worker

    # It is begun first: both import what they need at the same time.
    worker = Worker(directories, user=user)
    try:
        from .features import run

        run(lambda: Worker(directories, user=user), worker)
    finally:
        worker.end()
