"""The commands about people: enrol, people, retrain. `register` attaches them to the program's group."""

from pathlib import Path

import click

from engine.cli_types import GivenPath, readable
from engine.paths import DataFolder

FILE = GivenPath(path_type=Path)
CSV_HELP = "Many people: a CSV with columns name, files and, if wanted, id; rows of one name and ID are one person."
MODEL_HELP = "Network and precision, such as mobilenet or inception_v3:int8; by default that of the settings."


def register(group: click.Group) -> None:
    """Attaches the commands."""
    for command in (enrol, people, retrain):
        group.add_command(command)


@click.command()
@click.argument("name", required=False)
@click.argument("photos", nargs=-1, type=FILE)
@click.option("--folder", type=FILE, help="Every picture of this folder.")
@click.option("--video", type=FILE, help="Frames of this video.")
@click.option("--csv", "listed", type=FILE, help=CSV_HELP)
@click.option("--consent", required=True, callback=readable, help="What was agreed to, or where the signed paper is.")
@click.option("--keep-until", type=click.DateTime(["%Y-%m-%d"]), help="Delete on the day after; by default in a year.")
@click.option("--id", "external_id", default="", help="A number of your own, to tell people of the same name apart.")
@click.option("--add", is_flag=True, help="Add the pictures to somebody who is enrolled already.")
@click.option("--different", is_flag=True, help="It is somebody else, even if the face says otherwise.")
@click.option("--model", metavar="NAME", help=MODEL_HELP)
@click.pass_obj
def enrol(data: DataFolder, /, **choices: object) -> None:
    """Enrols NAME from PHOTOS, a folder or a video (or many people from a list)."""
    from engine.enrol_command import EnrolOptions, run_enrol

    run_enrol(data, EnrolOptions.from_choices(choices))


@click.group(invoke_without_command=True)
@click.pass_context
def people(context: click.Context) -> None:
    """Lists, shows, deletes and exports people; backs everything up and restores it."""
    if context.invoked_subcommand is None:
        context.invoke(list_people)


@people.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def list_people(data: DataFolder, as_json: bool = False) -> None:
    """Lists everybody enrolled."""
    from engine.people_command import list_everybody

    list_everybody(data, as_json=as_json)


@people.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def show(data: DataFolder, name: str, as_json: bool) -> None:
    """Shows what is kept of NAME (or #number, or ID)."""
    from engine.people_command import show_person

    show_person(data, name, as_json=as_json)


@people.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Don't ask.")
@click.pass_obj
def delete(data: DataFolder, name: str, yes: bool) -> None:
    """Deletes everything kept of NAME (or #number, or ID), and prints a receipt."""
    from engine.people_command import delete_person

    delete_person(data, name, ask=not yes)


@people.command()
@click.argument("name")
@click.argument("folder", type=FILE, default=Path())
@click.pass_obj
def export(data: DataFolder, name: str, folder: Path) -> None:
    """Writes everything kept of NAME to a new folder in FOLDER: JSON and pictures."""
    from engine.people_command import export_one

    export_one(data, name, folder)


@people.command()
@click.argument("file", type=FILE)
@click.option("--passphrase", envvar="FACEDESK_PASSPHRASE", help="Asked for when missing.  [env: FACEDESK_PASSPHRASE]")
@click.pass_obj
def backup(data: DataFolder, file: Path, passphrase: str | None) -> None:
    """Writes an encrypted copy of everything to FILE."""
    from engine.people_command import back_up_all

    back_up_all(data, file, passphrase or click.prompt("Passphrase", hide_input=True, confirmation_prompt=True))


@people.command()
@click.argument("file", type=FILE)
@click.option("--passphrase", envvar="FACEDESK_PASSPHRASE", help="Asked for when missing.  [env: FACEDESK_PASSPHRASE]")
@click.option("--yes", is_flag=True, help="Don't ask before everything here is replaced.")
@click.pass_obj
def restore(data: DataFolder, file: Path, passphrase: str | None, yes: bool) -> None:
    """Replaces everything by the backup in FILE."""
    from engine.people_command import require_backup, restore_all

    require_backup(file)
    restore_all(data, file, passphrase or click.prompt("Passphrase", hide_input=True), ask=not yes)


@people.command()
@click.argument("name")
@click.argument("new_name")
@click.pass_obj
def rename(data: DataFolder, name: str, new_name: str) -> None:
    """Gives NAME another name."""
    from engine.people_command import rename_person

    rename_person(data, name, new_name)


@click.command()
@click.option("--model", metavar="NAME", help="Only this network; by default every one that is installed.")
@click.option("--back", is_flag=True, help="Go back to the version before; needs --model.")
@click.option("--versions", is_flag=True, help="List the versions that are kept, with their figures.")
@click.option("--accept-worse", is_flag=True, help="Take the new head even if people are then named less often.")
@click.pass_obj
def retrain(data: DataFolder, model: str | None, back: bool, versions: bool, accept_worse: bool) -> None:
    """Embeds everybody anew where needed and trains the person heads."""
    from engine.retrain_command import go_back, list_versions, retrain_all

    if back:
        if not model:
            raise click.UsageError("--back needs --model.")
        go_back(data, model)
    elif versions:
        list_versions(data)
    else:
        retrain_all(data, model, accept_worse=accept_worse)
