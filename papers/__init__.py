"""What stands on the papers of citizens and of the office: from an outlet's state and the broker's answers to pages.

One module a paper. Pure: how a page looks is its layout's (hardware/layout), when it is printed its program's.
"""
