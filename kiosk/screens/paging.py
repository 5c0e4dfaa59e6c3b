"""Lists that are longer than their room: pages that follow each other, and begin again after the last."""

from wording import Wording


def shown_from(page: int, count: int, room: int) -> tuple[int, int]:
    """The first item of a page (they wrap around), and how many items come after the page."""
    pages = max(1, -(-count // room))
    start = page % pages * room
    return start, max(0, count - start - room)


def more(left: int, w: Wording) -> str:
    """The button's words that lead to the next page."""
    return w.tn("{n} more", "{n} more", left) if left else w.t("From the start")
