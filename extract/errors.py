"""What can go wrong while a pipeline is set up or a release is read."""

from __future__ import annotations


class ExtractError(Exception):
    """Root of this stage's errors."""


class ModelMissing(ExtractError):
    """A spaCy pipeline that was asked for is not installed, finds no names, or has no weights."""

    def __init__(self, model: str, advice: str) -> None:
        super().__init__(f"the model {model} cannot be used: {advice}")
        self.model = model
        self.advice = advice

    def __reduce__(self) -> tuple[type[ModelMissing], tuple[str, str]]:
        """Travel from a worker to its caller with both parts."""
        return type(self), (self.model, self.advice)
