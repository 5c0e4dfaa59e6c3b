"""The virtual printer on the network, met by hosts that are not ours."""

import queue
import socket
import threading
import time
from pathlib import Path

import pytest
import zxingcpp
from escpos.printer import Network
from PIL import Image

from hardware.virtual.abilities import OLD_AND_NARROW
from hardware.virtual.engine import Report
from hardware.virtual.interpreter import ReportKind
from hardware.virtual.paper import DOTS_PER_MM, WIDTH_58MM
from hardware.virtual.server import PrinterServer, keep_in

PATIENCE_SECONDS = 10.0


def connected(server: PrinterServer) -> socket.socket:
    return socket.create_connection(server.address, timeout=PATIENCE_SECONDS)


def received(host: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        piece = host.recv(count - len(data))
        if not piece:
            break
        data += piece
    return data


@pytest.fixture
def host(virtual_printer):
    host = Network(*virtual_printer.server.address, timeout=PATIENCE_SECONDS)
    host.open()
    yield host
    host.close()


def test_python_escpos_prints_a_ticket_on_it(virtual_printer, host) -> None:
    host.set(align="center", bold=True, double_width=True, double_height=True)
    host.textln("A 019")
    host.qr("https://antrean.example/t/A019", native=True, size=7)
    host.cut()
    codes = zxingcpp.read_barcodes(virtual_printer.paper().image.convert("L"))
    assert [code.text for code in codes] == ["https://antrean.example/t/A019"]


def test_python_escpos_sees_its_states(virtual_printer, host) -> None:
    assert (host.is_online(), host.paper_status()) == (True, 2)
    with virtual_printer.server.printer() as printer:
        printer.let_paper_near_its_end()
    assert host.paper_status() == 1
    with virtual_printer.server.printer() as printer:
        printer.take_out_paper()
    assert (host.is_online(), host.paper_status()) == (False, 0)


def test_a_second_host_is_turned_away(virtual_printer) -> None:
    with connected(virtual_printer.server) as first, connected(virtual_printer.server) as second:
        assert second.recv(1) == b""
        first.sendall(b"\x10\x04\x01")
        assert received(first, 1) == b"\x12"


def test_the_next_host_is_served_after_the_first_has_left(virtual_printer) -> None:
    with connected(virtual_printer.server) as first:
        first.sendall(b"\x10\x04\x01")
        received(first, 1)
    for _ in range(100):  # the printer may not have seen the first one leave yet
        with connected(virtual_printer.server) as second:
            second.sendall(b"\x10\x04\x01")
            try:
                if received(second, 1) == b"\x12":
                    return
            except ConnectionError:
                continue
    pytest.fail("nobody was served any more")


def test_it_prints_at_its_speed(start_printer) -> None:
    printer = start_printer(mm_per_second=100.0)
    with connected(printer.server) as host:
        started = time.monotonic()
        host.sendall(b"\x1bJ\xc8\x1bJ\xc8\x1dV\x42\x00")
        length_mm = printer.paper().image.height / DOTS_PER_MM
        took = time.monotonic() - started
    assert length_mm == 50
    assert 0.45 <= took < 2.0


def test_it_can_be_slowed_down_in_mid_ticket(virtual_printer) -> None:
    with connected(virtual_printer.server) as host:
        virtual_printer.server.print_at(20.0)
        started = time.monotonic()
        host.sendall(b"\x1bJ\x50\x1dV\x42\x00")
        virtual_printer.paper()
        assert time.monotonic() - started >= 0.4
        virtual_printer.server.print_at(None)
        host.sendall(b"\x1bJ\xff" * 40 + b"\x1dV\x42\x00")
        assert virtual_printer.paper().image.height == 40 * 255


def test_an_unplugged_printer_is_not_there_and_goes_on_printing(virtual_printer) -> None:
    with connected(virtual_printer.server) as host:
        host.sendall(b"A\n\x10\x04\x01")
        received(host, 1)
        virtual_printer.server.unplug()
        assert received(host, 1) == b""
    with pytest.raises(ConnectionRefusedError):
        connected(virtual_printer.server)
    with virtual_printer.server.printer() as printer:
        printer.tear_off()
    assert virtual_printer.paper().raw_bytes == b"A\n"
    virtual_printer.server.plug_in()
    with connected(virtual_printer.server) as host:
        host.sendall(b"\x10\x04\x01")
        assert received(host, 1) == b"\x12"


def test_what_it_does_not_obey_is_told_to_whoever_asked(virtual_printer) -> None:
    told: queue.SimpleQueue[Report] = queue.SimpleQueue()
    virtual_printer.server.tell_reports(told.put)
    with connected(virtual_printer.server) as host:
        host.sendall(b"\x1bp\x00\x19\xfa")
        assert told.get(timeout=PATIENCE_SECONDS).kind is ReportKind.UNKNOWN_COMMAND


def test_an_old_printer_prints_a_qr_code_as_a_picture_and_rubbish_for_its_own(start_printer) -> None:
    printer = start_printer(width_dots=WIDTH_58MM, abilities=OLD_AND_NARROW)
    host = Network(*printer.server.address, timeout=PATIENCE_SECONDS)
    host.qr("https://antrean.example/t/A019", native=True, size=6)
    host.text("\n\n")
    host.qr("https://antrean.example/t/B020", native=False, size=6)
    host._raw(b"\x10\x04\x01\x1dr\x01")
    assert received(host.device, 2) == b"\x12\x00"
    host.close()
    with printer.server.printer() as engine:
        engine.tear_off()
    codes = zxingcpp.read_barcodes(printer.paper().image.convert("L"))
    assert [code.text for code in codes] == ["https://antrean.example/t/B020"]


def test_a_stalled_printer_holds_the_line_and_says_nothing(virtual_printer) -> None:
    with connected(virtual_printer.server) as host:
        virtual_printer.server.stall()
        host.sendall(b"\x10\x04\x01")
        host.settimeout(0.1)
        with pytest.raises(TimeoutError):
            host.recv(1)
        virtual_printer.server.unstall()
        host.settimeout(PATIENCE_SECONDS)
        assert received(host, 1) == b"\x12"


def test_a_switched_off_printer_drops_its_host_and_takes_none(virtual_printer) -> None:
    with connected(virtual_printer.server) as host:
        host.sendall(b"\x10\x04\x01")
        received(host, 1)
        with virtual_printer.server.printer() as printer:
            printer.switch_off()
        assert received(host, 1) == b""
        with connected(virtual_printer.server) as other:
            assert other.recv(1) == b""


def test_a_full_buffer_makes_the_host_wait(virtual_printer) -> None:
    more_than_it_holds = b"\x1bE\x00" * 100_000 + b"\x1dV\x42\x00"
    with virtual_printer.server.printer() as printer:
        printer.open_cover()
    with connected(virtual_printer.server) as host:
        sending = threading.Thread(target=host.sendall, args=(more_than_it_holds,))
        sending.start()
        with virtual_printer.server.printer() as printer:
            printer.close_cover()
        assert virtual_printer.paper().raw_bytes == more_than_it_holds
        sending.join(PATIENCE_SECONDS)
        assert not sending.is_alive()


def test_paper_is_kept_as_numbered_pictures_with_their_bytes(start_printer, tmp_path: Path) -> None:
    page = b"A\n\x1dV\x42\x00"
    keep_in(tmp_path)(_printed(start_printer(), page))
    keep_in(tmp_path)(_printed(start_printer(), page))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "0001.escpos",
        "0001.png",
        "0002.escpos",
        "0002.png",
    ]
    assert (tmp_path / "0002.escpos").read_bytes() == page
    with Image.open(tmp_path / "0002.png") as image:
        assert (image.mode, image.size) == ("1", (576, 30))


def test_a_paper_that_cannot_be_kept_does_not_stop_the_printer(tmp_path: Path) -> None:
    server = PrinterServer(keep_in(tmp_path / "papers"))
    server.start()
    try:
        (tmp_path / "papers").rmdir()
        with connected(server) as host:
            host.sendall(b"A\n\x1dV\x42\x00\x1dr\x01")
            assert received(host, 1) == b"\x00"
    finally:
        server.stop()


def test_it_says_at_once_that_its_port_is_taken(virtual_printer) -> None:
    _, port = virtual_printer.server.address
    with pytest.raises(OSError, match="in use"):
        PrinterServer(lambda _: None, port=port)


def test_it_ends_with_a_host_connected() -> None:
    server = PrinterServer(lambda _: None, mm_per_second=1.0)
    server.start()
    with connected(server) as host:
        host.sendall(b"\x1bJ\xff" * 4 + b"\x10\x04\x01")
        received(host, 1)
        server.stop()
        assert received(host, 1) == b""


def _printed(printer, page: bytes):
    with connected(printer.server) as host:
        host.sendall(page)
        return printer.paper()
