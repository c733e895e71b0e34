"""The command `wijkplatform`: each command, and what it says when something is not right."""

import json
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

import pytest
from pysqlite3 import dbapi2 as sqlite

from tests.conftest import copy_of
from tests.support.form import wide
from tests.support.machine import ROOT, plain_environment
from tests.support.server import COMMAND, Server, Wire, run, serving
from tests.support.world import KEY, World, email_of
from wijkplatform.demo import build
from wijkplatform.exchange import directory
from wijkplatform.exchange.equal import differences

pytestmark = [pytest.mark.xdist_group("cli"), pytest.mark.timeout(240)]

HERE = "http://127.0.0.1:5000"  #: where the site is without any setting
DEMO = Path(build.__file__).parent
KEYED = {"WIJKPLATFORM_SECRET_KEY": KEY}


@pytest.fixture
def filled(world: World, tmp_path: Path) -> Path:
    """A data directory with the world in it."""
    copy_of(world, tmp_path / "wijkplatform.sqlite3")
    return tmp_path


def test_without_a_command_it_says_what_there_is(tmp_path: Path) -> None:
    said = run("--help", folder=tmp_path).stdout
    for name in (
        "serve",
        "init",
        "import",
        "export",
        "areas",
        "login-link",
        "check",
        "deliver",
        "worker",
        "states",
        "demo",
    ):
        assert re.search(rf"^  {name}\s+[A-Z]", said, re.M), name


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "veel", "schrijf een getal van 1 tot en met 65535"),
        ("PORT", "70000", "schrijf een getal van 1 tot en met 65535"),
        ("WIJKPLATFORM_DATABASE_URL", "mysql://x", "begin met sqlite:/// of postgresql"),
        ("WIJKPLATFORM_MAIL_URL", "mail.voorbeeld.nl", "schrijf het als smtp://host:poort"),
        ("WIJKPLATFORM_BASE_URL", "wijk.voorbeeld.nl", "schrijf het als https://"),
        ("WIJKPLATFORM_BASE_URL", "https://voorbeeld.nl/wijk", "zonder pad"),
        ("WIJKPLATFORM_VALKEY_URL", "valkey.voorbeeld.nl", "redis://host:poort"),
        ("WIJKPLATFORM_SECRET_KEY", "kort", "minstens 32 tekens"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_write(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    done = run("check", folder=tmp_path, expect=None, **{name: value})
    assert done.returncode == 1
    assert f"De instelling {name} klopt niet" in done.stderr
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert value not in done.stderr or name != "WIJKPLATFORM_SECRET_KEY"


@pytest.mark.parametrize("command", [("check",), ("export", "uit"), ("login-link", "a@b.nl"), ("deliver",), ("serve",)])
def test_an_empty_place_says_where_to_begin(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = run(*command, folder=tmp_path, expect=1, **KEYED)
    assert "wijkplatform init" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_installation_with_its_first_administrator(tmp_path: Path) -> None:
    said = run("init", "--beheerder", "Ans@Voorbeeld.NL", folder=tmp_path).stdout
    assert "ans@voorbeeld.nl" in said
    key = tmp_path / "sleutel"
    assert key.stat().st_mode & 0o777 == 0o600
    first = key.read_text()
    assert len(first) >= 32
    again = run("init", "--beheerder", "ans@voorbeeld.nl", folder=tmp_path)
    assert "ans@voorbeeld.nl" in again.stdout
    assert key.read_text() == first
    assert run("check", folder=tmp_path).stdout.startswith("In orde.")
    wrong = run("init", "--beheerder", "ans", folder=tmp_path, expect=1)
    assert "Maak uw e-mailadres af" in wrong.stderr


def test_a_login_link_is_printed_and_nothing_else(filled: Path) -> None:
    done = run("login-link", email_of("bewoner"), folder=filled, **KEYED)
    assert re.fullmatch(re.escape(HERE) + r"/inloggen/link/[\w-]{43}\n", done.stdout)
    assert done.stderr == ""
    other = run(
        "login-link", email_of("bewoner"), folder=filled, WIJKPLATFORM_BASE_URL="https://wijk.voorbeeld.nl", **KEYED
    )
    assert other.stdout.startswith("https://wijk.voorbeeld.nl/inloggen/link/")
    nobody = run("login-link", "niemand@voorbeeld.nl", folder=filled, expect=1, **KEYED)
    assert (nobody.stdout, "geen account" in nobody.stderr) == ("", True)


def test_the_check_gives_the_head_and_finds_what_is_wrong(filled: Path) -> None:
    head = run("check", "--head", folder=filled, **KEYED).stdout
    assert re.fullmatch(r"\d+ [0-9a-f]{64}\n", head)
    assert f"{head.split()[0]} gebeurtenissen" in run("check", folder=filled, **KEYED).stdout
    with sqlite.connect(str(filled / "wijkplatform.sqlite3")) as connection:
        connection.execute("UPDATE need SET text = 'Iets anders' WHERE id = 1")
    done = run("check", folder=filled, expect=1, **KEYED)
    assert "de tekst is daarna veranderd (need 1)" in done.stderr
    assert "BH-01 wordt gevonden op woorden die er niet meer staan." in done.stderr
    assert "Er klopt iets niet: 2 keer." in done.stderr


def test_export_and_import_lose_nothing(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out, new = tmp_path_factory.mktemp("uit"), tmp_path_factory.mktemp("nieuw")
    which = run("export", str(out / "wijk"), folder=filled, expect=1, **KEYED)
    assert "--wijk: huizum-oost, zuiderkwartier" in which.stderr
    run("export", str(out / "wijk"), "--wijk", "zuiderkwartier", folder=filled, **KEYED)
    assert len(list((out / "wijk").glob("*.yaml"))) == 16
    said = run("import", str(out / "wijk"), folder=new).stdout
    assert "/wijken/zuiderkwartier" in said
    run("export", str(out / "nog-eens"), folder=new)
    first, second = directory.read(out / "wijk").data, directory.read(out / "nog-eens").data
    assert differences(first, second) == []
    assert run("check", folder=new).stdout.startswith("In orde.")


def test_a_refused_import_leaves_nothing(tmp_path: Path) -> None:
    damaged, data = tmp_path / "stuk", tmp_path / "data"
    shutil.copytree(DEMO / "zuiderkwartier", damaged)
    file = damaged / "02_bewonersagenda.yaml"
    file.write_text(file.read_text().replace("indiener:", "inzender:", 1))
    done = run("import", str(damaged), folder=data, expect=1)
    assert "02_bewonersagenda.yaml: " in done.stderr
    assert "niet ingelezen" in done.stderr
    assert "Traceback" not in done.stderr
    assert (
        not (data / "wijkplatform.sqlite3").exists()
        or "wijkplatform init" in run("check", folder=data, expect=1).stderr
    )


def test_the_same_neighbourhood_twice_is_refused_and_changes_nothing(filled: Path) -> None:
    before = run("check", "--head", folder=filled, **KEYED).stdout
    done = run("import", str(DEMO / "zuiderkwartier"), folder=filled, expect=None, **KEYED)
    assert "Traceback" not in done.stderr
    if done.returncode == 0:  # the demo's dates were moved, so it is another municipality's import
        assert "zuiderkwartier-2" in done.stdout
    else:
        assert run("check", "--head", folder=filled, **KEYED).stdout == before


@pytest.mark.parametrize("name", ["bestaat-niet", "leeg"])
def test_a_directory_that_is_no_neighbourhood(tmp_path: Path, name: str) -> None:
    (tmp_path / "leeg").mkdir()
    done = run("import", str(tmp_path / name), folder=tmp_path / "data", expect=None)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_areas_of_the_census_are_read(tmp_path: Path) -> None:
    said = run("areas", "import", str(DEMO / "cbs" / build.AREAS[0]), folder=tmp_path, **KEYED).stdout
    assert re.match(r"Ingelezen: \d{3} gebieden uit ", said)
    wrong = tmp_path / "iets.csv"
    wrong.write_text("a;b\n1;2\n")
    done = run("areas", "import", str(wrong), folder=tmp_path, expect=1, **KEYED)
    assert "Traceback" not in done.stderr


def test_states_draws_every_table(tmp_path: Path) -> None:
    said = run("states", folder=tmp_path, **KEYED).stdout
    assert "%% Plan\nstateDiagram-v2" in said
    assert "writing --> inspection: Leg ter inzage" in said


# serving


def test_serve_without_a_key_is_refused(filled: Path) -> None:
    assert "Er is nog geen sleutel" in run("serve", folder=filled, expect=1).stderr


def test_serve_elsewhere_needs_the_address_that_people_see(filled: Path) -> None:
    done = run("serve", "--host", "0.0.0.0", folder=filled, expect=1, **KEYED)
    assert "WIJKPLATFORM_BASE_URL" in done.stderr
    by_setting = run("serve", folder=filled, expect=1, HOST="0.0.0.0", **KEYED)
    assert "WIJKPLATFORM_BASE_URL" in by_setting.stderr


def test_a_port_in_use_gets_a_sentence(filled: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port), folder=filled, expect=1, **KEYED)
    assert f"Poort {port} is bezet" in done.stderr


def test_the_demo_login_stays_shut_on_a_database_that_is_no_demo(tmp_path: Path) -> None:
    run("init", "--beheerder", "ans@voorbeeld.nl", folder=tmp_path)
    done = run("serve", "--demo", folder=tmp_path, expect=1)
    assert "niet door make demo gemaakt" in done.stderr


def test_without_demo_mode_the_demo_login_is_not_there(filled: Path, world: World) -> None:
    account = world.logins[email_of("bewoner")]
    with serving(filled, "--no-worker", "--workers", "1") as server:
        wire = Wire(server.port)
        assert wire.get(f"/demo/inloggen/{account}").status == 404
        assert wire.post(f"/demo/inloggen/{account}").status == 404
        assert "Wie wilt u zijn" not in wire.get("/").text


def test_a_server_stops_with_its_worker_when_asked(filled: Path) -> None:
    server = Server(filled, "--demo", "--workers", "1").wait()
    worker = subprocess.run(
        ["pgrep", "-P", str(server.process.pid), "-f", "worker"], capture_output=True, text=True, check=False
    )
    assert worker.stdout.strip(), "no worker beside the server"
    server.process.terminate()
    assert server.process.wait(25) == 0
    left = subprocess.run(
        ["ps", "-p", ",".join(worker.stdout.split()), "-o", "pid="], capture_output=True, text=True, check=False
    )
    assert left.stdout.strip() == ""


def test_the_worker_delivers_what_lies_ready_and_goes_with_its_server(filled: Path) -> None:
    server = Server(filled, "--demo", "--workers", "1").wait()
    try:
        assert Wire(server.port).post("/inloggen", email="ans@voorbeeld.nl").status == 303
        until = time.monotonic() + 20
        while not list((filled / "mail").glob("*.eml")):
            assert time.monotonic() < until, "no mail"
            time.sleep(0.1)
    finally:
        server.stop()


def test_deliver_carries_out_once_what_lies_ready(filled: Path) -> None:
    with serving(filled, "--demo", "--no-worker", "--workers", "1") as server:
        assert Wire(server.port).post("/inloggen", email="ans@voorbeeld.nl").status == 303
    assert not list(filled.glob("mail/*.eml"))
    run("deliver", folder=filled, **KEYED)
    assert len(list(filled.glob("mail/*.eml"))) == 1
    run("deliver", folder=filled, **KEYED)
    assert len(list(filled.glob("mail/*.eml"))) == 1


# the demo


def test_the_demo_is_built_goes_on_and_begins_anew(tmp_path: Path) -> None:
    first = run("demo", folder=tmp_path)
    assert "Het Zuiderkwartier is geladen" in first.stdout
    logins = json.loads((tmp_path / "demo-logins.json").read_text())
    assert {"bewoner", "wethouder", "facilitator", "moderator", "beheerder"} <= set(logins)
    assert all(len(accounts) == 2 for accounts in logins.values())
    for accounts in logins.values():
        for each in accounts:
            assert re.fullmatch(re.escape(HERE) + r"/demo/inloggen/[\w-]+", each["url"])
    assert (tmp_path / "sleutel").stat().st_mode & 0o777 == 0o600
    head = run("check", "--head", folder=tmp_path).stdout
    again = run("demo", folder=tmp_path)
    assert "is geladen" not in again.stdout
    assert run("check", "--head", folder=tmp_path).stdout == head
    assert json.loads((tmp_path / "demo-logins.json").read_text()) == logins


@pytest.mark.parametrize("after", wide([1.5], [0.6, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0]))
@pytest.mark.both
def test_an_interrupted_demo_is_completed_by_the_next_run(tmp_path: Path, after: float) -> None:
    """Killed somewhere on the way: what was final stays, the rest is made."""
    building = subprocess.Popen(
        [*COMMAND, "demo"], env=plain_environment(DATA_DIR=str(tmp_path)), cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        building.wait(after)
    except subprocess.TimeoutExpired:
        building.kill()
        building.wait()
    run("demo", folder=tmp_path)
    assert run("check", folder=tmp_path).stdout.startswith("In orde.")
    logins = json.loads((tmp_path / "demo-logins.json").read_text())
    assert all(len(accounts) == 2 for accounts in logins.values())


def test_a_database_of_ones_own_is_never_emptied(filled: Path) -> None:
    url = f"sqlite:///{filled / 'wijkplatform.sqlite3'}"
    done = run("demo", "--fresh", folder=filled, expect=1, WIJKPLATFORM_DATABASE_URL=url)
    assert "Maak uw eigen database zelf leeg" in done.stderr
    assert run("check", folder=filled, **KEYED).stdout.startswith("In orde.")
