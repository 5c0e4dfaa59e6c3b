"""The demonstration: a real outlet as separate processes, with a screen to look at or a scripted morning to play.

stage.py is the program that each process of it runs: the ordinary composition, with a hand on its glass when there
is no person. cast.py starts and ends them, morning.py is the script, report.py tells what happened.
"""
