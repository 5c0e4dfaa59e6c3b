"""The virtual ESC/POS printer: takes the bytes that a real one takes, answers what it answers, prints pictures.

For tests, for training and for previews. `engine` is the printer without any input or output of its own, `server`
puts it on the network.
"""
