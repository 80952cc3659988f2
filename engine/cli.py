"""The command line: what `facedesk SUBCOMMAND` does. Each command's work stands in a module of its name.

Exit codes: 0 fine, 1 something that the user can mend (the sentence is on stderr), 2 wrong usage.
Modules are imported when their command runs, so that `facedesk --help` answers at once.
"""

import io
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from engine import __version__
from engine.cli_people import register as register_people
from engine.cli_types import GivenPath
from engine.errors import SourceError, UserError
from engine.paths import DataFolder, is_folder, write_atomically

if TYPE_CHECKING:
    from engine.catalogue import Catalogue
    from engine.settings import Settings

MODEL_HELP = "Network and precision, such as mobilenet, mobilenet_v2:fp16 or inception_v3:int8."


class Mendable(click.ClickException):
    """Shows a `UserError` as its sentence and ends with exit code 1."""

    exit_code = 1

    def show(self, file: IO[Any] | None = None) -> None:
        """Writes the sentence to stderr."""
        click.echo(self.message, file=file, err=True)


class Commands(click.Group):
    """A group whose commands may raise `UserError`, and whose reader may go away."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        _accept_any_text()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except UserError as error:
            raise Mendable(str(error)) from error
        except BrokenPipeError:
            _discard_output()
            ctx.exit(0)
        return result


def _accept_any_text() -> None:
    """Lets stdout spell out what it cannot encode, such as a file's name that is not in UTF-8."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _discard_output() -> None:
    """Lets the interpreter flush stdout at its end without a second complaint about the closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def data_folder(root: Path | None) -> DataFolder:
    """The folder that was named, or the platform's own."""
    return DataFolder(root.expanduser().absolute()) if root else DataFolder.default()


data_dir_option = click.option(
    "--data-dir",
    type=GivenPath(file_okay=False, path_type=Path),
    envvar="FACEDESK_DATA_DIR",
    help="Where settings and everything kept live.  [env: FACEDESK_DATA_DIR]",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@data_dir_option
@click.version_option(__version__, package_name="facedesk")
@click.pass_context
def cli(context: click.Context, data_dir: Path | None) -> None:
    """Recognises people live, offline, without GPU."""
    context.obj = data_folder(data_dir)


def _desk(data: DataFolder, model: str | None) -> "tuple[Settings, Catalogue]":
    """The user's settings, with the network of the command line, and the networks there are."""
    from dataclasses import replace

    from engine.catalogue import Catalogue
    from engine.settings import load_settings

    settings = load_settings(data.settings_file)
    if model:
        settings = replace(settings, network=model)
    return settings, Catalogue.read([data.models])


def _as_json(value: object, *, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)


@cli.command()
@click.argument("source", metavar="SRC")
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--json", "json_lines", is_flag=True, help="One JSON object per line.")
@click.option("--every-frame", is_flag=True, help="Search the whole picture and look at every face, on every frame.")
@click.pass_obj
def analyse(data: DataFolder, source: str, model: str | None, json_lines: bool, every_frame: bool) -> None:
    """Prints one line per frame of SRC: who is where.

    SRC is camera:0, picamera, rtsp://…, a video file, an image, a folder of images, or demo.
    """
    from engine.analyse import analyse_frames, analysing_pipeline, as_record, as_text
    from engine.gallery import is_behind, load_identifier
    from engine.sources import open_source

    settings, catalogue = _desk(data, model)
    camera = {"width": settings.width, "height": settings.height, "fps": settings.camera_fps}
    with open_source(source, **camera) as frames, suppress(KeyboardInterrupt):
        pipeline = analysing_pipeline(settings, catalogue, every_frame=every_frame)
        pipeline.identifier = load_identifier(data, settings.network, settings.fpir)
        if is_behind(data, settings.network):
            click.echo("This network does not know everybody yet. Run: facedesk retrain", err=True)
        for result in analyse_frames(frames, pipeline):
            name = frames.frame_name
            print(_as_json(as_record(result, name)) if json_lines else as_text(result, name), flush=True)  # noqa: T201
        for problem in frames.problems:
            click.echo(str(problem), err=True)


@cli.command()
@click.argument("images", metavar="IMAGE… | @LIST.txt", nargs=-1, required=True)
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--out", "target", required=True, type=GivenPath(dir_okay=False, path_type=Path), metavar="FILE.npz")
@click.pass_obj
def embed(data: DataFolder, images: tuple[str, ...], model: str | None, target: Path) -> None:
    """Writes the embedding of each IMAGE's largest face.

    @LIST.txt names a file with one path per line. FILE.npz gets the arrays files, embeddings (n, 128), found,
    age (n, 3) and ethnicity (n, 3), in the order given; where a file cannot be read or shows no face, found is False
    and the others are 0.
    """
    from engine.embed import Embedder, named_files
    from engine.targets import require_target

    require_target(data, target)
    if not is_folder(target.absolute().parent):
        raise SourceError(f"There is no folder {target.absolute().parent}.", "Make it, or choose another --out.")
    files = named_files(images)
    embeddings = Embedder.load(*_desk(data, model)).embed(files, progress=sys.stderr.isatty())
    try:
        write_atomically(target, embeddings.as_npz())
    except OSError as error:
        raise SourceError(f"{target} cannot be written: {error.strerror}.", "Choose another --out.") from error
    click.echo(f"{int(embeddings.found.sum())} of {len(embeddings.files)} pictures show a face.", err=True)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def models(data: DataFolder, as_json: bool) -> None:
    """Lists the networks and what they reach."""
    from engine.listing import as_records, as_table

    settings, catalogue = _desk(data, None)
    click.echo(_as_json(as_records(catalogue), indent=2) if as_json else as_table(catalogue, settings.network))
    for problem in catalogue.problems:
        click.echo(str(problem), err=True)


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--quick", is_flag=True, help="Fewer repeats; ends within 50 s.")
@click.option("--against", type=click.Choice(["paper", "dlib"]), help="Compare with another way, turn by turn.")
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.option("--peer-python", metavar="PATH", help="The Python that has the other way's packages.")
@click.pass_obj
def bench(
    data: DataFolder, as_json: bool, quick: bool, against: str | None, model: str | None, peer_python: str | None
) -> None:
    """Measures this machine: fps, latency per stage, memory, start."""
    from engine.bench.measuring import measure, measure_against
    from engine.bench.report import as_record, report

    settings, catalogue = _desk(data, model)
    if against:
        python = peer_python or sys.executable
        findings = measure_against(against, settings, catalogue, python=python, quick=quick)
    else:
        findings = measure(settings, catalogue, data, quick=quick)
    click.echo(_as_json(as_record(findings), indent=2) if as_json else report(findings))


@cli.command()
@click.pass_obj
def doctor(data: DataFolder) -> None:
    """Checks that nothing is missing; ends with 1 if something is."""
    from engine.doctor import examine

    failed = False
    for finding in examine(data):
        click.echo(finding.as_text())
        failed = failed or finding.state == "fail"
    if failed:
        raise click.exceptions.Exit(1)


register_people(cli)

if __name__ == "__main__":
    cli(prog_name="facedesk")
