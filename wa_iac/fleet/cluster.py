"""A cluster of Dask checks the entries: its workers need the same version of wa-iac, the folders and the directory of the results."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from wa_iac import __version__
from wa_iac.core.errors import UsageError

from .batch import check_batch
from .judge import Done, Work, killed, known
from .plan import Job
from .record import stop

_ROUNDS: Final = 8
"""About how many batches each worker gets: more for an even load, fewer for less traffic."""
_MOST: Final = 32
"""Entries of a batch; if a worker ends, no more are checked again."""
_CONNECT: Final = 30
"""Seconds to connect in, and to wait for the first worker."""
_LOOK: Final = 0.2
"""Seconds between two looks at what has ended."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the scheduler is, and the files for TLS, as `distributed.Security` takes them."""

    address: str
    ca_file: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    def security(self) -> Any:
        """The settings of the connection; None without TLS."""
        given = {"tls_ca_file": self.ca_file, "tls_client_cert": self.certificate, "tls_client_key": self.key}
        if not any(given.values()):
            return None
        from distributed import Security

        named = {name: str(path.absolute()) for name, path in given.items() if path is not None}
        return Security(**named, require_encryption=True)


def run_on_cluster(
    jobs: Sequence[Job], work: Work, place: Place, *, ended: Callable[[Done], None], tick: Callable[[], None]
) -> list[str]:
    """Check all entries on a cluster. Returns sentences on entries that no worker could check. Raises `UsageError` if there is no
    scheduler there, and `KeyboardInterrupt` after an interrupt: then the workers stop within seconds."""
    from distributed import Client

    try:
        client = Client(place.address, security=place.security(), timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise UsageError(f"there is no connection to the scheduler {place.address}: {type(error).__name__}") from error
    with client:
        try:
            return _gathered(client, jobs, work, ended, tick)
        except BaseException:
            stop(work.out, work.run)
            raise


def _gathered(
    client: Any, jobs: Sequence[Job], work: Work, ended: Callable[[Done], None], tick: Callable[[], None]
) -> list[str]:
    from distributed import as_completed

    batches = list(_batches(jobs, _threads(client)))
    futures = [client.submit(check_batch, each, work, __version__, pure=False) for each in batches]
    batch_of = {each.key: batch for each, batch in zip(futures, batches, strict=True)}
    problems: list[str] = []
    waiting = as_completed(futures, loop=client.loop)
    while not waiting.is_empty():
        tick()
        if not waiting.has_ready():
            time.sleep(_LOOK)
            continue
        future = next(waiting)
        batch = batch_of[future.key]
        if future.status == "finished":
            for each in future.result():
                ended(each)
        elif future.status == "error" and type(future.exception()).__name__ == "KilledWorker":
            for job in batch:
                ended(known(job, work) or killed(job, work, "", "the workers that checked its batch ended", 0.0))
        else:
            why = _one_line(str(future.exception())) if future.status == "error" else "the scheduler has lost the task"
            problems.append(f"{len(batch)} entries were not checked, from {batch[0].entry.name} on: {why}")
        future.release()
    return problems


def _threads(client: Any) -> int:
    """The threads of all workers. Raises `UsageError` if there is no worker."""
    try:
        client.wait_for_workers(1, timeout=_CONNECT)
    except TimeoutError as error:
        raise UsageError("the scheduler has no worker") from error
    return sum(client.nthreads().values())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _batches(jobs: Sequence[Job], threads: int) -> Iterator[list[Job]]:
    """The entries in batches, in their order."""
    size = max(1, min(_MOST, math.ceil(len(jobs) / max(1, threads * _ROUNDS))))
    for start in range(0, len(jobs), size):
        yield list(jobs[start : start + size])
