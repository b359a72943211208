"""Calls of the instance metadata service in what a server runs when it starts."""

from typing import Final, NamedTuple

from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .user_data import UNKNOWN_PIECE, Server, scripts

_CALL: Final = late(
    r"(?:169\.254\.169\.254|\[fd00:ec2::254\]|\binstance-data)(?::80)?/(?:latest|1\.0|20\d\d-\d\d-\d\d)/(?!api/token)"
)
_TOKEN: Final = late(r"(?i:x-aws-ec2-metadata-token\b)")
_LONGEST: Final = 100


class Call(NamedTuple):
    """A call without a token. `text` is the command, `line` its number in the script (0 if what comes before it is not known), and
    `script` the place that writes the script, or reads it from a file. `is_inside` is whether the script is written there."""

    text: str
    line: int
    script: Span
    is_inside: bool


def call_without_token(server: Server, graph: Graph) -> Call | None:
    """The first call of the metadata service in a script that uses no token ("Use the Instance Metadata Service", Amazon EC2 User
    Guide: without one, IMDSv2 answers with 401)."""
    for where, text, written in scripts(server, graph):
        if _CALL.search(text) is None or _TOKEN.search(text) is not None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if _CALL.search(line) is not None and not line.lstrip().startswith("#"):
                before = "\n".join(text.splitlines()[:number])
                span = (where if written is None else written).origin.span
                shown = line.strip() if len(line.strip()) <= _LONGEST else f"{line.strip()[:_LONGEST]}..."
                return Call(shown, 0 if UNKNOWN_PIECE in before else number, span, span.end_line > span.start_line)
    return None
