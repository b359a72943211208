"""The types of blocks at the top of a module's file."""

from __future__ import annotations

from typing import Final

LABELS: Final = {"resource": 2, "data": 2, "ephemeral": 2, "variable": 1, "output": 1, "module": 1, "provider": 1, "check": 1,
                 "locals": 0, "terraform": 0}  # fmt: skip
"""The top-level blocks that concern resources, and the number of their labels."""
OTHERS: Final = frozenset({"moved", "import", "removed", "action", "list", "language"})
"""The blocks that do not concern resources."""
