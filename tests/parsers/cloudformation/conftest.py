"""Makes `cfn_sources`, which stands beside the tests, importable by its name."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
