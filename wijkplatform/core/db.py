"""The database: SQLite in a file or PostgreSQL, with the same promises. The only module that imports the extension.

Reading needs nothing. A deed calls `begin_writing()` first: on SQLite that takes the write lock at once
(BEGIN IMMEDIATE), so a deed never fails half-way for want of it. Deeds end in `trail.commit()`, nowhere else.
"""

import secrets
import time
from collections.abc import Callable, Hashable, Iterable
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

import psycopg
import pysqlite3.dbapi2
from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Engine, ForeignKey, MetaData, String, Table, Text, collate, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

BUSY_SECONDS = 30
#: Of every connection to SQLite: what is acknowledged has reached the disk.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_SECONDS * 1000}")
RESTED = 1.0  #: seconds after which a connection to PostgreSQL is asked whether it is still there
MOST_HELD = 2_000  #: rows that a session keeps in hand
LAST = 1_000_000  #: position of what is made here: after everything that was read, in order of making


class Instant(TypeDecorator[datetime]):
    """An instant: aware going in, UTC in storage, aware and UTC coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @property
    def python_type(self) -> type[datetime]:
        return datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant carries its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal, kept as text: SQLite has no decimals, and money and scores are never binary floats."""

    impl = String(40)
    cache_ok = True

    @property
    def python_type(self) -> type[Decimal]:
        return Decimal

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        return None if value is None else format(value, "f")

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Base(DeclarativeBase):
    """Our own declarative base; every table is a subclass."""

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={datetime: Instant, Decimal: Exact, dict[str, Any]: JSON, list[Any]: JSON, str: Text},
    )


def new_public_id() -> str:
    """Random and short, for whatever must not be counted."""
    return secrets.token_urlsafe(9)


class Placed:
    """A row that belongs to one neighbourhood. Two neighbourhoods never touch."""

    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr
    def neighbourhood_id(cls) -> Mapped[int]:  # noqa: N805 (a declared attribute receives the class)
        return mapped_column(ForeignKey("neighbourhood.id"), index=True)


class Thing(Placed):
    """What people point at: it has a code that they say aloud, an order, and may be sealed until an instant.

    The primary key is in no URL. `code` is unique per neighbourhood over all kinds (kept in `index`); `public_id` is
    for what must not be counted.
    """

    code: Mapped[str] = mapped_column(String(64))
    public_id: Mapped[str] = mapped_column(String(16), default=new_public_id, unique=True)
    position: Mapped[int] = mapped_column(default=LAST)  #: order in its list, as read
    sealed_until: Mapped[datetime | None]


class Written:
    """Words of people: `salt` lies beside them and goes with them when they are redacted or erased."""

    salt: Mapped[str | None] = mapped_column(String(32), default=lambda: secrets.token_hex(16))

    def words(self) -> str:
        """The words that the trail vouches for."""
        raise NotImplementedError


db = SQLAlchemy(model_class=Base, session_options={"autoflush": False})


def kind_of(thing: Any) -> str:
    """The kind of a thing, as events, links and the index write it: its table's name."""
    return str(thing.__tablename__)


def table_of(model: type[Base]) -> Table:
    """The table of a model, for what is read or written as columns: that costs less than objects."""
    assert isinstance(model.__table__, Table)
    return model.__table__


def model_of(kind: str) -> type[Any]:
    """The model of a kind."""
    return next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == kind)


def init(app: Flask) -> None:
    """Bind the application to its database and set the promises on every connection."""
    url: str = app.config["SQLALCHEMY_DATABASE_URI"]
    if url.startswith("sqlite"):
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "module": pysqlite3.dbapi2,
            "hide_parameters": True,  # no texts or addresses in what an error says
            "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False},
        }
    else:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {
            "hide_parameters": True, "pool_size": 8, "max_overflow": 16, "pool_use_lifo": True,
        }  # fmt: skip
    db.init_app(app)
    with app.app_context():
        promise(db.engine)


def promise(engine: Engine) -> None:
    """WAL, full synchronisation and foreign keys on SQLite, and our own BEGIN; PostgreSQL keeps its defaults."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
    else:
        event.listen(engine, "checkin", _rested_since)
        event.listen(engine, "checkout", _still_there)


def _rested_since(connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["rested since"] = time.monotonic()


def _still_there(connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
    """A connection that rested for a while may have died with its server: then another one is made in its place."""
    if time.monotonic() - record.info.get("rested since", time.monotonic()) < RESTED:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.OperationalError as problem:
        raise DisconnectionError from problem


def _sqlite_connect(connection: Any, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver must not begin for us: see _sqlite_begin
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("alone"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writing") else "BEGIN")


def begin_writing(session: Session | None = None) -> None:
    """Start the transaction of a deed; a deed inside a deed goes on in the same one.

    What was read before is read again afterwards, under the lock: a decision is never taken on stale rows.
    """
    session = session or db.session()
    if session.info.get("writing"):
        return
    session.rollback()
    session.connection(execution_options={"writing": True})
    session.info["writing"] = True


@event.listens_for(Session, "after_transaction_end")
def _end_of_writing(session: Session, transaction: Any) -> None:
    if transaction.parent is None:
        session.info.pop("writing", None)
        session.info.pop("events", None)
        session.info.pop("act", None)
        session.info.pop("once", None)
        session.info.pop("held", None)


@event.listens_for(Session, "loaded_as_persistent")
def _hold(session: Session, row: Any) -> None:
    """A row stays in hand until the transaction ends, so that asking for it again by its key asks nothing."""
    held = session.info.setdefault("held", [])
    if len(held) < MOST_HELD:
        held.append(row)


Value = TypeVar("Value")


def once(key: Any, make: Callable[[], Value]) -> Value:
    """What was read in this transaction is not read again; a deed always reads anew."""
    session = db.session()
    if session.info.get("writing"):
        return make()
    read: dict[Any, Any] = session.info.setdefault("once", {})
    if key not in read:
        read[key] = make()
    return read[key]  # type: ignore[no-any-return]


def in_hand(key: Any) -> Any:
    """What `once` read before in this transaction; None when it did not, and in a deed."""
    info = db.session().info
    return None if info.get("writing") else info.get("once", {}).get(key)


def only_reading() -> None:
    """Until a deed begins: on PostgreSQL each question stands by itself, which it does there anyhow, so that nothing
    needs to begin or end. A ROLLBACK would also make the driver forget which questions the server knows by heart."""
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options=alone(db.engine))


def alone(engine: Engine) -> dict[str, Any]:
    """How a connection is used for questions that stand by themselves, without a transaction around them."""
    return {"alone": True} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}


@event.listens_for(Session, "before_flush")
def _only_deeds_write(session: Session, context: Any, instances: Any) -> None:
    if not session.info.get("writing"):
        raise RuntimeError("begin_writing() comes before the first change")


def _dialect() -> Any:
    return postgresql if db.engine.dialect.name == "postgresql" else sqlite


def in_code_order(column: Any) -> Any:
    """Order by the plain codes of the letters, whatever the database was told about languages."""
    return collate(column, "C" if db.engine.dialect.name == "postgresql" else "BINARY")


def insert_or_leave(model: type[Any], values: dict[str, Any]) -> Any:
    """An insert that leaves the row that is there already. Ask `returning` which of the two happened: None is left."""
    return _dialect().insert(model).values(**values).on_conflict_do_nothing()


def insert_or_change(model: type[Any], values: dict[str, Any], *, unique: Iterable[str], change: dict[str, Any]) -> Any:
    """An insert that changes the row that holds the same unique values, in one statement."""
    statement = _dialect().insert(model).values(**values)
    return statement.on_conflict_do_update(index_elements=list(unique), set_=change)


def insert_or_replace(model: type[Any], columns: tuple[str, ...], *, unique: tuple[str, ...]) -> Any:
    """For many rows at once: each is inserted, or takes the place of the row that holds the same unique values."""
    return _insert_or_replace(_dialect(), table_of(model), columns, unique)


@cache
def _insert_or_replace(dialect: Any, model: Hashable, columns: tuple[str, ...], unique: tuple[str, ...]) -> Any:
    statement = dialect.insert(model)
    new = {name: statement.excluded[name] for name in columns}
    return statement.on_conflict_do_update(index_elements=list(unique), set_=new)
