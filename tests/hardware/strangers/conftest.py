"""Programs that are not ours, fetched from their registry: part of `make soak` only (node, npm, python3.13)."""

import os

collect_ignore_glob = [] if os.environ.get("ANTREAN_SOAK") else ["test_*"]
