"""The language server, spoken to over standard input and output as an editor does."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types

from editing import editor

BUCKET = "Resources:\n  Reports:\n    Type: AWS::S3::Bucket\n"
FAULTS = ["s3-lifecycle", "s3-ssl-requests-only", "s3-versioning"]
VERSIONED = BUCKET + "    Properties:\n      VersioningConfiguration:\n        Status: Enabled\n"


def at(line: int, *slugs: str) -> list[str]:
    return [f"{line} {slug}" for slug in slugs]


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_template_from_its_opening_to_its_closing(tmp_path: Path) -> None:
    path = put(tmp_path / "bucket.yaml", BUCKET)

    async def session() -> None:
        async with editor(tmp_path) as it:
            it.open(path)
            assert await it.codes(path) == at(2, *FAULTS)

            it.change(path, "# ours\n" + BUCKET)
            assert await it.codes(path, 2) == at(3, *FAULTS)

            it.save(path, VERSIONED)
            assert await it.codes(path, 3) == at(2, *FAULTS[:2])

            it.close(path)
            assert await it.codes(path, 4) == []
            assert it.told == []

    asyncio.run(session())


def test_a_diagnostic_has_the_rule_the_severity_and_the_best_practice(tmp_path: Path) -> None:
    path = put(tmp_path / "bucket.yaml", BUCKET)

    async def session() -> types.Diagnostic:
        async with editor(tmp_path) as it:
            it.open(path)
            await it.codes(path)
            return it.last(path)[1]

    found = asyncio.run(session())

    assert found.range == types.Range(types.Position(1, 2), types.Position(1, 9))
    assert found.message == "Nothing here denies requests without TLS: objects and credentials can be read on the way."
    assert (found.source, found.code, found.severity) == ("wa-iac", "s3-ssl-requests-only", types.DiagnosticSeverity.Warning)
    assert found.code_description is not None
    assert found.code_description.href.endswith("/sec_protect_data_transit_encrypt.html")
