"""Builds the engine's pipeline and networks for the inference thread; imports them there, not at the start."""

from typing import TYPE_CHECKING

from engine.catalogue import Catalogue
from engine.settings import Settings

if TYPE_CHECKING:
    from engine.multitask import MultiTaskNetwork
    from engine.pipeline import Pipeline
    from engine.sources import FrameSource


class EngineRoom:
    """The real engine behind `gui.inference.Engine`.

    Args:
        catalogue: Where networks are found.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def build(self, settings: Settings) -> "Pipeline":
        """Builds the pipeline of a live view; raises ModelError."""
        from engine.pipeline import build_pipeline

        return build_pipeline(settings, self._catalogue)

    def load(self, key: str) -> "MultiTaskNetwork":
        """Loads one network; raises ModelError."""
        from engine.multitask import MultiTaskNetwork

        return MultiTaskNetwork.load(*self._catalogue.find(key))

    def network_keys(self) -> tuple[str, ...]:
        """Every network and precision of the catalogue."""
        return tuple(card.key(file) for card in self._catalogue.cards for file in card.files)


def open_for_window(source: str, settings: Settings) -> "FrameSource":
    """Opens a source as a window plays it: files at their own speed, the demo clip for ever; raises SourceError."""
    from engine.sources import Paced, open_source

    opened = open_source(source, width=settings.width, height=settings.height, fps=settings.camera_fps)
    return Paced(opened, loop=source == "demo")


def cameras_here() -> tuple[str, ...]:
    """The cameras of this machine, as sources."""
    from engine.sources import list_cameras

    return list_cameras()
