"""The bare limit: what pyzmq with CURVE and sqlite3 with durable commits can do on this machine, without Antrean.

One ROUTER that takes all waiting messages, inserts two rows for each in one WAL transaction with synchronous=FULL,
sends them back and publishes them.
"""

import multiprocessing as mp
import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path

import zmq
import zmq.auth
from zmq.auth.thread import ThreadAuthenticator

BODY = b"x" * 200


def serve(folder: Path, secret: bytes, public: bytes, ready: Connection) -> None:
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
    database = sqlite3.connect(folder / "bare.db", isolation_level=None)
    database.execute("pragma journal_mode=wal")
    database.execute("pragma synchronous=full")
    database.execute("create table j(seq integer primary key, cmd blob unique, kind text, body blob)")
    database.execute("create table t(id integer primary key, q text, n int, state text, unique(q, n))")
    ready.send(ports)
    count = 0
    while True:
        group = [router.recv_multipart()]
        while True:
            try:
                group.append(router.recv_multipart(zmq.NOBLOCK))
            except zmq.Again:
                break
        database.execute("begin immediate")
        for _ in group:
            count += 1
            database.execute("insert into j(cmd, kind, body) values(?, ?, ?)", (count, "issued", BODY))
            database.execute("insert into t(q, n, state) values(?, ?, ?)", ("A", count, "waiting"))
        database.execute("commit")
        for frames in group:
            router.send_multipart(frames)
            publisher.send(frames[-1])


class BareServer:
    """The bare server in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.public, secret = zmq.curve_keypair()
        here, there = mp.Pipe()
        self._process = mp.get_context("spawn").Process(
            target=serve, args=(folder, secret, self.public, there), daemon=True
        )
        self._process.start()
        self.address, self.updates = (f"tcp://127.0.0.1:{port}" for port in here.recv())

    def __enter__(self) -> "BareServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.join()
