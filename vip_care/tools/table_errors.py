"""What can be wrong with a file or with one of its rows."""


class FileError(ValueError):
    """The whole file cannot be read; `code` says why, `details` what to say of it."""

    def __init__(self, code, **details):
        super().__init__(f"{code} {details}")
        self.code = code
        self.details = details


class RowError(FileError):
    """One row cannot be read; it stands in the place of the row's cells."""
