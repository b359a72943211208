"""The program's start. It imports nothing before the garbage collector is off."""

from __future__ import annotations

import gc
import sys
from types import ModuleType
from typing import Any, Final, NoReturn

_LOADER: Final = "pydantic.plugin._loader"


def main() -> NoReturn:
    """Run the program on the arguments of the process. It ends in order: see `core.ending`."""
    # The process ends after one run, so collecting garbage only costs time: up to half of it for a large report. Imports already
    # make so many objects that it would run several times.
    gc.disable()
    sys.modules.setdefault(_LOADER, _NoPlugins(_LOADER))
    try:
        from wa_iac.core.ending import INTERRUPTED, ended_in_order, say

        try:
            with ended_in_order():
                from .app import main as run

                run()
        except KeyboardInterrupt:
            say("interrupted")
            sys.exit(INTERRUPTED)
        except SystemExit as end:
            if end.code == INTERRUPTED:  # typer has caught the interrupt
                say("interrupted")
            raise
    except KeyboardInterrupt:  # before there were words for it
        sys.exit(130)


class _NoPlugins(ModuleType):
    """Stands for the module with which pydantic looks for plugins of its own. We want none, and that module needs
    `importlib.metadata`, whose import takes longer than reading the command line. Everything else that is asked of it comes from the
    real one."""

    @staticmethod
    def get_plugins() -> tuple[()]:
        return ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from importlib import import_module

        del sys.modules[_LOADER]
        return getattr(import_module(_LOADER), name)
