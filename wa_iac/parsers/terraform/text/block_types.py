"""The types of blocks at the top of a module's file."""

from __future__ import annotations

from typing import Final

LABELS: Final = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "check": 1,
                 "locals": 0, "terraform": 0}  # fmt: skip
"""The blocks at the top of a file that say anything about resources, and how many labels each has."""
OTHERS: Final = frozenset({"moved", "import", "removed", "action", "list", "language"})
"""The blocks that say nothing about what there will be."""
