"""The commands of `mingbai`, a module for each group; what a command needs of Django loads inside it."""
