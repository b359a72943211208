"""The server survives whatever is opened, named, or done to the process that judges.

What never ends is a rule that the test brings: it does what a hostile document might make one of ours do.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

from helpers.editor import PATIENCE, editor
from wa_iac.core.value import Step
from wa_iac.lsp.diagnostics import shown
from wa_iac.lsp.documents import OpenDocument
from wa_iac.lsp.features import MOST_EVENTS, build_server
from wa_iac.lsp.plain import Result
from wa_iac.lsp.schedule import UnitState
from wa_iac.lsp.targets import UnitTarget
from wa_iac.lsp.units import judge_unit

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
JOB = "Resources:\n  Job:\n    Type: AWS::Glue::Job\n    Properties: {{Name: {}}}\n"
FAULTS = ["2 s3-versioning"]
RULE = '''\
"""# A job does to the process what its name says"""
import os
import signal
from collections.abc import Iterator
from typing import Annotated

from wa_iac.core.binding import Cfn, Tf
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flag, Remedy, Severity, flag, rule
from wa_iac.core.value import Known, Value


class Job(Resource, cfn="AWS::Glue::Job", tf="aws_glue_job"):
    name: Annotated[Value[str], Cfn("Name"), Tf("name")]


@rule(practices=["OPS02-BP01"], severity=Severity.LOW, remedy=Remedy(cfn="-", tf="-"))
def check(job: Job) -> Iterator[Flag]:
    name = job.name.value if isinstance(job.name, Known) else ""
    if name == "hold":
        sum(range(10**14))  # one call into C, which lets nothing else run
    if name == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    print("Content-Length: 5", flush=True)
    yield flag(job, "It is there.")
'''


@pytest.fixture
def rules(tmp_path: Path) -> list[str]:
    """The arguments that bring the rule."""
    folder = tmp_path / "rules" / "operations"
    folder.mkdir(parents=True)
    (folder / "job_does.py").write_text(RULE, encoding="utf-8")
    return ["--rules", str(tmp_path / "rules")]


def put(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
def test_hovering_works_and_others_are_judged_while_one_document_never_ends(tmp_path: Path, rules: list[str]) -> None:
    good, bad = put(tmp_path / "good.yaml", BUCKET), put(tmp_path / "bad.yaml", JOB.format("hold"))
    later = put(tmp_path / "later.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path, arguments=rules) as it:
            it.open(good)
            assert await it.codes(good) == FAULTS
            it.open(bad)
            await asyncio.sleep(0.5)
            page = await asyncio.wait_for(it.hover(good, 1, 4), PATIENCE)
            assert "`s3-versioning`" in page
            it.open(later)  # which it gives way to
            assert await it.codes(later) == FAULTS
            it.change(bad, JOB.format("quiet"))
            assert await it.codes(bad) == ["2 job-does"]
            assert not it.last(bad)[0].message.startswith("judging takes")

    asyncio.run(session())


@pytest.mark.slow
def test_a_document_that_takes_longer_than_the_limit_is_told_of_until_it_changes(tmp_path: Path, rules: list[str]) -> None:
    path, other = put(tmp_path / "bad.yaml", JOB.format("hold")), put(tmp_path / "good.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path, arguments=rules, options={"timeLimit": 1.5}) as it:
            it.open(path)
            assert await it.codes(path) == ["1 None"]
            (error,) = it.last(path)
            assert error.severity == types.DiagnosticSeverity.Error
            assert error.message.startswith("checking took longer than 1.5 seconds and was stopped")
            it.open(other)
            assert await it.codes(other) == FAULTS
            it.change(path, JOB.format("quiet"))
            assert await it.codes(path, 2) == ["2 job-does"]

    asyncio.run(session())


@pytest.mark.slow
def test_a_process_that_is_killed_costs_one_unit_and_what_was_judged_before_is_still_mended(
    tmp_path: Path, rules: list[str]
) -> None:
    path, good = put(tmp_path / "bad.yaml", JOB.format("die")), put(tmp_path / "good.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path, arguments=rules) as it:
            it.open(good)
            assert await it.codes(good) == FAULTS
            it.open(path)
            await it.codes(path)
            assert "the checking process has ended" in it.last(path)[0].message
            # The new process has read nothing yet.
            (found,) = [each for each in it.last(good) if each.code == "s3-versioning"]
            titles: list[str] = []
            while not any(each.startswith("Suppress") for each in titles):
                titles = [each.title for each in await it.actions(good, found)]
            it.change(path, JOB.format("quiet"))
            assert await it.codes(path, 2) == ["2 job-does"]
            assert it.now(good) == FAULTS

    asyncio.run(session())


ODD = [
    "file:///a%00b.yaml",
    "file://elsewhere/share/a.yaml",
    "file://[a/a.yaml",
    "file:relative.yaml",
    "untitled:Untitled-1",
    "git:/a.yaml?ref",
    "file:///a\ud800.yaml",
    "file:///a%FF.yaml",
    "file:///" + "a" * 5000 + ".yaml",
    "://",
    "",
]


@pytest.mark.slow
def test_addresses_that_are_none_are_passed_over(tmp_path: Path) -> None:
    good = put(tmp_path / "good.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path) as it:
            for uri in ODD:
                name = types.TextDocumentIdentifier(uri)
                it.client.text_document_did_open(
                    types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "yaml", 1, BUCKET))
                )
                change = types.TextDocumentContentChangePartial(
                    types.Range(types.Position(10**6, 10**6), types.Position(0, 0)), "\ud800"
                )
                document = types.VersionedTextDocumentIdentifier(2, uri)
                it.client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
                it.client.text_document_did_save(types.DidSaveTextDocumentParams(name))
                await it.client.text_document_hover_async(types.HoverParams(name, types.Position(10**6, 10**6)))
                events = [types.FileEvent(uri, types.FileChangeType.Changed)]
                it.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams(events))
                it.client.text_document_did_close(types.DidCloseTextDocumentParams(name))
            never_opened = types.TextDocumentIdentifier("file:///never.yaml")
            it.client.text_document_did_save(types.DidSaveTextDocumentParams(never_opened))
            it.client.text_document_did_close(types.DidCloseTextDocumentParams(never_opened))
            it.open(good)
            assert await it.codes(good) == FAULTS
            assert it.told == []

    asyncio.run(session())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_link_loops_pipes_and_folders_that_cannot_be_read_end_nothing(tmp_path: Path) -> None:
    good = put(tmp_path / "good.yaml", BUCKET)
    loop, pipe, folder = tmp_path / "loop", tmp_path / "pipe.tf", tmp_path / "closed"
    loop.symlink_to(loop)
    os.mkfifo(pipe)
    folder.mkdir()
    folder.chmod(0)

    async def session() -> None:
        async with editor(tmp_path) as it:
            for path in (loop / "main.tf", loop / "a.tfvars", folder / "main.tf", folder / "a.tfvars"):
                it.open(path, "locals {}\n")
            it.open(good)
            assert await it.codes(good) == FAULTS
            main = put(tmp_path / "main.tf", "locals {}\n")
            it.open(main)
            await it.codes(main)
            assert it.last(main)[0].message.endswith("pipe.tf: it cannot be read: not a regular file")

    try:
        asyncio.run(session())
    finally:
        folder.chmod(0o700)


@pytest.mark.slow
def test_after_very_many_changes_outside_everything_is_judged_anew(tmp_path: Path) -> None:
    settings, path = put(tmp_path / "wa-iac.toml", ""), put(tmp_path / "good.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path) as it:
            it.open(path)
            assert await it.codes(path) == FAULTS
            put(settings, 'ignore = ["s3-versioning"]\n')
            it.changed_outside(*(tmp_path / "modules" / f"{number}.json" for number in range(MOST_EVENTS + 1)))
            assert await it.codes(path, 2) == []

    asyncio.run(session())


def test_what_is_looked_at_after_a_run_does_not_grow_with_the_square_of_what_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[OpenDocument] = []

    def target(document: OpenDocument) -> UnitTarget:
        looked.append(document)
        return UnitTarget("cloudformation", document.path or tmp_path)

    monkeypatch.setattr(OpenDocument, "target", property(target))
    server = build_server(lambda: pytest.fail("nothing is judged"))
    for number in range(100):
        path = tmp_path / f"{number}.yaml"
        server.documents.open(types.TextDocumentItem(path.as_uri(), "yaml", 1, BUCKET))
        server.schedule.states[UnitTarget("cloudformation", path)] = UnitState()

    server.publish(UnitTarget("cloudformation", tmp_path / "0.yaml"), Result())

    assert len(looked) <= 100


def test_of_many_findings_each_speaks_of_few_places(tmp_path: Path) -> None:
    names = [f"B{number}Data" for number in range(120)]
    path = put(tmp_path / "many.yaml", "Resources:\n" + "".join(f"  {each}: {{Type: AWS::S3::Bucket}}\n" for each in names))
    found = judge_unit(UnitTarget("cloudformation", path))
    found.findings = [replace(each, related=60 * (Step(each.span, "It is here."),)) for each in found.findings]

    told = [len(each.related) for each in shown(found, [path], Path.as_uri, encoding="utf-16", show_unknown=False)[path]]

    assert (max(told), told[-1], len(told)) == (50, 5, len(names))


# --- how it ends


class Server:
    """A server that is spoken to directly."""

    def __init__(self, tmp_path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "wa_iac", "lsp"], cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def send(self, method: str, params: object = None, number: int | None = None) -> None:
        message: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
        data = json.dumps(message if number is None else {**message, "id": number}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        self.process.stdin.flush()

    def initialize(self, process: int | None = None) -> None:
        self.send("initialize", {"processId": process, "rootUri": "file://[a", "capabilities": {}}, 1)
        self.answered()
        self.send("initialized", {})

    def answered(self) -> None:
        """Read one message."""
        assert self.process.stdout is not None
        length = int(self.process.stdout.readline().split(b":")[1])
        while self.process.stdout.readline().strip():
            pass
        assert b"result" in self.process.stdout.read(length)

    def code(self) -> int:
        try:
            return self.process.wait(60)
        finally:
            self.process.kill()


@pytest.mark.slow
def test_it_ends_with_0_on_exit_after_shutdown(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.initialize()
    server.send("shutdown", None, 2)
    server.answered()
    server.send("exit")

    assert server.code() == 0


@pytest.mark.slow
def test_it_ends_with_1_on_exit_without_shutdown(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.initialize()
    server.send("exit")

    assert server.code() == 1


@pytest.mark.slow
def test_it_ends_when_nobody_writes_any_more_though_a_document_is_being_judged(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.initialize()
    item = {"uri": (tmp_path / "a.yaml").as_uri(), "languageId": "yaml", "version": 1, "text": BUCKET}
    server.send("textDocument/didOpen", {"textDocument": item})
    assert server.process.stdin is not None
    server.process.stdin.close()

    assert server.code() == 0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there its input is closed, too")
def test_it_ends_when_the_editor_is_gone_though_its_input_stays_open(tmp_path: Path) -> None:
    client = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    server = Server(tmp_path)
    server.initialize(client.pid)
    client.kill()
    client.wait()

    assert server.code() == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there nobody is asked")
def test_it_ends_when_the_editor_was_gone_before(tmp_path: Path) -> None:
    client = subprocess.Popen([sys.executable, "-c", ""])
    client.wait()
    server = Server(tmp_path)
    server.initialize(client.pid)

    assert server.code() == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_it_ends_on_a_key_at_a_terminal(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.initialize()
    server.process.send_signal(signal.SIGINT)

    assert server.code() == -signal.SIGINT
