"""Human decisions: merge, split, rename, kind, hide, undo, review, forget."""

from __future__ import annotations

import click

COMMANDS: list[click.Command] = []
