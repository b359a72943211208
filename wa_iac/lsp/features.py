"""The editor's requests and notifications, and their handlers. A failure in a handler costs its answer; see `Server.log`."""

from __future__ import annotations

import gc
import logging
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from lsprotocol import types

from wa_iac.settings.find import NAMES

from .answers import OPEN, hover
from .documents import path_of
from .schedule import Judging
from .server import Server

WATCHED: Final = ("**/*.{tf,tofu,tfvars,yaml,yml,json,template}", *(f"**/{name}" for name in NAMES))
"""The relevant files for changes outside of the editor."""
MOST_EVENTS: Final = 2000
"""The number of simultaneous changes, for example after a checkout, that are handled one by one; if there are more, everything
is checked again."""


def build_server(begin: Callable[[], Judging], worker: Judging | None = None) -> Server:
    """A server with all its features. `begin` starts a checking process; `worker` is one that is already started."""
    server = Server(begin, worker)

    @server.feature(types.INITIALIZE)
    def _initialize(server: Server, params: types.InitializeParams) -> None:
        server.begin(params)

    @server.feature(types.INITIALIZED)
    def _initialized(server: Server, params: types.InitializedParams) -> None:
        del params
        workspace = server.client_capabilities.workspace
        watching = workspace.did_change_watched_files if workspace is not None else None
        if watching is not None and watching.dynamic_registration:
            watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            wanted = types.Registration("wa-iac-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([wanted]))

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def _did_open(server: Server, params: types.DidOpenTextDocumentParams) -> None:
        server.changed(server.documents.open(params.text_document))

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
        if (document := server.documents.get(params.text_document.uri)) is not None:
            document.change(params.content_changes, params.text_document.version, server.documents.encoding)
            server.typed(document)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False))
    def _did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
        path = path_of(params.text_document.uri)
        if path is not None and path.name in NAMES:
            server.again()
        elif (document := server.documents.get(params.text_document.uri)) is not None:
            server.changed(document)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
        if (document := server.documents.close(params.text_document.uri)) is not None:
            server.closed(document)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _did_change_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
        if len(params.changes) > MOST_EVENTS:
            server.again()
        else:
            server.changed_outside(_paths(each.uri for each in params.changes))

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
        server.configure(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _did_change_folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
        del params
        server.again()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
        return hover(server.at(path_of(params.text_document.uri)), params.position)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    async def _code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        return await server.actions(params)

    @server.command(OPEN)
    async def _open(server: Server, address: str) -> None:
        await server.window_show_document_async(types.ShowDocumentParams(address, external=True))

    @server.feature(types.SHUTDOWN)
    def _shutdown(server: Server, params: Any) -> None:
        del params
        server.schedule.close()

    @server.feature(types.EXIT)
    def _exit(server: Server, params: Any) -> None:
        del params
        server.end(0 if server.is_shut_down else 1)

    return server


def _paths(uris: Iterable[str]) -> set[Path]:
    return {path for uri in uris if (path := path_of(uri)) is not None}


def run(begin: Callable[[], Judging], worker: Judging) -> None:
    """Serve over standard input and output, until the editor exits or disappears."""
    # Signals end it at once; pygls would wait for the thread that reads the input.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # pygls's log quotes documents; we log errors ourselves
    server = build_server(begin, worker)
    # Imported modules stay, so the collector need not visit them again.
    gc.collect()
    gc.freeze()
    server.start_io()
    server.end(0)
