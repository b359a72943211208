"""One server for the tests that need no server of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from helpers.editor import Editor, Workspace, editor


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Editor, asyncio.Runner]]:
    session = editor(tmp_path_factory.mktemp("workspace"))
    with asyncio.Runner() as runner:
        yield runner.run(session.__aenter__()), runner
        runner.run(session.__aexit__(None, None, None))


@pytest.fixture
def workspace(served: tuple[Editor, asyncio.Runner], request: pytest.FixtureRequest) -> Workspace:
    session, runner = served
    assert session.root is not None
    # A folder called "test" would be one for tests, whose milder findings are advice.
    folder = session.root / request.node.name.removeprefix("test_")
    folder.mkdir()
    session.told.clear()
    return Workspace(folder, session, runner)
