"""The networks of a catalogue as a table and as JSON."""

from typing import Any, TypeGuard

from engine.catalogue import Card, Catalogue, Figures, NetworkFile


def as_records(catalogue: Catalogue) -> list[dict[str, Any]]:
    """One record per network and precision."""
    return [_record(card, file) for card in catalogue.cards for file in card.files]


def _record(card: Card, file: NetworkFile) -> dict[str, Any]:
    return {
        "name": card.key(file),
        "title": card.title,
        "description": card.description,
        "precision": file.precision,
        "path": str(file.path),
        "bytes": file.size_bytes,
        "sha256": file.sha256,
        "tasks": {task.name: list(task.labels) for task in card.tasks},
        "figures": dict(figures_of(card, file)),
        "licence": card.licence,
        "terms": card.terms,
    }


def figures_of(card: Card, file: NetworkFile) -> Figures:
    """The card's figures for one precision."""
    return card.figures.get(file.precision, {})


def as_table(catalogue: Catalogue, chosen: str) -> str:
    """A table for people; a star marks the network that the settings choose."""
    if not catalogue.cards:
        return "No network is installed."
    lines = []
    for card in catalogue.cards:
        lines.append(f"{card.title}: {card.description}")
        lines += [_line(card, file, chosen) for file in card.files]
        lines.append(f"    {card.terms or card.licence}")
    return "\n".join(lines)


def _line(card: Card, file: NetworkFile, chosen: str) -> str:
    figures = "  ".join(f"{name} {value:.4g}" for name, value in figures_of(card, file).items() if _is_number(value))
    star = "*" if card.key(file) == chosen else " "
    return f"  {star} {card.key(file):20} {file.size_bytes / 1e6:6.1f} MB  {figures}".rstrip()


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)
