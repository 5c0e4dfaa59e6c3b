"""Prints the first screen's usable place as `x y width height`: a process of its own, so that the demo needs no Qt."""

import sys

from PySide6.QtGui import QGuiApplication


def main() -> None:
    """Ask Qt and print."""
    application = QGuiApplication([])
    place = application.primaryScreen().availableGeometry()
    sys.stdout.write(f"{place.x()} {place.y()} {place.width()} {place.height()}\n")


if __name__ == "__main__":
    main()
