"""The lobby display: the current call, the calls before it, who waits, and what is ready for collection.

board.py and announcer.py decide (pure), presenter.py joins them to the session, window.py shows with the pages of
layouts/ and their parts/, speaker.py is heard, app.py builds it all.
"""
