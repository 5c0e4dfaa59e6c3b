"""Reads a CSV file with known columns, row by row, noting rows that do not fit the header."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.problems import Findings, read_text


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line on which it begins and its cells by column."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_rows(path: Path, columns: tuple[str, ...], findings: Findings) -> Iterator[Row]:
    """The rows of the file at `path`, which must have exactly these columns, in any order."""
    reader = csv.reader(io.StringIO(read_text(path, findings), newline=""), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, columns, findings)
        line = reader.line_num + 1
        for cells in reader:
            if len(cells) == len(header):
                yield Row(line, dict(zip(header, cells, strict=True)))
            elif cells:
                findings.add(
                    line,
                    None,
                    f"has {len(cells)} cells instead of {len(header)}: check its commas and quotes",
                )
            line = reader.line_num + 1
    except csv.Error as error:
        findings.fail(reader.line_num, None, f"is not valid CSV ({error}): check its quotes")


def _check_header(header: list[str], columns: tuple[str, ...], findings: Findings) -> None:
    for column in columns:
        if header.count(column) != 1:
            findings.add(1, column, f"the column must be there once: the header is {','.join(columns)}")
    for column in header:
        if column not in columns:
            findings.add(1, column, f"unknown column: the header is {','.join(columns)}")
    findings.conclude()
