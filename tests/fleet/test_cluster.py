"""`wa-iac fleet --scheduler`: a cluster of Dask, its scheduler and workers being processes on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.cli import environ
from helpers.fleets import Fleet, processes, until

pytestmark = pytest.mark.slow

SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"


class Cluster:
    """A scheduler and two workers with one thread each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        self.file = folder / "scheduler.json"
        place = ["--host", "127.0.0.1", "--no-dashboard"]
        self._start(SCHEDULER, "--port", "0", "--scheduler-file", str(self.file), *place)
        until(self.file.exists)
        self.workers = [
            self._start(WORKER, "--scheduler-file", str(self.file), "--no-nanny", "--nthreads", "1", *place) for _ in range(2)
        ]

    @property
    def address(self) -> str:
        import json

        address: str = json.loads(self.file.read_text(encoding="utf-8"))["address"]
        return address

    def _start(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [sys.executable, "-c", program, *arguments],
            cwd=self._folder,
            env=environ(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._processes.append(started)
        return started

    def end(self) -> None:
        for each in self._processes:
            each.kill()
            each.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    yield made
    made.end()


def test_a_worker_that_is_killed_midway_loses_nothing_and_nothing_stands_twice(tmp_path: Path, cluster: Cluster) -> None:
    """Both workers wait in their entries when one is killed; an entry that kills its own process costs no worker."""
    fleet = Fleet(tmp_path, *(f"wait{number}" for number in range(6)), "segfault")

    running = fleet.begin("--scheduler", cluster.address)
    until(lambda: len({Path(f"/proc/{each}/cwd").readlink() for each in processes(f"{tmp_path}/wait")}) == 2)
    cluster.workers[0].kill()
    (tmp_path / "go").touch()
    _, said = running.communicate(timeout=120)

    assert running.returncode == 2, said
    assert fleet.states() == dict.fromkeys(fleet.names[:6], ("done", "")) | {"segfault": ("killed", "SIGSEGV")}
    assert Counter(each["entry"] for each in fleet.rows("entries")) == dict.fromkeys(fleet.names, 1)
    found = Counter((each["entry"], each["fault"]) for each in fleet.rows("findings"))
    assert set(found.values()) == {1}
    assert {entry for entry, _ in found} == set(fleet.names[:6])
    assert fleet.report()["summary"]["findings"] == len(found)
    until(lambda: processes(f"{tmp_path}/wait") == [])


def test_without_a_scheduler_the_run_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from wa_iac.core.errors import UsageError
    from wa_iac.fleet import cluster
    from wa_iac.fleet.judge import Work
    from wa_iac.settings.run import Asked

    monkeypatch.setattr(cluster, "_CONNECT", 1)
    with pytest.raises(UsageError, match="there is no connection to the scheduler"):
        cluster.run_on_cluster(
            [], Work("run", tmp_path, Asked(), 1), cluster.Place("tcp://127.0.0.1:9"), ended=print, tick=lambda: None
        )


def test_the_files_for_tls_are_those_of_the_client(tmp_path: Path) -> None:
    from wa_iac.fleet.cluster import Place

    files = [tmp_path / name for name in ("ca.pem", "cert.pem", "key.pem")]

    security = Place("tls://127.0.0.1:8786", *files).security()

    assert security.require_encryption
    given = security.get_tls_config_for_role("client")
    assert [given[name] for name in ("ca_file", "cert", "key")] == [str(each) for each in files]
    assert Place("tcp://127.0.0.1:8786").security() is None
