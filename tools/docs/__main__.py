"""Write the made parts of all pages and the test vectors anew, and name the files that changed."""

from tools.docs.pages import DOCS, stale


def main() -> None:
    """Bring docs/ up to date."""
    for file, text in stale().items():
        file.write_text(text, encoding="utf-8")
        print(f"made docs/{file.relative_to(DOCS)}")


if __name__ == "__main__":
    main()
