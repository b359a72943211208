"""A tree that tests read, its paths shown as they are seen from its root."""

from __future__ import annotations

from pathlib import Path

from wa_iac.core.paths import Scan


def scan(root: Path) -> Scan:
    place = root.resolve()
    return Scan(place, here=str(place), relative=True)
