"""The print line: characters and column pictures side by side, until a feed prints them."""

from dataclasses import dataclass, field

from PIL import Image


@dataclass(slots=True)
class Line:
    """Bitmaps (1 is ink) at their places from the left of the print area, standing on one base line."""

    area_dots: int
    position: int = 0
    _parts: list[tuple[int, Image.Image]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not self._parts and self.position == 0

    @property
    def blank(self) -> bool:
        """Nothing is set, though a place may have been chosen."""
        return not self._parts

    @property
    def room(self) -> int:
        return self.area_dots - self.position

    def add(self, part: Image.Image) -> None:
        """Put a bitmap at the position and move on; what goes beyond the area is lost."""
        if self.room > 0:
            self._parts.append((self.position, part.crop((0, 0, min(part.width, self.room), part.height))))
        self.position += part.width

    def printed(self, paper_dots: int, left_dots: int, justification: float) -> list[bytes]:
        """The line's rows over the paper's whole width; `justification` is 0 left, 0.5 centre, 1 right."""
        if not self._parts:
            return []
        height = max(part.height for _, part in self._parts)
        free = max(0, self.area_dots - min(self.position, self.area_dots))
        start = left_dots + int(free * justification)
        canvas = Image.new("1", (paper_dots, height), 0)
        for x, part in self._parts:
            canvas.paste(1, (start + x, height - part.height), part)
        return rows_of(canvas)


def rows_of(image: Image.Image) -> list[bytes]:
    """An image in one bit, whose width is a multiple of 8, as its rows of bytes."""
    data, row_bytes = image.tobytes(), image.width // 8
    return [data[at : at + row_bytes] for at in range(0, len(data), row_bytes)]
