"""A picture as an SVG document. V8, by mini-racer, runs the JavaScript that also draws in the browser."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Final

from wa_iac.core.errors import InternalError, UsageError
from wa_iac.picture.drawing.data import as_data
from wa_iac.picture.drawing.texts import DRAWING, text
from wa_iac.picture.model import Picture

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

_SYNCHRONOUS: Final = "globalThis.global = globalThis; globalThis.setTimeout = (act) => { act(); return 0; };"
"""ELK asks for the global object by its name in Node, and hands work over by timers, also where nothing waits for it. So all is done
when the call returns."""

_VARIABLE: Final = re.compile(r"(--[\w-]+):\s*([^;]+);")
_USE: Final = re.compile(r"([\w-]+): var\((--[\w-]+)\);")


def svg(picture: Picture) -> str:
    """An SVG document, the same for the same picture. Everything is open, and its style sheet is in it.

    Raises:
        UsageError: mini-racer is not installed.
    """
    engine = _engine()
    engine.eval("globalThis.answer = null; globalThis.trouble = null;")
    picture_, style = json.dumps(as_data(picture)), json.dumps(_with_literals(text("picture.css")))
    engine.eval(
        f"waPicture.standalone({picture_}, {style}, new ELK())"
        ".then((drawn) => { answer = drawn; }, (error) => { trouble = String(error && error.stack || error); }); 0"
    )
    if (drawn := engine.eval("answer")) is None:
        raise InternalError(f"The picture was not drawn: {engine.eval('trouble')}", path=picture.unit)
    return f"{drawn}\n"


@cache
def _engine() -> MiniRacer:
    try:
        from py_mini_racer import MiniRacer
    except ImportError as error:
        raise UsageError("SVG needs mini-racer: pip install 'wa-iac[picture]'") from error
    engine = MiniRacer()
    engine.eval(_SYNCHRONOUS)
    for name in ("vendor/elk.bundled.js", *DRAWING, "standalone.js"):
        engine.eval(text(name))
    return engine


def _with_literals(style: str) -> str:
    """The style sheet with the light colors in front of each variable, for programs that know no variables."""
    light = dict(_VARIABLE.findall(style[: style.index("}")]))
    return _USE.sub(lambda use: f"{use[1]}: {light[use[2]]}; {use[0]}", style)
