"""What we put on the disk is for whoever runs the website alone; what somebody sends loses what hides in it."""

import io
import os
import socket
import struct
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from PIL import Image

from wijkplatform import cli, serving
from wijkplatform.attachments import kinds


def test_database_back_up_and_export_are_readable_by_their_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "gegevens"
    monkeypatch.setenv("DATA_DIR", str(data))
    for name in [each for each in os.environ if each.startswith("WIJKPLATFORM_") and "TEST" not in each]:
        monkeypatch.delenv(name)
    before = os.umask(0o022)
    try:
        for command in (["init", "--beheerder", "an@voorbeeld.nl"], ["backup", str(tmp_path / "alles.zip")]):
            done = CliRunner().invoke(cli.main, command)
            assert done.exit_code == 0, done.output
    finally:
        os.umask(before)
    for path in (data, *data.rglob("*"), tmp_path / "alles.zip"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_remarks_hidden_in_a_picture_are_gone() -> None:
    sent = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(sent, "JPEG", comment=b"bij mevrouw Jansen thuis", xmp=b"<x>52.01 N</x>")
    kept = kinds.judge(sent.getvalue()).content
    assert b"Jansen" in sent.getvalue()
    assert b"Jansen" not in kept
    assert b"52.01" not in kept


def test_a_connection_that_says_nothing_lets_its_thread_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SILENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving.limit_silence(SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
        with socket.create_connection(listener.getsockname()):
            accepted, _address = listener.accept()
            accepted.setblocking(True)
            limit = accepted.getsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.calcsize("ll"))
            assert struct.unpack("ll", limit)[0] == 1
            with accepted, pytest.raises(BlockingIOError):
                accepted.recv(1)
