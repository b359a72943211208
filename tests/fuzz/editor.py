"""An editor that says anything: messages of the protocol, changed, to a server in this process whose checking is done at once."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any, Final, NoReturn
from unittest.mock import patch

from wa_iac.engine.catalogue import OURS
from wa_iac.lsp import server as of_server
from wa_iac.lsp import work
from wa_iac.lsp.features import build_server
from wa_iac.lsp.plain import Forget, GiveUp, Judge, Offer, Reply, Result
from wa_iac.lsp.schedule import Judging
from wa_iac.lsp.server import Server

from . import seeds
from .kinds import Tree
from .mutations import changed_document, changed_text
from .properties import BrokenError, put, raised

_WORKER: Final = work.Worker(OURS, lambda _: None)
_TURNS: Final = 400
"""Turns of the event loop after the last message, at most: enough for all that was asked."""


class _Ended(BaseException):
    """The server ends the process."""


class _Inline(Judging):
    """A checking process that is none: it judges while it is asked."""

    def __init__(self) -> None:
        self.replies: asyncio.Queue[Reply] = asyncio.Queue()
        self.replies.put_nowait(Reply(0))

    @property
    def is_alive(self) -> bool:
        return True

    def send(self, message: Judge | Offer | Forget | GiveUp) -> None:
        if isinstance(message, Judge | Offer):
            _WORKER._take(message.state)
            found = _WORKER._judge(message) if isinstance(message, Judge) else _WORKER._offer(message)
            bugs = (
                [each.message for shown in found.shown.values() for each in shown if "a bug in wa-iac" in each.message]
                if isinstance(found, Result)
                else []
            )
            if bugs:
                raise BrokenError(f"bug: {bugs[0].partition(' raised ')[2].partition(';')[0]}", bugs[0])
            self.replies.put_nowait(Reply(message.number, found))

    async def reply(self) -> Reply:
        return await self.replies.get()

    def end(self) -> None:
        pass


class _Heard:
    """What the server says."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    def write(self, data: bytes) -> None:
        self.messages.append(json.loads(data.partition(b"\r\n\r\n")[2]))

    def close(self) -> None:
        pass


def session(random: Random) -> str:
    """One session. Returns `answered`, or `ended` if the server was told to end. Raises `BrokenError`."""
    put(Path(), Tree({"main.tf": seeds.KEY.encode(), "t.yaml": seeds.CHILD.encode()}, [], []))
    _WORKER._buffers.clear()
    _WORKER._kept.clear()
    _WORKER._judged.clear()
    logging.disable(logging.CRITICAL)
    with _quiet(), redirect_stderr(StringIO()):
        try:
            asyncio.run(_talk(random))
        except _Ended:
            return "ended"
        except BrokenError:
            raise
        except Exception as error:
            raise BrokenError(raised(error), traceback.format_exc()) from error
    return "answered"


@contextmanager
def _quiet() -> Iterator[None]:
    """No waiting for a pause in typing; and our own limit of time is not the checking process's."""
    before = signal.getsignal(signal.SIGALRM)
    with patch.object(of_server, "DEBOUNCE", 0), patch.object(work, "_ended_after", lambda seconds: None):
        try:
            yield
        finally:
            signal.signal(signal.SIGALRM, before)


async def _talk(random: Random) -> None:
    server = build_server(_Inline, _Inline())
    heard = _Heard()
    server.protocol.set_writer(heard)
    failed: list[BaseException] = []
    _listen(server, failed)
    try:
        for message in _messages(random, heard):
            body = json.dumps(message)
            try:
                server.protocol.handle_message(json.loads(body, object_hook=server.protocol.structure_message))
            except Exception as error:
                server.report_server_error(error, object())
            for _ in range(random.choice((1, 1, 3, 30))):
                await asyncio.sleep(0)
        for _ in range(_TURNS):
            await asyncio.sleep(0)
            if not server.schedule._pending and server.schedule._running is None:
                break
    finally:
        server.schedule.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
    for failure in failed:
        if isinstance(failure, BrokenError):
            raise failure
        frames = [each.filename for each in traceback.extract_tb(failure.__traceback__)]
        # What pygls cannot make of a message is its answer to the editor; in our own code it is a bug.
        if any(f"{os.sep}wa_iac{os.sep}" in each and not each.endswith("protocol.py") for each in frames[-1:]):
            raise BrokenError(f"logged: {raised(failure)}", "".join(traceback.format_exception(failure)))


def _listen(server: Server, failed: list[BaseException]) -> None:
    """Have a server keep its failures, and end nothing but itself."""

    def end(code: int) -> NoReturn:
        raise _Ended

    server.end = end  # type: ignore[method-assign]
    server.log = failed.append  # type: ignore[method-assign, assignment]


def _messages(random: Random, heard: _Heard) -> Iterator[Any]:
    """A conversation, some of whose messages are changed, left out or repeated."""
    root = Path.cwd().as_uri()
    capabilities: dict[str, Any] = {
        "general": {"positionEncodings": [random.choice(("utf-8", "utf-16", "utf-32"))]},
        "window": {"showDocument": {"support": True}},
    }
    yield _changed(
        random,
        _request(
            0,
            "initialize",
            {
                "processId": None,
                "capabilities": capabilities,
                "rootUri": root,
                "workspaceFolders": [{"uri": root, "name": "x"}],
                "initializationOptions": {"showUnknown": True},
            },
        ),
        0.1,
    )
    yield _notification("initialized", {})
    for number in range(1, random.choice((4, 8, 20))):
        for message in random.choice(_SAID)(random, number, heard):
            yield from [_changed(random, message, 0.25)] * random.choice((0, 1, 1, 1, 1, 1, 2))
    if random.random() < 0.2:
        yield _request(900, "shutdown", None)
        yield _notification("exit", None)


def _changed(random: Random, message: dict[str, Any], share: float) -> Any:
    if random.random() < share:
        message = {**message, "params": changed_document(random, message["params"], lambda: message["params"])}
    return message


def _request(number: int, method: str, params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def _notification(method: str, params: Any) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": method, "params": params}


def _uri(random: Random) -> str:
    names = ("main.tf", "main.tf", "t.yaml", "t.yaml", "new.tf", "child/x.tf", "wa-iac.toml", "a.tfvars", "t.json")
    if random.random() < 0.05:
        return random.choice(
            (
                "file://\0",
                "file:///etc/passwd",
                "http://[x]/y",
                "untitled:1",
                "",
                "file://host/x.tf",
                "file:///%ff.tf",
                "file:///dev/zero",
            )
        )
    return Path(random.choice(names)).absolute().as_uri()


def _text_of(random: Random, uri: str) -> str:
    texts: Sequence[str] = seeds.hcl() if uri.endswith("tf") else seeds.templates()
    text = random.choice((seeds.KEY, seeds.CHILD, random.choice(texts))).encode()
    if random.random() < 0.5:
        text = changed_text(random, text, lambda: random.choice(texts).encode())
    return text.decode("utf-8", "replace")[:20_000]


def _opened(random: Random, number: int, heard: _Heard) -> Iterator[dict[str, Any]]:
    uri = _uri(random)
    yield _notification(
        "textDocument/didOpen",
        {"textDocument": {"uri": uri, "languageId": "x", "version": number, "text": _text_of(random, uri)}},
    )


def _edited(random: Random, number: int, heard: _Heard) -> Iterator[dict[str, Any]]:
    uri = _uri(random)
    changes: list[dict[str, Any]] = []
    for _ in range(random.choice((1, 1, 2, 5))):
        if random.random() < 0.3:
            changes.append({"text": _text_of(random, uri)})
        else:
            changes.append(
                {
                    "range": _range(random),
                    "text": random.choice(("", "x", "\n", "\r\n", "é\U0001f600", "{", "}", "\ud800", _text_of(random, uri))),
                }
            )
    yield _notification("textDocument/didChange", {"textDocument": {"uri": uri, "version": number}, "contentChanges": changes})


def _range(random: Random) -> dict[str, Any]:
    return {
        end: {"line": random.choice((0, 0, 1, 2, 5, 90, 2**31)), "character": random.choice((0, 0, 1, 3, 12, 2**31))}
        for end in ("start", "end")
    }


def _asked(random: Random, number: int, heard: _Heard) -> Iterator[dict[str, Any]]:
    said = [
        each["params"]
        for each in heard.messages
        if each.get("method") == "textDocument/publishDiagnostics" and each["params"]["diagnostics"]
    ]
    if said and random.random() < 0.8:
        told = random.choice(said)
        uri, diagnostic = told["uri"], random.choice(told["diagnostics"])
        yield _request(
            number,
            "textDocument/codeAction",
            {"textDocument": {"uri": uri}, "range": diagnostic["range"], "context": {"diagnostics": [diagnostic]}},
        )
        yield _request(
            100 + number, "textDocument/hover", {"textDocument": {"uri": uri}, "position": diagnostic["range"]["start"]}
        )
    else:
        yield _request(
            number, "textDocument/hover", {"textDocument": {"uri": _uri(random)}, "position": _range(random)["start"]}
        )


def _others(random: Random, number: int, heard: _Heard) -> Iterator[dict[str, Any]]:
    document = {"textDocument": {"uri": _uri(random)}}
    yield random.choice((
        _notification("textDocument/didSave", document),
        _notification("textDocument/didClose", document),
        _notification("workspace/didChangeWatchedFiles", {"changes": [{"uri": _uri(random), "type": random.randrange(5)}]}),
        _notification("workspace/didChangeConfiguration", {"settings": {"wa-iac": {"showUnknown": random.random() < 0.5, "timeLimit": random.choice((0, -1, 1e9, "x", 20))}}}),
        _notification("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": []}}),
        _request(200 + number, "workspace/executeCommand", {"command": "wa-iac.open", "arguments": ["https://x"]}),
        _notification("$/cancelRequest", {"id": number - 1}),
        _request(300 + number, "nothing/known", {}),
    ))  # fmt: skip


_SAID: Final = (_opened, _opened, _opened, _edited, _edited, _edited, _asked, _asked, _others)
