"""Measures this machine: how fast each stage is, how much memory is used, how others fare on the same frames."""
