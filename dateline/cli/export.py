"""Commands of this group."""

import click

COMMANDS: list[click.Command] = []
