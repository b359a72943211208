"""The protocol: what the editor says, and what it is told."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any, Final

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from wa_iac import __version__
from wa_iac.config import NAMES
from wa_iac.engine.catalogue import OURS, Catalogue
from wa_iac.report.text import safe

from .actions import OPEN, Asked, code_actions, hover
from .diagnostics import SOURCE, Shown, shown
from .schedule import Schedule, Snapshot
from .units import Judged, Target, absolute, target_of

DEBOUNCE: Final = 0.3
"""Seconds without typing after which a buffer that is not saved is judged."""
WATCHED: Final = ("**/*.{tf,tofu,tfvars,yaml,yml,json,template}", *(f"**/{name}" for name in NAMES))
"""The files whose changes outside of the editor matter."""


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, catalogue: Catalogue = OURS) -> None:
        super().__init__("wa-iac", __version__)
        self.show_unknown = False
        self.schedule = Schedule(self._snapshot, self.publish, self._failed, catalogue)
        self.shown: dict[Target, dict[Path, list[Shown]]] = {}
        """What each unit has to show in each file."""
        self._told: dict[Target, str] = {}
        self._bytes: dict[str, tuple[int | None, bytes]] = {}

    # --- what is open

    def opened(self) -> dict[Path, str]:
        """The editor's address of each open file, by resolved path."""
        found = ((self.path(each.uri), each.uri) for each in self.workspace.text_documents.values())
        return {path: uri for path, uri in found if path is not None}

    @property
    def encoding(self) -> str:
        """The unit of positions that was agreed on."""
        return self.workspace.position_encoding or types.PositionEncodingKind.Utf16

    @staticmethod
    def path(uri: str) -> Path | None:
        """The file at an address, resolved; None for what is no file: an unnamed buffer, another version's text."""
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
        return absolute(name) if name else None

    def text(self, uri: str) -> bytes:
        """An open file's text in UTF-8, made once for each of its versions."""
        document = self.workspace.get_text_document(uri)
        found = self._bytes.get(uri)
        if found is None or found[0] != document.version or document.version is None:
            found = self._bytes[uri] = document.version, document.source.encode("utf-8", "replace")
        return found[1]

    def _snapshot(self) -> Snapshot:
        opened = self.opened()
        self._bytes = {uri: text for uri, text in self._bytes.items() if uri in opened.values()}
        folders = [self.path(folder.uri) for folder in self.workspace.folders.values()]
        if not folders and self.workspace.root_uri:
            folders = [self.path(self.workspace.root_uri)]
        known = sorted((each for each in folders if each is not None), key=lambda each: -len(each.parts))
        return Snapshot({path: self.text(uri) for path, uri in opened.items()}, tuple(known))

    # --- what is to be judged

    def concerned(self, path: Path, text: bytes) -> list[Target]:
        """The units that a file concerns: those that have read it, or else the one that it begins."""
        own = target_of(path, text)
        reading = [target for target in self.reading(path) if target != own]
        if own is not None and (not reading or own in self.schedule.states):
            reading.append(own)
        return reading

    def reading(self, path: Path | None) -> dict[Target, Judged]:
        """The units that have read a file, with what is known of them."""
        return {
            target: state.judged
            for target, state in self.schedule.states.items()
            if state.judged is not None and path in state.judged.files
        }

    def changed(self, uri: str, delay: float = 0.0) -> None:
        """A file was opened, changed or saved."""
        path = self.path(uri)
        if path is None:
            return
        text = self.text(uri)
        targets = self.concerned(path, text)
        for target in targets:
            self.schedule.request(target, delay)
        alone = Target("cloudformation", path)
        if alone in self.schedule.states and alone not in targets:
            self.drop(alone)  # it was a template, and is none any more

    def closed(self, uri: str) -> None:
        """A file was closed: its unit is forgotten with its last open file, and what was not saved counts no more."""
        path = self.path(uri)
        self._bytes.pop(uri, None)
        reading = self.reading(path)
        begun = {target for each, address in self.opened().items() if (target := target_of(each, self.text(address)))}
        for target in [each for each in self.schedule.states if each not in begun]:
            self.drop(target)
        for target in reading:
            if target in self.schedule.states:
                self.schedule.request(target)
        self._complete()

    def changed_outside(self, paths: set[Path]) -> None:
        """Files have changed on the disk. The text of an open one is the editor's, who tells of it himself."""
        if any(path.name in NAMES for path in paths):
            self.again()
            return
        opened = self.opened()
        changed = paths - set(opened)
        for target, state in list(self.schedule.states.items()):
            read = state.judged.files if state.judged is not None else frozenset()
            if any(path in read or path.parent == target.path for path in changed):
                self.schedule.request(target)

    def again(self) -> None:
        """Judge everything anew: settings have changed."""
        for uri in self.opened().values():
            self.changed(uri)

    def drop(self, target: Target) -> None:
        self.schedule.forget(target)
        self._told.pop(target, None)
        self._show(target, {})

    def _complete(self) -> None:
        """Judge what is open and in no unit."""
        covered = {path for state in self.schedule.states.values() if state.judged is not None for path in state.judged.files}
        for path, uri in self.opened().items():
            if path not in covered and (target := target_of(path, self.text(uri))) and target not in self.schedule.states:
                self.schedule.request(target)

    # --- what is told

    def publish(self, target: Target, judged: Judged) -> None:
        """Show what was found in all files of a unit, and clear what is not there any more."""
        opened = self.opened()
        inside = [path for path in opened if path in judged.files or target.path in (path, path.parent)]
        self._show(
            target,
            shown(
                judged,
                inside,
                lambda path: opened.get(path) or path.as_uri(),
                encoding=self.encoding,
                show_unknown=self.show_unknown,
            ),
        )
        self._tell(target, judged)
        for other in [each for each in self.schedule.states if each != target and self._takes_in(judged, each, opened)]:
            self.drop(other)

    def _takes_in(self, judged: Judged, other: Target, opened: dict[Path, str]) -> bool:
        """Whether another unit's open files are all in this one: it is called here, and so judged here."""
        begun = [path for path, uri in opened.items() if target_of(path, self.text(uri)) == other]
        state = self.schedule.states[other].judged
        circle = state is not None and judged.files <= state.files
        return bool(begun) and not circle and all(path in judged.files for path in begun)

    def _show(self, target: Target, files: dict[Path, list[Shown]]) -> None:
        before = self.shown.pop(target, {})
        if files:
            self.shown[target] = files
        opened = self.opened()
        for path in {**before, **files}:
            uri = opened.get(path)
            document = self.workspace.get_text_document(uri) if uri is not None else None
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=uri or path.as_uri(),
                    diagnostics=[each.diagnostic for each in self.at(path)],
                    version=document.version if document is not None else None,
                )
            )

    def at(self, path: Path) -> list[Shown]:
        """What is shown in a file, each thing once, though several units may have found it."""
        found: dict[tuple[object, ...], Shown] = {}
        for files in self.shown.values():
            for each in files.get(path, ()):
                place = each.diagnostic.range
                key = (place.start.line, place.start.character, place.end.line, place.end.character)
                found.setdefault((*key, each.diagnostic.code, each.diagnostic.message), each)
        return list(found.values())

    def asked(self, params: types.CodeActionParams) -> Asked:
        """What code actions are asked for."""
        path = self.path(params.text_document.uri)
        window = self.client_capabilities.window
        document = window.show_document if window is not None else None
        return Asked(
            uri=params.text_document.uri,
            path=path,
            text=self.text(params.text_document.uri),
            diagnostics=[each for each in params.context.diagnostics if each.source == SOURCE and each.code],
            shown=self.at(path) if path is not None else [],
            encoding=self.encoding,
            judged=list(self.reading(path).values()),
            opens_pages=document is not None and document.support,
        )

    def _tell(self, target: Target, judged: Judged) -> None:
        """Say once that settings are broken."""
        message = safe(f"wa-iac: {judged.errors[0]}") if judged.refused else ""
        if message and message not in self._told.values():
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
        self._told[target] = message

    def _failed(self, target: Target, error: BaseException) -> None:
        text = f"wa-iac: this is a bug in wa-iac: {target.path.name}: {type(error).__name__}: {error}"
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, safe(text)))

    def configure(self, options: object) -> None:
        """Take the editor's settings: `{"showUnknown": true}`, alone or under `wa-iac`."""
        if isinstance(options, dict):
            own = options.get("wa-iac", options)
            wanted = isinstance(own, dict) and own.get("showUnknown", self.show_unknown) is True
            if wanted != self.show_unknown:
                self.show_unknown = wanted
                for target, state in self.schedule.states.items():
                    if state.judged is not None:
                        self.publish(target, state.judged)


def made(catalogue: Catalogue = OURS) -> Server:
    """A server with all that it can do."""
    server = Server(catalogue)

    @server.feature(types.INITIALIZE)
    def _initialize(server: Server, params: types.InitializeParams) -> None:
        server.configure(params.initialization_options)

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
        server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def _did_change(server: Server, params: types.DidChangeTextDocumentParams) -> None:
        server.changed(params.text_document.uri, DEBOUNCE)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE, types.SaveOptions(include_text=False))
    def _did_save(server: Server, params: types.DidSaveTextDocumentParams) -> None:
        path = server.path(params.text_document.uri)
        if path is not None and path.name in NAMES:
            server.again()
        else:
            server.changed(params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def _did_close(server: Server, params: types.DidCloseTextDocumentParams) -> None:
        server.closed(params.text_document.uri)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def _did_change_files(server: Server, params: types.DidChangeWatchedFilesParams) -> None:
        server.changed_outside({path for each in params.changes if (path := server.path(each.uri)) is not None})

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    def _did_change_configuration(server: Server, params: types.DidChangeConfigurationParams) -> None:
        server.configure(params.settings)

    @server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def _did_change_folders(server: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
        del params
        server.again()

    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
        path = server.path(params.text_document.uri)
        return hover(server.at(path), params.position) if path is not None else None

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]))
    def _code_action(server: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
        return code_actions(server.asked(params))

    @server.command(OPEN)
    async def _open(server: Server, address: str) -> None:
        await server.window_show_document_async(types.ShowDocumentParams(address, external=True))

    @server.feature(types.SHUTDOWN)
    def _shutdown(server: Server, params: Any) -> None:
        del params
        server.schedule.close()

    return server


def run(catalogue: Catalogue) -> None:
    """Serve over standard input and output, with the rules in `catalogue`."""
    server = made(catalogue)
    # What is imported stays: the collector need not look at it again. It is off, and called when nobody waits; see `schedule`.
    gc.disable()
    gc.collect()
    gc.freeze()
    server.start_io()
