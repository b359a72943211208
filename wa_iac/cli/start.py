"""The program's start. It imports nothing before the garbage collector is off."""

from __future__ import annotations

import gc
from typing import NoReturn


def main() -> NoReturn:
    """Run the program on the arguments of the process."""
    # The process ends after one run, so collecting garbage only costs time: up to half of it for a large report. Imports already
    # make so many objects that it would run several times.
    gc.disable()
    from .app import main as run

    run()
