"""Who may connect: the decision alone."""

import zmq
from hypothesis import given
from hypothesis import strategies as st
from zmq.utils import z85

from broker.domain.values import DeviceId
from broker.server.zap import judge

PUBLIC, _ = zmq.curve_keypair()
KEY = z85.decode(PUBLIC)
KNOWN = {PUBLIC.decode(): DeviceId("kiosk-1")}.get


def request(**different: bytes) -> list[bytes]:
    fields = {
        "version": b"1.0",
        "request": b"7",
        "domain": b"antrean",
        "address": b"192.168.7.21",
        "route": b"",
        "mechanism": b"CURVE",
        "credentials": KEY,
    }
    return list((fields | different).values())


def test_a_known_key_becomes_its_device() -> None:
    assert judge(request(), KNOWN) == [b"1.0", b"7", b"200", b"OK", b"kiosk-1", b""]


def test_an_unknown_key_is_refused() -> None:
    stranger, _ = zmq.curve_keypair()
    assert judge(request(credentials=z85.decode(stranger)), KNOWN) == [
        b"1.0",
        b"7",
        b"400",
        b"unknown key",
        b"",
        b"",
    ]


def test_whoever_comes_without_a_key_is_refused() -> None:
    for mechanism in (b"NULL", b"PLAIN", b"GSSAPI"):
        reply = judge(request(mechanism=mechanism), KNOWN)
        assert reply is not None
        assert reply[2] == b"400"


def test_a_request_for_another_domain_is_refused() -> None:
    reply = judge(request(domain=b"somebody-elses"), KNOWN)
    assert reply is not None
    assert reply[2] == b"400"


@given(st.lists(st.binary(max_size=40) | st.sampled_from([b"1.0", b"antrean", b"CURVE", KEY]), max_size=9))
def test_no_request_breaks_it_or_gets_in_by_chance(frames: list[bytes]) -> None:
    reply = judge(frames, KNOWN)
    if frames != request() and reply is not None and reply[2] == b"200":
        assert (frames[0], frames[2], frames[5], frames[6]) == (b"1.0", b"antrean", b"CURVE", KEY)
