"""The parts of the lobby's screen: each shows one piece of a Board and knows nothing of the others."""
