"""The protocol: messages from and to the editor."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from wa_iac import __version__
from wa_iac.report.text import safe
from wa_iac.settings.find import NAMES

from . import plain
from .answers import SOURCE, action, diagnostic, mark, opening
from .documents import Documents, OpenDocument, path_of
from .plain import Result, Shown
from .protocol import Protocol, gone
from .schedule import Judging, JudgingSchedule
from .targets import UnitTarget

DEBOUNCE: Final = 0.3
"""Seconds without typing after which an unsaved buffer is checked."""
PATIENCE: Final = 3.0
"""Seconds that a request for actions waits; after that, the answer lacks actions that need parsing."""


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, begin: Callable[[], Judging], worker: Judging | None = None) -> None:
        super().__init__(SOURCE, __version__, protocol_cls=Protocol)
        self.show_unknown = False
        self.documents = Documents()
        self.schedule = JudgingSchedule(
            self._job, self.publish, self._given_up, self.log, begin, worker=worker, told_nothing=self._forgotten
        )
        self.shown: dict[UnitTarget, dict[Path, list[Shown]]] = {}
        """The diagnostics of each unit in each file."""
        self._told: dict[UnitTarget, str] = {}
        self._logged: set[str] = set()
        self._sent: dict[Path, bytes] = {}
        """The texts that the checking process has."""
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._watch: asyncio.Task[None] | None = None

    # --- open documents

    def _forgotten(self) -> None:
        self._sent = {}

    def _state(self) -> plain.State:
        """The changes since the last message to the checking process."""
        opened = self.documents.by_path()
        texts = {path: each.data for path, each in opened.items() if self._sent.get(path) is not each.data}
        closed = [path for path in self._sent if path not in opened]
        self._sent = {path: each.data for path, each in opened.items()}
        folders = [path_of(folder.uri) for folder in self.workspace.folders.values()]
        if not folders and self.workspace.root_uri:
            folders = [path_of(self.workspace.root_uri)]
        known = sorted((each for each in folders if each is not None), key=lambda each: -len(each.parts))
        addresses = {path: each.uri for path, each in opened.items()}
        return plain.State(texts, closed, addresses, tuple(known), self.documents.encoding, self.show_unknown)

    def _job(self, number: int, limit: float, target: UnitTarget) -> plain.Judge:
        return plain.Judge(number, limit, self._state(), target)

    # --- units to check

    def concerned(self, document: OpenDocument) -> list[UnitTarget]:
        """The units of a file: those that have read it, or else the one that it begins."""
        own = document.target
        reading = [target for target in self.reading(document.path) if target != own]
        if own is not None and (not reading or own in self.schedule.states):
            reading.append(own)
        return reading

    def reading(self, path: Path | None) -> dict[UnitTarget, Result]:
        """The units that have read a file, with their state."""
        return {
            target: state.result
            for target, state in self.schedule.states.items()
            if state.result is not None and path in state.result.files
        }

    def changed(self, document: OpenDocument) -> None:
        """A file was opened, changed or saved."""
        if (timer := self._timers.pop(document.uri, None)) is not None:
            timer.cancel()
        if document.path is None:
            return
        targets = self.concerned(document)
        for target in targets:
            self.schedule.request(target)
        alone = UnitTarget("cloudformation", document.path)
        if alone in self.schedule.states and alone not in targets:
            self.drop(alone)  # it is no longer a template

    def typed(self, document: OpenDocument) -> None:
        """A file is being changed; it is checked when typing pauses. This takes no longer for a longer text."""
        if (timer := self._timers.pop(document.uri, None)) is not None:
            timer.cancel()
        if document.path is None:
            return
        own = document.target_before
        for target in {*self.reading(document.path), *([own] if own is not None else [])}:
            self.schedule.supersede(target)
        self._timers[document.uri] = asyncio.get_running_loop().call_later(DEBOUNCE, self.changed, document)

    def closed(self, document: OpenDocument) -> None:
        """A file was closed. Its unit is forgotten with its last open file, and unsaved text no longer counts."""
        if (timer := self._timers.pop(document.uri, None)) is not None:
            timer.cancel()
        concerned = {*self.reading(document.path), document.target_before}
        begun = {each.target for each in self.documents}
        for target in [each for each in self.schedule.states if each not in begun]:
            self.drop(target)
        for each in concerned:
            if each is not None and each in self.schedule.states:
                self.schedule.request(each)
        self._complete()

    def changed_outside(self, paths: set[Path]) -> None:
        """Files have changed on the disk. The text of an open file comes from the editor, which reports its changes."""
        if any(path.name in NAMES for path in paths):
            self.again()
            return
        changed = paths - set(self.documents.by_path())
        for target, state in list(self.schedule.states.items()):
            read = state.result.files if state.result is not None else frozenset()
            if any(path in read or path.parent == target.path for path in changed):
                self.schedule.request(target)

    def again(self) -> None:
        """Check everything again, since settings have changed."""
        for each in self.documents:
            self.changed(each)

    def drop(self, target: UnitTarget) -> None:
        self.schedule.forget(target)
        self._told.pop(target, None)
        self._show(target, {})

    def _complete(self) -> None:
        """Check open files that belong to no unit."""
        covered = {path for state in self.schedule.states.values() if state.result is not None for path in state.result.files}
        for each in self.documents:
            target = each.target
            if target is not None and each.path not in covered and target not in self.schedule.states:
                self.schedule.request(target)

    # --- diagnostics

    def publish(self, target: UnitTarget, result: Result) -> None:
        """Show the findings in all files of a unit, and clear old ones."""
        self._show(target, {path: list(each) for path, each in result.shown.items()})
        self._tell(target, result.refused)
        # If all open files of another unit are in this one, that unit is called from here, and so checked here.
        begun: dict[UnitTarget, bool] = {}
        for each in self.documents:
            if (other := each.target) is not None and other != target:
                begun[other] = begun.get(other, True) and each.path in result.files
        for other, is_inside in begun.items():
            state = self.schedule.states.get(other) if is_inside else None
            # If two units call each other, neither is dropped.
            if state is not None and (state.result is None or not result.files <= state.result.files):
                self.drop(other)

    def _given_up(self, target: UnitTarget, why: str) -> None:
        """A unit has no result. Its open files show that, and nothing else."""
        top = plain.Range(plain.Position(0, 0), plain.Position(0, 1))
        inside = (path for path in self.documents.by_path() if target.path in (path, path.parent))
        self._show(target, {path: [Shown(top, plain.ERROR, why)] for path in inside})

    def _show(self, target: UnitTarget, files: dict[Path, list[Shown]]) -> None:
        before = self.shown.pop(target, {})
        if files:
            self.shown[target] = files
        opened = self.documents.by_path()
        for path in {**before, **files}:
            try:
                self._publish(path, opened.get(path))
            except Exception as error:
                self.log(error)

    def _publish(self, path: Path, document: OpenDocument | None) -> None:
        found = [made for each in self.at(path) if (made := self._made(each)) is not None]
        uri, version = (document.uri, document.version) if document is not None else (path.as_uri(), None)
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=found, version=version))

    def _made(self, each: Shown) -> types.Diagnostic | None:
        """A diagnostic; one that cannot be created is left out."""
        try:
            return diagnostic(each)
        except Exception as error:
            self.log(error)
            return None

    def at(self, path: Path | None) -> list[Shown]:
        """The diagnostics of a file, each once, even if several units have it."""
        found: dict[tuple[object, ...], Shown] = {}
        for files in self.shown.values():
            for each in files.get(path, ()) if path is not None else ():
                found.setdefault((each.range, each.code, each.message), each)
        return list(found.values())

    async def actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        """The actions for the requested diagnostics. Those that need parsing are left out if the process has no time."""
        document = self.documents.get(params.text_document.uri)
        about = [each for each in params.context.diagnostics if each.source == SOURCE and each.code]
        if document is None or document.path is None or not about:
            return []
        path, targets = document.path, tuple(self.reading(document.path))
        asked = tuple(plain.Asked(str(each.code), mark(each), each.range.start.line) for each in about)

        def offer(number: int, limit: float) -> plain.Offer:
            return plain.Offer(number, limit, self._state(), targets, path, asked)

        version = document.version
        offered = await self.schedule.ask(offer, PATIENCE)
        # Edits for an older text would not fit the changed one.
        found = [action(each, about[each.about], document.uri) for each in offered] if document.version == version else []
        if self._opens_pages:
            shown = {each.mark: each for each in self.at(path) if each.href}
            found += [opening(shown[mark(each)], each) for each in about if mark(each) in shown]
        return sorted(found, key=lambda each: about.index(each.diagnostics[0]) if each.diagnostics else 0)

    @property
    def _opens_pages(self) -> bool:
        """Whether the editor can open pages in a browser for us."""
        window = self.client_capabilities.window
        document = window.show_document if window is not None else None
        return document is not None and bool(document.support)

    def _tell(self, target: UnitTarget, refused: str) -> None:
        """Report once that settings are broken."""
        message = safe(f"wa-iac: {refused}") if refused else ""
        if message and message not in self._told.values():
            self.window_show_message(types.ShowMessageParams(types.MessageType.Error, message))
        self._told[target] = message

    def log(self, error: BaseException) -> None:
        """Log an exception once, without its message, which may quote a document."""
        frame = error.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        place = f" in {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame is not None else ""
        text = f"wa-iac: {type(error).__name__}{place}: the request failed; the server goes on"
        if text not in self._logged:
            self._logged.add(text)
            with suppress(Exception):  # the editor may be gone
                print(text, file=sys.stderr, flush=True)
                self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    def report_server_error(self, error: Exception, source: object) -> None:
        del source
        self.log(error)

    def configure(self, options: object) -> None:
        """Read the editor's settings: `{"showUnknown": true, "timeLimit": 20}`, alone or under `wa-iac`."""
        own = options.get("wa-iac", options) if isinstance(options, dict) else None
        if not isinstance(own, dict):
            return
        limit = own.get("timeLimit")
        if isinstance(limit, int | float) and not isinstance(limit, bool) and 0 < limit < 1e6:
            self.schedule.limit = float(limit)
        wanted = own.get("showUnknown", self.show_unknown) is True
        if wanted != self.show_unknown:
            self.show_unknown = wanted
            for target in list(self.schedule.states):
                self.schedule.request(target)

    def begin(self, params: types.InitializeParams) -> None:
        """The editor's capabilities and process id; the server ends with that process."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, about: self.log(about.get("exception") or RuntimeError()))
        encoding = self.workspace.position_encoding or types.PositionEncodingKind.Utf16
        self.documents.encoding = types.PositionEncodingKind(encoding).value
        self.configure(params.initialization_options)
        if params.process_id is not None:
            self._watch = loop.create_task(gone(params.process_id))
            self._watch.add_done_callback(lambda done: None if done.cancelled() else self.end(1))

    @property
    def is_shut_down(self) -> bool:
        protocol = self.protocol
        return isinstance(protocol, Protocol) and protocol.is_shut_down

    def end(self, code: int) -> NoReturn:
        """End this process and the checking process at once, unconditionally."""
        self.schedule.close()
        with suppress(OSError, ValueError):
            sys.stdout.flush()
        os._exit(code)
