"""Write the made parts of all pages anew, and name the pages that changed."""

from tools.docs.pages import DOCS, stale_pages


def main() -> None:
    """Bring docs/ up to date."""
    for page, text in stale_pages().items():
        page.write_text(text, encoding="utf-8")
        print(f"made docs/{page.relative_to(DOCS)}")


if __name__ == "__main__":
    main()
