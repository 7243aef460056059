"""The modules behind ./dev, one topic a file."""
