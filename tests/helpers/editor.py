"""An editor for tests: pygls's own client, which starts `wa-iac lsp` and keeps what it is told."""

from __future__ import annotations

import asyncio
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, Union

from cattrs import Converter
from lsprotocol import types
from pygls.lsp.client import LanguageClient
from pygls.protocol import default_converter
from pygls.uris import to_fs_path

T = TypeVar("T")
PATIENCE = 60.0
"""Seconds that a test waits for an answer."""


def _converter() -> Converter:
    """pygls's own takes an action with a command for a command: a command's `command` is a text."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]  # pygls gives it no types

    def structured(value: dict[str, object], _: object) -> types.Command | types.CodeAction:
        if isinstance(value.get("command"), str):
            return converter.structure(value, types.Command)
        return converter.structure(value, types.CodeAction)

    converter.register_structure_hook(types.Command | types.CodeAction, structured)
    converter.register_structure_hook(Union[types.Command, types.CodeAction], structured)  # noqa: UP007 - the other spelling is another type
    return converter


class Editor:
    """One session. `told` holds the messages, `published` all publications of each file, the last one last."""

    def __init__(self, root: Path | None) -> None:
        self.root = root
        self.client = LanguageClient("test", "1", converter_factory=_converter)
        self.told: list[str] = []
        self.registered: list[types.Registration] = []
        self.opened_pages: list[str] = []
        self.published: dict[Path, list[list[types.Diagnostic]]] = defaultdict(list)
        self.versions: dict[Path, int] = {}
        self.changed = asyncio.Event()
        self.capabilities: types.ServerCapabilities | None = None

        @self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def _published(params: types.PublishDiagnosticsParams) -> None:
            self.published[Path(to_fs_path(params.uri) or "")].append(list(params.diagnostics))
            self.changed.set()

        @self.client.feature(types.WINDOW_SHOW_MESSAGE)
        def _told(params: types.ShowMessageParams) -> None:
            self.told.append(params.message)
            self.changed.set()

        @self.client.feature(types.CLIENT_REGISTER_CAPABILITY)
        def _registered(params: types.RegistrationParams) -> None:
            self.registered += params.registrations

        @self.client.feature(types.WINDOW_SHOW_DOCUMENT)
        def _opened(params: types.ShowDocumentParams) -> types.ShowDocumentResult:
            self.opened_pages.append(params.uri)
            return types.ShowDocumentResult(success=True)

    async def start(self, encodings: list[str] | None, options: object, arguments: Sequence[str]) -> None:
        await self.client.start_io(sys.executable, "-m", "wa_iac", "lsp", *arguments)
        folders = [types.WorkspaceFolder(self.root.as_uri(), "root")] if self.root is not None else None
        general = types.GeneralClientCapabilities(position_encodings=encodings) if encodings else None
        window = types.WindowClientCapabilities(show_document=types.ShowDocumentClientCapabilities(support=True))
        watching = types.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        workspace = types.WorkspaceClientCapabilities(did_change_watched_files=watching)
        result = await self.client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(general=general, window=window, workspace=workspace),
                workspace_folders=folders,
                initialization_options=options,
            )
        )
        self.capabilities = result.capabilities
        self.client.initialized(types.InitializedParams())

    def open(self, path: Path, text: str | None = None) -> None:
        content = path.read_text(encoding="utf-8") if text is None else text
        self.versions[path] = 1
        item = types.TextDocumentItem(path.as_uri(), "any", 1, content)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, path: Path, text: str) -> None:
        self.versions[path] += 1
        document = types.VersionedTextDocumentIdentifier(self.versions[path], path.as_uri())
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [whole]))

    def save(self, path: Path, text: str | None = None) -> None:
        if text is not None:
            path.write_text(text, encoding="utf-8")
            if path in self.versions:
                self.change(path, text)
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(path.as_uri())))

    def close(self, path: Path) -> None:
        del self.versions[path]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(path.as_uri())))

    def changed_outside(self, *paths: Path) -> None:
        changes = [types.FileEvent(path.as_uri(), types.FileChangeType.Changed) for path in paths]
        self.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(changes))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. Raises `TimeoutError`."""
        async with asyncio.timeout(PATIENCE):
            while not holds():
                self.changed.clear()
                await self.changed.wait()

    async def codes(self, path: Path, number: int = 1) -> list[str]:
        """The codes and lines (from 1) last published for a file, as soon as there have been `number` publications."""
        await self.until(lambda: len(self.published[path]) >= number)
        return self.now(path)

    def now(self, path: Path) -> list[str]:
        return [f"{each.range.start.line + 1} {each.code}" for each in self.last(path)]

    def last(self, path: Path) -> list[types.Diagnostic]:
        return self.published[path][-1] if self.published[path] else []

    async def actions(self, path: Path, diagnostic: types.Diagnostic) -> list[types.CodeAction]:
        context = types.CodeActionContext(diagnostics=[diagnostic])
        asked = types.CodeActionParams(types.TextDocumentIdentifier(path.as_uri()), diagnostic.range, context)
        found = await self.client.text_document_code_action_async(asked)
        return [each for each in found or [] if isinstance(each, types.CodeAction)]

    async def hover(self, path: Path, line: int, character: int) -> str:
        asked = types.HoverParams(types.TextDocumentIdentifier(path.as_uri()), types.Position(line, character))
        found = await self.client.text_document_hover_async(asked)
        if found is None:
            return ""
        assert isinstance(found.contents, types.MarkupContent)
        return found.contents.value


@asynccontextmanager
async def editor(
    root: Path | None, *, encodings: list[str] | None = None, options: object = None, arguments: Sequence[str] = ()
) -> AsyncIterator[Editor]:
    """A session in a workspace folder, or in none."""
    session = Editor(root)
    await session.start(encodings, options, arguments)
    try:
        yield session
    finally:
        await session.client.shutdown_async(None)
        session.client.exit(None)
        await session.client.stop()  # type: ignore[no-untyped-call]  # pygls gives it no types


@dataclass
class Workspace:
    """A folder for one test, in a workspace whose server several tests share."""

    folder: Path
    editor: Editor
    runner: asyncio.Runner

    def run(self, session: Callable[[Editor], Awaitable[T]]) -> T:
        """Run a session with the server. What it leaves open is closed."""

        async def whole() -> T:
            try:
                return await session(self.editor)
            finally:
                for path in list(self.editor.versions):
                    self.editor.close(path)

        return self.runner.run(whole())
