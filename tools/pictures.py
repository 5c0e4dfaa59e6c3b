"""Put the demonstration's pictures into docs/pictures, for the README. Usage: pictures.py OUT (a demo's folder)."""

import sys
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"
HEIGHT = 640
CHOSEN = {
    "kiosk-start": "screens/kiosk-9-start-with-people-waiting.png",
    "kiosk-choose": "screens/kiosk-2-choose.png",
    "kiosk-ticket": "screens/kiosk-5-ticket.png",
    "display-call": "screens/display-3-second-call.png",
    "display-ready": "screens/display-4-ready.png",
    "counter-serving": "screens/counter-5-serving.png",
    "counter-one-day": "screens/counter-10-one-day-chosen.png",
    "ticket": "tickets/A001.png",
    "slip": "tickets/slip-0001.png",
}


def main(out: Path) -> None:
    """Scale each chosen picture to one height and save it under its plain name."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, source in CHOSEN.items():
        with Image.open(out / source) as picture:
            width = round(picture.width * HEIGHT / picture.height)
            scaled = picture.convert("RGB").resize((width, HEIGHT), Image.Resampling.LANCZOS)
            scaled.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
