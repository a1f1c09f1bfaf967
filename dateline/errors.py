"""Errors of the command line and the engine; each message says what to do next."""


class DatelineError(Exception):
    """Root of the errors that `dateline/` itself raises."""


class MissingExtra(DatelineError):
    """An optional dependency is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        super().__init__(f"{feature} needs an extra: pip install 'dateline[{extra}]'")
        self.extra = extra
