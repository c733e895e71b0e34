"""The production server: gunicorn with threads, and beside it the worker that sends what must be sent."""

import os
import socket
import subprocess  # noqa: S404 (starts our own worker, with fixed arguments)
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

LOCAL = ("127.0.0.1", "localhost", "::1")
THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our settings instead of its command line."""

    def __init__(self, make_app: Callable[[], Flask], settings: dict[str, Any]):
        self.make_app, self.settings = make_app, settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.make_app()


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(make_app: Callable[[], Flask], host: str, port: int, *, workers: int, with_worker: bool) -> None:
    """Serve until told to stop; the worker stops with us."""
    command = [sys.executable, "-m", "wijkplatform", "worker", "--parent", str(os.getpid())]
    beside = subprocess.Popen(command) if with_worker else None  # noqa: S603
    try:
        Server(
            make_app,
            {
                "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
                "workers": workers,
                "worker_class": "gthread",
                "threads": THREADS,
                "keepalive": 5,
                "graceful_timeout": 20,
                "timeout": 60,
                "limit_request_line": 8190,
                "loglevel": "warning",
                "proc_name": "wijkplatform",
            },
        ).run()
    finally:
        if beside is not None and beside.poll() is None:
            beside.terminate()
            beside.wait(timeout=10)
