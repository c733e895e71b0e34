"""The world, put back after each test; a browser; PostgreSQL; and which tests belong to which form."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pysqlite3 import dbapi2 as sqlite

from tests.support import machine, postgres
from tests.support.client import Browser
from tests.support.form import LONG
from tests.support.world import World, build_world, settings
from wijkplatform import create_app, installing
from wijkplatform.core import words
from wijkplatform.core.db import db

QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
hypothesis_settings.register_profile(
    "short", deadline=None, derandomize=True, database=None, max_examples=60, suppress_health_check=QUIET
)
hypothesis_settings.register_profile(
    "proof", deadline=None, derandomize=True, database=None, max_examples=1500, suppress_health_check=QUIET
)
hypothesis_settings.load_profile("proof" if LONG else "short")

#: Long groups start first, so that one worker is never left alone with them at the end.
FIRST = ("browser", "races", "kill", "cli", "postgres")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of one group share a worker: a browser, a database server or the fixtures of a module are made once."""
    for item in items:
        marked = item.get_closest_marker("xdist_group")
        if marked is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=_turn)


def _turn(item: pytest.Item) -> int:
    marked = item.get_closest_marker("xdist_group")
    name = marked.args[0] if marked and marked.args else (marked.kwargs.get("name", "") if marked else "")
    return FIRST.index(name) if name in FIRST else len(FIRST)


@pytest.fixture(autouse=True)
def every_test_begins_in_dutch() -> None:
    """Whatever language the test before it left behind."""
    words.use(words.DEFAULT)


@pytest.fixture(scope="session")
def shared_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(tmp_path_factory.mktemp("wereld"))


@pytest.fixture
def world(shared_world: World) -> Iterator[World]:
    """Both neighbourhoods and everybody in them, as the demo makes them; what a test writes is gone afterwards."""
    shared_world.back()
    yield shared_world
    shared_world.back()


@pytest.fixture
def in_world(world: World) -> Iterator[World]:
    """The world, inside an application context: for tests of rules and services."""
    with world.app.app_context():
        yield world


@pytest.fixture
def in_request(world: World) -> Iterator[World]:
    """The world, inside a request: for what makes addresses."""
    with world.app.test_request_context("/"):
        yield world


@pytest.fixture
def visitor(world: World) -> Browser:
    return world.browser()


@pytest.fixture
def as_role(world: World) -> Callable[..., Browser]:
    return world.as_role


@pytest.fixture
def fresh_app(tmp_path: Path) -> Flask:
    """An application on an empty database at head."""
    app = create_app(settings(tmp_path), testing=True)
    installing.bring_to_head(app)
    return app


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """A quick server, once per worker. Tests that ask for it carry `needs_postgres`, which skips them without one."""
    with postgres.running() as server:
        yield server


@pytest.fixture(scope="session")
def safe_postgres_server() -> Iterator[postgres.Server]:
    """A server as shipped: what it acknowledges has reached the disk."""
    with postgres.running(safe=True) as server:
        yield server


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[machine.needs_postgres, pytest.mark.xdist_group("postgres")])]
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of both kinds in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'leeg.sqlite3'}"
    return str(request.getfixturevalue("postgres_server").empty())


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[machine.needs_postgres, pytest.mark.xdist_group("postgres")])]
)
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database with the world in it, of both kinds in turn."""
    if request.param == "sqlite":
        copy_of(request.getfixturevalue("world"), tmp_path / "wijkplatform.sqlite3")
        url = ""
    else:
        url = request.getfixturevalue("postgres_server").world()
    app = create_app(settings(tmp_path, database_url=url), demo=True, testing=True)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def copy_of(world: World, file: Path) -> None:
    """The world as a file somewhere else."""
    copy = sqlite.connect(str(file))
    world.template.backup(copy)
    copy.close()
