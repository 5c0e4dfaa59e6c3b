"""What is wrong with a data file, collected so that one reading names everything."""

from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it."""

    line: int | None
    column: str | None
    text: str

    def __str__(self) -> str:
        place = [f"line {self.line}"] if self.line else []
        if self.column:
            place.append(self.column)
        return f"{', '.join(place)}: {self.text}" if place else self.text


class CatalogueError(Exception):
    """A data file that cannot be used, with all its problems."""

    def __init__(self, path: Path, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{path}: {problem}" for problem in problems))
        self.path = path
        self.problems = problems


class Findings:
    """The problems found so far in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: list[Problem] = []

    def add(self, line: int | None, column: str | None, text: str) -> None:
        self._problems.append(Problem(line, column, text))

    def fail(self, line: int | None, column: str | None, text: str) -> NoReturn:
        """End the reading here, with this and all earlier problems."""
        self.add(line, column, text)
        raise CatalogueError(self._path, tuple(self._problems))

    def conclude(self) -> None:
        """Raise CatalogueError if there is any problem; they are named in the order of the lines."""
        if self._problems:
            raise CatalogueError(
                self._path, tuple(sorted(self._problems, key=lambda problem: problem.line or 0))
            )


def read_text(path: Path, findings: Findings) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        content = path.read_bytes()
    except OSError as error:
        findings.fail(None, None, f"cannot be read ({error.strerror}): check the path")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        findings.fail(line, None, "is not UTF-8 text: save the file with the encoding UTF-8")
