"""The transport between the server and the checking process: objects one after the other, each after its size in bytes."""

from __future__ import annotations

import pickle
import struct
from typing import Any, BinaryIO, Final

_LENGTH: Final = struct.Struct("!Q")


def put(file: BinaryIO, message: object) -> None:
    """Write one object. Raises `OSError` if the reader is gone."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    file.write(_LENGTH.pack(len(data)))
    file.write(data)
    file.flush()


def take(file: BinaryIO) -> Any:
    """The next object. Raises `EOFError` if the writer is gone."""
    (length,) = _LENGTH.unpack(_read(file, _LENGTH.size))
    return pickle.loads(_read(file, length))  # noqa: S301 - both ends are ours


def _read(file: BinaryIO, number: int) -> bytes:
    data = file.read(number)
    if len(data) < number:
        raise EOFError
    return data
