"""Calls of the instance metadata service in what a server runs when it starts."""

from typing import Final, NamedTuple

from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.span import Span

from .user_data import UNKNOWN_PIECE, Server, made_files, scripts

_CALL: Final = late(
    r"(?:169\.254\.169\.254|\[fd00:ec2::254\]|\binstance-data)(?::80)?/(?:latest|1\.0|20\d\d-\d\d-\d\d)/(?!api/token)"
)
_TOKEN: Final = late(r"(?i:x-aws-ec2-metadata-token\b)")
_LONGEST: Final = 100


class Call(NamedTuple):
    """A call without a token. `text` is the command, `line` its number in the script (0 if what comes before it is not known), and
    `script` the place that writes the script, or reads it from a file. `is_inside` is whether the script is written there, `is_of_file`
    whether `cfn-init` makes it, and `others` how many more lines of it call without a token."""

    text: str
    line: int
    script: Span
    is_inside: bool
    is_of_file: bool
    others: int


def call_without_token(server: Server, graph: Graph) -> Call | None:
    """The first call of the metadata service in a script that uses no token ("Use the Instance Metadata Service", Amazon EC2 User
    Guide: without one, IMDSv2 answers with 401)."""
    texts = scripts(server, graph)
    for place, (where, text, written) in enumerate((*texts, *made_files(server))):
        if _CALL.search(text) is None or _TOKEN.search(text) is not None:
            continue
        lines = text.splitlines()
        calls = [n for n, line in enumerate(lines) if _CALL.search(line) is not None and not line.lstrip().startswith("#")]
        if calls:
            first = calls[0] + 1
            span = (where if written is None else written).origin.span
            line = lines[calls[0]].strip()
            return Call(
                text=line if len(line) <= _LONGEST else f"{line[:_LONGEST]}...",
                line=0 if UNKNOWN_PIECE in "\n".join(lines[:first]) else first,
                script=span,
                is_inside=span.end_line > span.start_line,
                is_of_file=place >= len(texts),
                others=len(calls) - 1,
            )
    return None
