"""`facedesk`: the window, or with a subcommand the engine's command line."""

import os
from pathlib import Path

import click

# One face is too little work to share out: OpenBLAS with a thread per core only takes time from the networks.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from engine import __version__
from engine.cli import MODEL_HELP, Commands, cli, data_dir_option, data_folder


@click.group(
    cls=Commands,
    commands=cli.commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--source", metavar="SRC", help="camera:0, picamera, rtsp://…, a video, an image, a folder, or demo.")
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--kiosk", is_flag=True, help="Full screen; leave by PIN or long press.")
@click.option("--demo", is_flag=True, help="Event demo on the demo clip; the same as --source demo.")
@data_dir_option
@click.version_option(__version__, package_name="facedesk")
@click.pass_context
def facedesk(
    context: click.Context, source: str | None, model: str | None, kiosk: bool, demo: bool, data_dir: Path | None
) -> None:
    """Recognises people live, offline, without GPU. Without a command, opens the window."""
    data = data_folder(data_dir)
    context.obj = data
    command = context.invoked_subcommand
    if command is not None:
        if source or model or kiosk or demo:
            raise click.UsageError(f"--source, --model, --kiosk and --demo belong to the window; see {command} --help.")
        return
    if demo and source not in (None, "demo"):
        raise click.UsageError("--demo shows the demo clip; leave out --source.")
    from gui.app import LaunchOptions, run

    options = LaunchOptions(source="demo" if demo else source, model=model, kiosk=kiosk, demo=demo, data=data)
    context.exit(run(options))


def main() -> None:
    """Runs the program."""
    facedesk(prog_name="facedesk")


if __name__ == "__main__":
    main()
