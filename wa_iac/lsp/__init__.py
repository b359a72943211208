"""The language server: `wa-iac lsp`. It speaks the Language Server Protocol over standard input and output.

pygls and lsprotocol come with the extra `lsp`; they are imported in this package only, and this package only by that command.

    server        the protocol: what the editor says, what it is told
    schedule      which unit is judged when; newer requests supersede older ones
    units         from an open file to the unit it belongs to, and its judgement
    diagnostics   from a judgement to what an editor shows
    positions     from bytes and characters to the editor's own units
    actions       hover pages and code actions
    comments      where a suppression is written
"""

from __future__ import annotations

from wa_iac.core.errors import UsageError
from wa_iac.engine.catalogue import Catalogue

_MISSING = "the language server needs pygls, which comes with the extra lsp: pip install 'wa-iac[lsp]'"


def serve(catalogue: Catalogue) -> None:
    """Serve one editor, with the rules in `catalogue`, until it says goodbye. Raises `UsageError` where the extra is not installed."""
    try:
        import lsprotocol
        import pygls
    except ImportError as error:
        raise UsageError(_MISSING) from error
    del lsprotocol, pygls
    from .server import run

    run(catalogue)
