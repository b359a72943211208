"""A picture as an SVG document. V8, by mini-racer, runs the JavaScript that also draws in the browser."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from wa_iac.core.errors import BoundError, InternalError, MissingExtraError
from wa_iac.core.late_pattern import late
from wa_iac.picture.drawing.data import as_data
from wa_iac.picture.drawing.texts import DRAWING, text
from wa_iac.picture.model import Picture

_SYNCHRONOUS: Final = (
    "globalThis.global = globalThis; globalThis.setTimeout = (act) => { act(); return 0; };"
    "globalThis.answer = null; globalThis.trouble = null;"
)
"""ELK asks for the global object by its name in Node, and hands work over by timers, also where nothing waits for it. So all is done
when the call returns."""

SECONDS: Final = 120
"""Seconds in which a picture has to be drawn. The layout's work grows faster than the picture."""
MEMORY: Final = 2_000_000_000
"""Bytes of V8's memory for a picture."""

_VARIABLE: Final = late(r"(--[\w-]+):\s*([^;]+);")
_USE: Final = late(r"([\w-]+): var\((--[\w-]+)\);")


def svg(picture: Picture) -> str:
    """An SVG document, the same for the same picture. Everything is open, and its style sheet is in it.

    Raises:
        MissingExtraError: mini-racer is not installed.
        BoundError: it needs too much time or memory.
    """
    try:
        from py_mini_racer import JSOOMException, JSTimeoutException, MiniRacer
    except ImportError as error:
        raise MissingExtraError("SVG", "picture") from error
    data, style = json.dumps(as_data(picture)), json.dumps(_with_literals(text("picture.css")))
    # An engine that is left to the end of the process may keep it from ending.
    with MiniRacer() as engine, _quietly_ended():
        engine.set_hard_memory_limit(MEMORY)
        engine.eval(_SYNCHRONOUS)
        for each in ("vendor/elk.bundled.js", *DRAWING, "standalone.js"):
            engine.eval(text(each))
        try:
            engine.eval(
                f"waPicture.standalone({data}, {style}, new ELK())"
                ".then((drawn) => { answer = drawn; }, (error) => { trouble = String(error && error.stack || error); }); 0",
                timeout_sec=SECONDS,
            )
        except JSTimeoutException as error:
            raise BoundError(f"drawing this needs more than {SECONDS} seconds, the safety limit", path=picture.unit) from error
        except JSOOMException as error:
            raise BoundError(
                f"drawing this needs more than {MEMORY // 1_000_000:,} MB, the safety limit", path=picture.unit
            ) from error
        drawn, trouble = engine.eval("answer"), engine.eval("trouble")
    if drawn is None:
        raise InternalError(f"The picture was not drawn: {trouble}", path=picture.unit)
    return f"{drawn}\n"


@contextmanager
def _quietly_ended() -> Iterator[None]:
    """An interrupt ends the engine in the middle of its work. What its threads say of that then helps nobody."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        sys.unraisablehook = lambda about: None
        raise


def _with_literals(style: str) -> str:
    """The style sheet with the light colors in front of each variable, for programs that know no variables."""
    light = dict(_VARIABLE.findall(style[: style.index("}")]))
    return _USE.sub(lambda use: f"{use[1]}: {light[use[2]]}; {use[0]}", style)
