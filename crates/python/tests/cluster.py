"""A standalone Spark cluster on the loopback: a master and workers from the package `pyspark`, ended with the context."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark

HOST = "127.0.0.1"
HOME = Path(pyspark.__file__).parent


class Cluster:
    """A running cluster."""

    def __init__(self, master: str, daemons: list[subprocess.Popen]) -> None:
        self.master, self.daemons = master, daemons

    def processes(self) -> list[int]:
        """The ids of all its processes: the daemons', their executors', and the Python workers'."""
        parents = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                with contextlib.suppress(OSError):
                    parents[int(folder.name)] = int(_stat(int(folder.name))[1])
        found = {daemon.pid for daemon in self.daemons}
        while more := {pid for pid, parent in parents.items() if parent in found} - found:
            found |= more
        return sorted(found)

    def kill_an_executor(self) -> bool:
        """End an executor as a power cut would. Says whether there was one."""
        for pid in self.processes():
            with contextlib.suppress(OSError):
                if b"CoarseGrainedExecutorBackend" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    return True
        return False


def seconds(pid: int) -> float:
    """The processor time that a process has taken."""
    with contextlib.suppress(OSError):
        stat = _stat(pid)
        return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _stat(pid: int) -> list[str]:
    """The fields of a process from its state on; its name, which may hold anything, stands before."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


@contextlib.contextmanager
def cluster(logs: Path, *, workers: int = 2, memory: str = "1500m") -> Iterator[Cluster]:
    """A master and workers of one core each, whose output goes to ``logs``."""
    logs.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    master = f"spark://{HOST}:{port}"
    environment = {
        **os.environ,
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
        "RAYON_NUM_THREADS": "1",
    }
    daemons: list[subprocess.Popen] = []

    def start(name: str, *arguments: str) -> None:
        with open(logs / f"{name}.log", "wb") as log:
            line = [str(HOME / "bin" / "spark-class"), *arguments]
            daemons.append(subprocess.Popen(line, env=environment, stdout=log, stderr=log, start_new_session=True))

    running = Cluster(master, daemons)
    try:
        start("master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        _wait_for(port, daemons[0])
        for number in range(workers):
            start(
                f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0",
                "--cores", "1", "--memory", memory, "--work-dir", str(logs / f"work-{number}"), master,
            )
        yield running
    finally:
        for pid in running.processes():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGTERM)
        for daemon in daemons:
            daemon.wait(timeout=60)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind((HOST, 0))
        return listening.getsockname()[1]


def _wait_for(port: int, daemon: subprocess.Popen) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and daemon.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((HOST, port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("Spark's master does not answer")
