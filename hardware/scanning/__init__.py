"""Scanners of codes on a line of their own, and what any scanner may put around a code. Those that type like a
keyboard are heard by the screens; what a scan says is for the broker to verify.
"""
