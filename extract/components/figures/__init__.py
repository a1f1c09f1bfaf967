"""Figures: counted facts with unit, value and the words."""

from .component import Figures, figures

__all__ = ["Figures", "figures"]
