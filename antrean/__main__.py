"""The entry of the program `antrean`. Until its parts are imported, Ctrl-C ends it without a word."""

import signal


def main() -> None:
    """Import the command line, then let it run."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from antrean import cli

    signal.signal(signal.SIGINT, signal.default_int_handler)
    cli.main()


if __name__ == "__main__":
    main()
