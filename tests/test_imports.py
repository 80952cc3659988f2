"""Imports go one way: gui → engine ← models."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = ("PySide6", "shiboken6", "tensorflow", "keras", "torch", "pyqtgraph", "mtcnn")
FORBIDDEN = {
    "engine": ("gui", "models", "tests", *HEAVY),
    "gui": ("models", "tests", "tensorflow", "keras", "torch", "mtcnn"),
    "models": ("gui", "tests", "PySide6", "pyqtgraph"),
}


def modules(room: str) -> list[str]:
    files = sorted((ROOT / room).rglob("*.py"))
    return [
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for file in files
        if "migrations" not in file.parts  # scripts that the database tool runs, not modules
    ]


def imports(path: Path) -> set[str]:
    """The top-level names that a file imports anywhere, inside functions and for type checking too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.partition(".")[0])
    return found


@pytest.mark.parametrize("room", FORBIDDEN)
def test_no_file_imports_what_its_room_may_not(room: str) -> None:
    trespasses = {
        str(file.relative_to(ROOT)): sorted(imports(file) & set(FORBIDDEN[room]))
        for file in (ROOT / room).rglob("*.py")
        if imports(file) & set(FORBIDDEN[room])
    }
    assert trespasses == {}


def test_relative_imports_do_not_leave_a_room() -> None:
    leaving = [
        str(file.relative_to(ROOT))
        for room in FORBIDDEN
        for file in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level >= len(file.relative_to(ROOT).parts)
    ]
    assert leaving == []


def loaded_by(*names: str) -> set[str]:
    """What a fresh Python has loaded of the heavy packages after importing modules."""
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program, *names], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
    )
    return {name.partition(".")[0] for name in done.stdout.split()}


def test_the_engine_loads_neither_qt_nor_keras_nor_the_other_rooms() -> None:
    engine = modules("engine")
    assert "engine" in engine
    assert "engine.pipeline" in engine
    assert loaded_by(*engine) & {*HEAVY, "gui", "models"} == set()


def test_the_command_line_answers_without_loading_the_networks() -> None:
    assert loaded_by("gui.__main__") & {*HEAVY, "cv2", "ai_edge_litert", "numpy", "models"} == set()
