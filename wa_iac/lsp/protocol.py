"""Replaces parts of pygls: the server ends when requested, and no message ends it otherwise.

pygls's own documents raise for invalid addresses, read files of any kind, and scan a whole text for each change; ours are in
`documents`.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Generator
from typing import Any, Final

from lsprotocol import types
from pygls.protocol import LanguageServerProtocol
from pygls.protocol.language_server import lsp_method

from .documents import path_of

CLIENT: Final = 3.0
"""Seconds between two checks whether the editor still exists."""


class Protocol(LanguageServerProtocol):
    """The protocol with the server's changes."""

    @lsp_method(types.INITIALIZE)
    def lsp_initialize(self, params: types.InitializeParams) -> Generator[Any, Any, types.InitializeResult]:
        if params.root_uri is None and params.root_path is not None and os.path.isabs(params.root_path):
            params.root_uri = "file://" + params.root_path
        params.root_path = None
        if params.root_uri is not None and path_of(params.root_uri) is None:
            params.root_uri = None
        return (yield from super().lsp_initialize(params))

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Generator[Any, Any, None]:
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    @property
    def is_shut_down(self) -> bool:
        return self._shutdown


def is_alive(process: int) -> bool:
    """Whether a process exists. True on systems that cannot tell without side effects."""
    if sys.platform == "win32" or process <= 0:
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


async def gone(process: int) -> None:
    """Returns when a process has ended."""
    while is_alive(process):
        await asyncio.sleep(CLIENT)
