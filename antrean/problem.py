"""What an operator is told when a program can't go on: what, where, what to do. No traceback, exit code 2."""

EXIT_CODE = 2


class Problem(Exception):  # noqa: N818  (it is shown to a person, and is named as they would)
    """Something a person can put right."""

    def __init__(self, what: str, where: str, todo: str) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.todo = todo

    def lines(self) -> tuple[str, str, str]:
        """The three lines to show."""
        return self.what, self.where, self.todo
