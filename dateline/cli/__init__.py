"""The command line: parse options, call one library function, print what came of it.

Commands live in thin modules that import the stages only when they run, so that
`dateline --help` and `dateline search` start at once.
"""

from __future__ import annotations

import os
import signal
import sys

import click

from .. import __version__
from . import care, export, ingest, judge, look, serve
from .options import Context, is_expected

GROUPS = (ingest, serve, look, export, judge, care)

#: What a shell expects of a program ended by Ctrl-C: 128 + SIGINT.
EXIT_INTERRUPTED = 130


class DatelineGroup(click.Group):
    """A group that prints one line for an expected error and lists commands in reading order."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the commands in the order of the contract, not of the alphabet."""
        return list(self.commands)


@click.group(cls=DatelineGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="dateline")
@click.option("-v", "--verbose", is_flag=True, help="Say what is being done, with timings.")
@click.option(
    "--log-format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How log lines on standard error look.",
)
@click.pass_context
def cli(ctx: click.Context, verbose: bool, log_format: str) -> None:
    """Dateline reads press releases into one SQLite file and publishes it.

    \b
    dateline demo                      try it on the samples
    dateline ingest releases/          read a folder into dateline.db
    dateline serve                     browse it at http://127.0.0.1:8001
    """
    ctx.obj = Context(verbose=verbose, log_format=log_format)
    ctx.obj.start_logging()


for group in GROUPS:
    for command in group.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """Run the command line; exit 0: all went well, 1: something failed, 2: wrong usage."""
    try:
        # Outside its standalone mode click returns the status of `Exit` instead of raising it.
        status = cli.main(prog_name="dateline", standalone_mode=False)
        sys.exit(status if isinstance(status, int) else 0)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except (click.Abort, KeyboardInterrupt) as stop:
        # click wraps the interruption, which says how to go on.
        click.echo(str(stop.__cause__ or stop) or "Interrupted.", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # `dateline … | head` closes the pipe: end quietly, as other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(128 + signal.SIGPIPE)
    except Exception as error:
        if not is_expected(error):
            raise
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
