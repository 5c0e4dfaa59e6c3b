"""`antrean printer-test` on a virtual printer: the page comes out and is said to; a printer without paper is told."""

import pytest

from antrean.printer_check import print_test_page
from antrean.problem import Problem
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer
from wording import Language, Wording

W = Wording(Language.EN)


def test_a_page_that_comes_out_is_said_to_have() -> None:
    papers: list[Paper] = []
    printer = PrinterServer(papers.append)
    printer.start()
    try:
        host, port = printer.address
        assert f"{host}:{port}" in print_test_page(f"{host}:{port}", W)
    finally:
        printer.stop()
    assert len(papers) == 1


def test_a_printer_without_paper_is_told_with_what_to_do() -> None:
    printer = PrinterServer(lambda _: None)
    with printer.printer() as engine:
        engine.take_out_paper()
    printer.start()
    try:
        host, port = printer.address
        with pytest.raises(Problem, match="paper out"):
            print_test_page(f"{host}:{port}", W)
    finally:
        printer.stop()


def test_what_is_no_address_is_told() -> None:
    with pytest.raises(Problem, match="address"):
        print_test_page("192.168.7.20:ninety", W)
