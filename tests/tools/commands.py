"""The page of commands: the help of each, as the terminal prints it."""

from __future__ import annotations

from click.testing import CliRunner

from dateline.cli import cli

HEAD = """# Commands

Generated from the commands themselves (`make docs`). Exit status: 0 when all went well, 1 when some documents failed
(listed), 2 for wrong usage, 130 after Ctrl-C.
"""

#: Columns of a help text.
WIDTH = 96


def page() -> str:
    """Return the page as Markdown."""
    parts = [HEAD]
    for name in ["", *cli.commands]:
        arguments = [name, "--help"] if name else ["--help"]
        told = CliRunner().invoke(cli, arguments, prog_name="dateline", terminal_width=WIDTH)
        parts.append(f"## dateline {name}".rstrip() + f"\n\n```\n{told.output.strip()}\n```\n")
    return "\n".join(parts)
