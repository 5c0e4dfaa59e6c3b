"""The display's pages: the lobby in landscape and portrait, and the page of a display without a connection."""
