"""Every text, date and number that a citizen, a clerk or an operator reads, in Bahasa Indonesia or English.

Code writes English sentences and passes a Wording along; id.po holds the Indonesian. Names of services and
outlets are data (see `catalogue`), and this package knows nothing of screens or paper.
"""

from wording.language import N_, Language, Wording

__all__ = ["N_", "Language", "Wording"]
