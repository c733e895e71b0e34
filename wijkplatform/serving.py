"""The production server: gunicorn with threads, and beside it the worker that sends what must be sent."""

import contextlib
import ctypes
import gc
import os
import socket
import struct
import subprocess
import sys
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from wijkplatform.core.db import db

LOCAL = ("127.0.0.1", "localhost", "::1")
M_ARENA_MAX = -8  #: of malloc.h
THREADS = 8
RARELY = (20_000, 20, 20)  #: a page makes thousands of objects, and nearly all of them go by themselves
SILENCE = 10  #: seconds in which a browser sends or takes something


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn with our settings instead of its command line."""

    def __init__(self, app: Flask, settings: dict[str, Any]):
        self.app, self.settings = app, settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app


def port_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def save_memory() -> None:
    """Before the processes are made: what is there already stays shared between them, and threads share their stores.

    Without it each thread of each process gets a store of its own, which keeps whatever it once held.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*RARELY)
    with contextlib.suppress(AttributeError, OSError):  # another C library has no such knob
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def forget_connections(app: Flask) -> None:
    """A forked process opens connections of its own; those of its parent are left alone."""
    with app.app_context():
        db.engine.dispose(close=False)


def limit_silence(arbiter: Any) -> None:
    """A connection that says nothing for a while lets its thread go; those we accept get this from the listener.

    Who sends one sign at a time still holds a thread: on the open internet a proxy that waits for whole requests
    stands before us.
    """
    patience = struct.pack("ll", SILENCE, 0)
    for listener in arbiter.LISTENERS:
        for direction in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            listener.sock.setsockopt(socket.SOL_SOCKET, direction, patience)


def settings(host: str, port: int, workers: int, **more: Any) -> dict[str, Any]:
    """What gunicorn is told."""
    return {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "preload_app": True,  # made once, shared by the processes: a quick start and less memory
        "when_ready": limit_silence,
        "keepalive": 75,  # longer than somebody pauses: a page left open for a while is not cut off mid-way
        "graceful_timeout": 20,
        "timeout": 60,
        "limit_request_line": 8190,
        "loglevel": "error",  # a warning about a strange request would hold its network address
        "proc_name": "wijkplatform",
        **more,
    }


def serve(app: Flask, host: str, port: int, *, workers: int, with_worker: bool) -> None:
    """Serve until told to stop; the worker stops with us."""
    command = [sys.executable, "-m", "wijkplatform", "worker", "--parent", str(os.getpid())]
    beside = subprocess.Popen(command) if with_worker else None  # noqa: S603
    save_memory()
    forked = lambda arbiter, process: forget_connections(app)  # noqa: E731
    try:
        Server(app, settings(host, port, workers, post_fork=forked)).run()
    finally:
        if beside is not None and beside.poll() is None:
            beside.terminate()
            beside.wait(timeout=10)
