"""How the server and the process that judges talk: objects, one after the other, each behind the number of its bytes."""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO, Final

_LENGTH: Final = struct.Struct("!Q")


def put(file: BinaryIO, message: object) -> None:
    """Write one object. Raises `OSError` where nobody reads any more."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(_LENGTH.pack(len(data)))
    file.write(data)
    file.flush()


def take(file: BinaryIO) -> Any:
    """The next object. Raises `EOFError` where nobody writes any more."""
    (length,) = _LENGTH.unpack(_read(file, _LENGTH.size))
    return pickle.loads(_read(file, length))  # noqa: S301 - both ends are ours


def _read(file: BinaryIO, number: int) -> bytes:
    data = file.read(number)
    if len(data) < number:
        raise EOFError
    return data
