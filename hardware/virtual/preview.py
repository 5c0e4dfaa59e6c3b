"""What a page will look like on paper: the virtual printer's own picture of its bytes, so that it is true."""

from PIL import Image

from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper


def preview(page: bytes, width_dots: int, abilities: Abilities = EPSON) -> Image.Image:
    """The picture (mode "1", 0 is black) of a page's one piece of paper. ValueError where the page is not cut.

    On a printer without a cutter, somebody tears it off.
    """
    pieces: list[Paper] = []
    engine = Engine(pieces.append, width_dots, abilities)
    engine.receive(page)
    engine.work()
    if not abilities.cutter:
        engine.tear_off()
    if len(pieces) != 1:
        raise ValueError(f"the page makes {len(pieces)} pieces of paper")
    return pieces[0].image
