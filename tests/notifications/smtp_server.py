"""A mail server on a port of this machine, small enough to be told how to misbehave."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.server.connections += 1
        self._say("220 here")
        while words := self.rfile.readline().decode().strip():
            verb = words.split()[0].upper()
            if verb in (self.server.hangs_up_at, "QUIT"):
                return
            self._answer(verb)
            if self.server.hangs_up_after_each and verb == "DATA":
                return

    def _answer(self, verb: str) -> None:
        if verb in self.server.answers:
            self._say(self.server.answers[verb])
        elif verb == "DATA":
            self._say("354 go on")
            self.server.received.append(self._read_message())
            self._say(self.server.answers.get("after DATA", "250 taken"))
        else:
            self._say("250 fine")

    def _read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class MailServer(socketserver.ThreadingTCPServer):
    """``answers`` by command, also "after DATA"; ends the connection at a command, or after each message."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[bytes] = []
        self.answers: dict[str, str] = {}
        self.hangs_up_at = ""
        self.hangs_up_after_each = False
        self.connections = 0


@contextmanager
def mail_server() -> Iterator[MailServer]:
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
