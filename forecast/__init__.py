"""The expected wait: what an outlet has seen of itself, the calling rule simulated from here on, and honest ranges.

An ordinary client of the broker in a process of its own; pure below `app`.
"""
