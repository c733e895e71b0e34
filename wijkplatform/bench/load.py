"""Asking a server the same thing for a while, over connections that stay open; bounded in time and cheap for itself."""

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE = 30


@dataclass
class Measured:
    """What a stretch gave: how long each answer took, and over how many seconds in all."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def percentile(self, part: float) -> float:
        """In milliseconds."""
        ordered = sorted(self.times)
        return 1000 * ordered[min(int(len(ordered) * part), len(ordered) - 1)] if ordered else 0.0

    def add(self, other: "Measured") -> None:
        self.times += other.times
        self.seconds += other.seconds


class Line:
    """One connection. Sends bytes, reads one answer, and does no more with it than it must."""

    def __init__(self, port: int):
        self.port = port
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body."""
        self.socket.sendall(request)
        found = b""
        while (end := found.find(b"\r\n\r\n")) < 0:
            found += self._some()
        head, body = found[:end], found[end + 4 :]
        length = _length(head)
        pieces, size = [body], len(body)
        while size < length:
            pieces.append(self._some())
            size += len(pieces[-1])
        return int(head[9:12]), head, b"".join(pieces)

    def _some(self) -> bytes:
        found = self.socket.recv(262_144)
        if not found:
            raise ConnectionError("the server closed the line")
        return found

    def close(self) -> None:
        self.socket.close()


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    return 0


def get(path: str, cookie: str = "") -> bytes:
    """The bytes of a question as a browser asks it."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip, deflate, br", "Accept: text/html"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", ""]).encode()


def post(path: str, body: str, cookie: str = "") -> bytes:
    lines = [
        f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Accept-Encoding: gzip, deflate, br",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body.encode())}",
        "Sec-Fetch-Site: same-origin",
    ]  # fmt: skip
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", body]).encode()


def load(
    port: int, question: Callable[[], bytes], *, seconds: float, lines: int, status: int = 200, most: int = 100_000
) -> Measured:
    """Ask over so many lines at once, for so long, at most so often; an answer with another status is an error."""
    until = time.perf_counter() + seconds
    found: list[list[float]] = [[] for _line in range(lines)]
    wrong: list[BaseException] = []

    def work(mine: list[float]) -> None:
        try:
            line = Line(port)
            while (begun := time.perf_counter()) < until and len(mine) < most:
                got, _head, _body = line.ask(question())
                mine.append(time.perf_counter() - begun)
                if got != status:
                    raise RuntimeError(f"the answer was {got}, not {status}")
            line.close()
        except (OSError, RuntimeError) as problem:
            wrong.append(problem)

    begun = time.perf_counter()
    threads = [threading.Thread(target=work, args=(mine,)) for mine in found]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    if wrong:
        raise wrong[0]
    return Measured([one for mine in found for one in mine], time.perf_counter() - begun)
