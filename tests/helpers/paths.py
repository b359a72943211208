"""Where the project is, and the corpus of real templates, which may be beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

PROJECT: Final = Path(__file__).parents[2]
CORPUS: Final = PROJECT.parent / "shared" / "corpus"
