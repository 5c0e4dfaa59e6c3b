"""The parts of docs/ that come from the code: what the wire carries, the lives, the settings, a worked example.

pages.py knows which part stands where; source.py reads what the code says of itself. `make docs` writes the parts
anew, tests/docs fails while one is stale or something has no meaning.
"""
