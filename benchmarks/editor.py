"""Times the language server as an editor sees it: from a save to the diagnostics of the saved text.

    python benchmarks/editor.py DIR/main.tf

One line is changed and the file saved, again and again, each time a line at random gets a comment; the server has judged the module
before. The file is put back as it was. Needs the extra `lsp`. Where Trivy is found, on PATH or by `--trivy`, it scans the same directory
between saves, each time as a process of its own, as an extension that runs it on save does.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PAUSE: Final = 0.2
"""Seconds between a diagnostic and the next change."""
EVERY: Final = 8
"""Saves for each run of Trivy."""


async def measured(path: Path, rounds: int, trivy: str | None) -> tuple[float, list[float], list[float]]:
    """Seconds from opening the file to its diagnostics, from each save to those of the saved version, and of each run of Trivy."""
    client = LanguageClient("benchmark", "1")
    published: asyncio.Queue[int | None] = asyncio.Queue()

    def on_published(params: types.PublishDiagnosticsParams) -> None:
        if params.uri == path.as_uri():
            published.put_nowait(params.version)

    client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(on_published)
    await client.start_io(sys.executable, "-m", "wa_iac", "lsp")
    folder = types.WorkspaceFolder(path.parent.as_uri(), path.parent.name)
    await client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities(), workspace_folders=[folder]))
    client.initialized(types.InitializedParams())
    text = path.read_text(encoding="utf-8")
    start = time.perf_counter()
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(path.as_uri(), "terraform", 0, text)))
    await published.get()
    opened = time.perf_counter() - start
    lines = text.splitlines()
    taken: list[float] = []
    theirs: list[float] = []
    for version in range(1, rounds + 1):
        taken.append(await _saved(client, path, lines, version, published))
        if trivy is not None and version % EVERY == 0:
            theirs.append(_scanned(trivy, path.parent))
    await client.shutdown_async(None)
    client.exit(None)
    return opened, taken, theirs


def _scanned(trivy: str, directory: Path) -> float:
    """Seconds of one run of Trivy, with the settings that keep it off the network."""
    start = time.perf_counter()
    command = [trivy, "config", "--skip-check-update", "--quiet", str(directory)]
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - what the caller named
    return time.perf_counter() - start


async def _saved(
    client: LanguageClient, path: Path, lines: list[str], version: int, published: asyncio.Queue[int | None]
) -> float:
    """Change one of the lines, save the file, and wait."""
    number = random.randrange(len(lines))  # noqa: S311 - any line will do
    end = types.Position(number, len(lines[number]))
    change = types.TextDocumentContentChangePartial(types.Range(end, end), f" # {version}")
    document = types.VersionedTextDocumentIdentifier(version, path.as_uri())
    lines[number] += change.text
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    await asyncio.sleep(PAUSE)
    start = time.perf_counter()
    client.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))
    client.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(path.as_uri())))
    while await published.get() != version:
        pass
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--trivy", default=shutil.which("trivy"), metavar="PROGRAM")
    given = parser.parse_args()
    path = given.file.resolve()
    before = path.read_bytes()
    try:
        opened, taken, theirs = asyncio.run(measured(path, given.rounds, given.trivy))
    finally:
        path.write_bytes(before)
    milliseconds = sorted(1000 * each for each in taken)
    tenth = milliseconds[len(milliseconds) // 10], milliseconds[-1 - len(milliseconds) // 10]
    print(f"opening to diagnostics: {1000 * opened:.0f} ms")
    print(
        f"save to diagnostics: median {statistics.median(milliseconds):.0f} ms, eight in ten {tenth[0]:.0f} to {tenth[1]:.0f} ms"
    )
    if theirs:
        other = 1000 * statistics.median(theirs)
        print(f"Trivy on the same directory: median {other:.0f} ms; ratio {statistics.median(milliseconds) / other:.3f}")


if __name__ == "__main__":
    main()
