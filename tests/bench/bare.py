"""The bare limit: what pyzmq with CURVE and durable commits can do on this machine, without Antrean.

One ROUTER that takes all waiting messages, inserts two rows for each in one transaction, sends them back and publishes
them. By sqlite3 in WAL with synchronous=FULL, or by psycopg.
"""

import multiprocessing as mp
import sqlite3
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

import psycopg
import zmq
import zmq.auth
from zmq.auth.thread import ThreadAuthenticator

from tests.bench.load import Target

BODY = b"x" * 200

Commit = Callable[[range], object]
"""Inserts two rows for each of these numbers, durably."""


def sqlite_in(folder: Path) -> Callable[[], Commit]:
    """Opens a new file there."""
    return partial(_open_sqlite, folder)


def postgresql_at(url: str) -> Callable[[], Commit]:
    """Opens an empty database there."""
    return partial(_open_postgresql, url)


def _open_sqlite(folder: Path) -> Commit:
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table j(seq integer primary key, cmd blob unique, kind text, body blob)")
    database.execute("create table t(id integer primary key, q text, n int, state text, unique(q, n))")

    def commit(numbers: range) -> None:
        database.execute("begin immediate")
        for number in numbers:
            database.execute("insert into j(cmd, kind, body) values(?, ?, ?)", (number, "issued", BODY))
            database.execute("insert into t(q, n, state) values(?, ?, ?)", ("A", number, "waiting"))
        database.execute("commit")

    return commit


def _open_postgresql(url: str) -> Commit:
    database = psycopg.connect(url, autocommit=True)
    database.execute("create table j(seq bigserial primary key, cmd int unique, kind text, body bytea)")
    database.execute("create table t(id bigserial primary key, q text, n int, state text, unique(q, n))")
    cursor = database.cursor()

    def commit(numbers: range) -> None:
        cursor.execute("begin")
        events = [(number, "issued", BODY) for number in numbers]
        cursor.executemany("insert into j(cmd, kind, body) values(%s, %s, %s)", events)
        tickets = [("A", number, "waiting") for number in numbers]
        cursor.executemany("insert into t(q, n, state) values(%s, %s, %s)", tickets)
        cursor.execute("commit")

    return commit


def serve(open_database: Callable[[], Commit], secret: bytes, public: bytes, ready: Connection) -> None:
    """Run the bare server until the process is ended; sends its two ports when it listens."""
    context = zmq.Context()
    doorkeeper = ThreadAuthenticator(context)
    doorkeeper.start()
    doorkeeper.configure_curve(domain="*", location=zmq.auth.CURVE_ALLOW_ANY)
    router = context.socket(zmq.ROUTER)
    router.curve_secretkey, router.curve_publickey, router.curve_server = secret, public, True
    publisher = context.socket(zmq.PUB)
    publisher.curve_secretkey, publisher.curve_publickey, publisher.curve_server = secret, public, True
    ports = [each.bind_to_random_port("tcp://127.0.0.1") for each in (router, publisher)]
    commit = open_database()
    ready.send(ports)
    count = 0
    while True:
        group = [router.recv_multipart()]
        while True:
            try:
                group.append(router.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                break
        commit(range(count, count + len(group)))
        count += len(group)
        for frames in group:
            router.send_multipart(frames)
            publisher.send(frames[-1])


class BareServer:
    """The bare server in a process of its own."""

    def __init__(self, open_database: Callable[[], Commit]) -> None:
        self.public, secret = zmq.curve_keypair()
        here, there = mp.Pipe()
        self._process = mp.get_context("spawn").Process(
            target=serve, args=(open_database, secret, self.public, there), daemon=True
        )
        self._process.start()
        self.address, self.updates = (f"tcp://127.0.0.1:{port}" for port in here.recv())

    def __enter__(self) -> "BareServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()


def bare_target(bare: BareServer) -> Target:
    """A client of the bare server, with keys of its own."""
    public, secret = zmq.curve_keypair()
    return Target(bare.address, bare.public.decode(), public.decode(), secret.decode(), bare=True)
