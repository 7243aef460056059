"""Servers that stand in for providers in tests, each on an address of this machine."""
