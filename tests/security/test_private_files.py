"""What we put on the disk is for whoever runs the website alone; what somebody sends loses what hides in it."""

import io
import os
import socket
import struct
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result
from PIL import Image
from pysqlite3 import dbapi2 as sqlite

from tests.support.world import World
from wijkplatform import cli, installing, serving
from wijkplatform.attachments import kinds
from wijkplatform.exchange import backup


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


@pytest.fixture
def back_up(in_world: World, tmp_path: Path) -> Path:
    """A back-up of a world in which somebody is logged in."""
    in_world.as_role("puur-bewoner")
    backup.write(tmp_path / "alles.zip", installing.revision(), lambda _done, _total: None)
    return tmp_path / "alles.zip"


def restored(folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.setenv("DATA_DIR", str(folder))
    before = os.umask(0o022)
    try:
        return CliRunner().invoke(cli.main, ["restore", str(file)])
    finally:
        os.umask(before)


def test_a_restore_wakes_no_session(back_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have been ended since: a lost telephone does not come in again with an older database."""
    done = restored(tmp_path / "nieuw", back_up, monkeypatch)
    assert done.exit_code == 0, done.output
    with sqlite.connect(str(tmp_path / "nieuw" / "wijkplatform.sqlite3")) as there:
        assert there.execute("SELECT count(*) FROM session").fetchone()[0] > 0
        assert there.execute("SELECT count(*) FROM session WHERE ended_at IS NULL").fetchone()[0] == 0
        assert there.execute("SELECT count(*) FROM login_request WHERE used_at IS NULL").fetchone()[0] == 0


@pytest.mark.parametrize("harm", [None, b'{"id": 9, "onzin": 1}\n', b"[1]\n", b"{", b'{"id": "x"}\n'])
def test_a_damaged_back_up_gets_a_sentence(
    harm: bytes | None, back_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(back_up) as good, zipfile.ZipFile(tmp_path / "stuk.zip", "w") as bad:
        for name in good.namelist():
            if name != "municipality.jsonl" or harm is not None:
                bad.writestr(name, good.read(name) + (harm or b"" if name == "municipality.jsonl" else b""))
    done = restored(tmp_path / "nieuw", tmp_path / "stuk.zip", monkeypatch)
    assert done.exit_code == 1
    assert "stuk.zip is beschadigd. Er is niets teruggezet." in done.output
