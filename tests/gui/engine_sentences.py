"""Finds every sentence that the engine may say to the user, by reading its code."""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.paths import PROGRAM_ROOT


def engine_sentences() -> dict[str, str]:
    """Templates of all sentences of errors in engine/ and gui/, with the file of each; {0} {1} … are fillings."""
    found: dict[str, str] = {}
    for folder in ("engine", "gui"):
        for path in sorted((PROGRAM_ROOT / folder).rglob("*.py")):
            for template in _sentences_of(path):
                found.setdefault(template, str(path.relative_to(PROGRAM_ROOT)))
    return found


def _sentences_of(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    names.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Attribute):
                    names.setdefault(target.attr, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func).endswith("Error") and len(node.args) == 2:
            for argument in node.args:
                yield from _templates(argument, names)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _templates(text: ast.expr, names: dict[str, list[ast.expr]]) -> Iterator[str]:
    """What an expression may say; nothing for what is not written here (it is somebody else's sentence)."""
    if isinstance(text, ast.Constant) and isinstance(text.value, str):
        yield text.value
    elif isinstance(text, ast.JoinedStr):
        numbers = iter(range(10))
        parts = (str(part.value) if isinstance(part, ast.Constant) else f"{{{next(numbers)}}}" for part in text.values)
        yield "".join(parts)
    elif isinstance(text, ast.IfExp):
        yield from _templates(text.body, names)
        yield from _templates(text.orelse, names)
    elif isinstance(text, ast.Name | ast.Attribute):
        for value in names.get(text.id if isinstance(text, ast.Name) else text.attr, []):
            yield from _templates(value, {})
