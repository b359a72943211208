"""The interactive picture in Chromium, within a page with other content. `npm ci` in tests/picture/browser brings what drives it."""

from __future__ import annotations

import json
import shutil
import subprocess
from html import escape
from pathlib import Path
from typing import Any

import pytest

from helpers.drawings import large, shop
from wa_iac.picture.drawing.page import fragment, policy

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parent / "browser"


def page() -> str:
    """A report's page: a finding, a link to its resource, and the pictures of two units."""
    parts = fragment([shop(), large()])
    security = policy(parts.scripts, [parts.style])
    scripts = "".join(f"<script>{each}</script>" for each in parts.scripts)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{escape(security)}">
<title>A report</title><style>{parts.style}</style></head>
<body class="picpage"><main><h1>A report</h1>
<p id="finding-0015">Something about <a class="picview-place" id="to-node" href="#n21" data-node="aws_lambda_function.n21" data-unit="live/large">n21</a></p>
{parts.markup}</main>{parts.data}{scripts}</body></html>"""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a reader sees of the page: see explore.mjs."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if chromium is None or node is None:
        pytest.skip("chromium or node is not installed")
    if not (FOLDER / "node_modules/playwright-core").exists():
        pytest.skip("Playwright is not installed: npm ci in tests/picture/browser")
    file = tmp_path_factory.mktemp("page") / "page.html"
    file.write_text(page(), encoding="utf-8")
    done = subprocess.run(
        [node, "explore.mjs", chromium, file], cwd=FOLDER, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_runs_under_a_strict_policy_and_asks_for_nothing(seen: dict[str, Any]) -> None:
    assert seen["troubles"] == []
    assert {each.rpartition("/")[2] for each in seen["requests"]} == {"page.html"}
    assert not seen["scripts"]


def test_the_keyboard_alone_reaches_everything(seen: dict[str, Any]) -> None:
    assert seen["stops"] == 1
    assert seen["walked"] == seen["outline"]
    assert seen["below"] != seen["walked"][0]
    assert seen["ring"] == "3px"


def test_groups_open_and_close_under_the_focus(seen: dict[str, Any]) -> None:
    closed, (opened, count) = seen["closed"], seen["opened"]

    assert closed == "Integration, 20 resources, 3 findings: 3 high"
    assert opened == "Integration, 20 resources"
    assert count > len(seen["start"])
    assert seen["closedAgain"] == len(seen["start"])


def test_a_finding_leads_to_its_resource_and_back(seen: dict[str, Any]) -> None:
    name, details = seen["shown"]

    assert name == "n21, Lambda function, in Compute, 1 finding: 1 high"
    assert "aws_lambda_function.n21" in details
    assert "main.tf:23" in details
    assert "sends to" in details
    assert seen["findings"] == ["#finding-0015"]
    assert seen["inDetails"] == "n21"
    assert seen["back"] == [name, False]


def test_edges_are_filtered_and_resources_are_found(seen: dict[str, Any]) -> None:
    before, after = seen["edges"]

    assert after < before
    assert len(seen["results"]) == 10
    assert seen["searched"].startswith("n3, KMS key, in Security and identity")
    assert seen["other"] == 12


def test_axe_finds_nothing_serious(seen: dict[str, Any]) -> None:
    assert seen["axe"] == []
