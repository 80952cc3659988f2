"""The inference thread: owns the pipeline, answers the newest frame, swaps networks without stopping."""

import queue
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import Signal

from engine.catalogue import network_name
from engine.identifier import Identifier, NobodyEnrolled
from engine.latest import Latest
from engine.settings import Settings
from engine.types import Frame, FrameResult
from gui.workers import Worker

IDLE_S = 0.1
PAUSE_AFTER_FAULT_S = 0.5


class PipelineLike(Protocol):
    """What inference needs of the engine's pipeline."""

    network: Any
    identifier: Any
    options: Any

    def process(self, frame: Frame) -> FrameResult:
        """Finds and names the faces of a frame."""
        ...

    def reset(self) -> None:
        """Forgets the tracks."""
        ...


class Engine(Protocol):
    """Builds pipelines and loads networks; slow, called from background threads."""

    def build(self, settings: Settings) -> PipelineLike:
        """Builds a pipeline; raises ModelError."""
        ...

    def load(self, key: str) -> Any:  # noqa: ANN401 - whatever PipelineLike.network takes
        """Loads one network; raises ModelError."""
        ...

    def network_keys(self) -> Sequence[str]:
        """Every network and precision there is."""
        ...


class InferenceWorker(Worker):
    """Owns the pipeline; takes frames from `work`, puts results to `results`.

    Args:
        engine: Builds pipelines and loads networks.
        settings: What to start with.
        work: Frames to look at.
        results: What came out.

    Signals:
        result_ready: A result lies in the mailbox.
        network_changed: The key of the network that answers from now on.
        network_failed: Key and error of a network that could not be loaded; the old one goes on.
    """

    result_ready = Signal()
    network_changed = Signal(str)
    network_failed = Signal(str, object)

    def __init__(self, engine: Engine, settings: Settings, work: Latest[Frame], results: Latest[FrameResult]) -> None:
        super().__init__("inference")
        self._engine = engine
        self._settings = settings
        self._frames = work
        self._results = results
        self._orders: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._pipeline: PipelineLike | None = None
        self._told = ""
        self._paused = False
        self._identifier: tuple[str, Identifier] = ("", NobodyEnrolled())
        self._loader = NetworkLoader(engine, self._order_network, self._refuse_network)

    def request_network(self, key: str) -> None:
        """Loads a network beside the one that runs and swaps it in when it is ready; the newest request wins."""
        self._loader.request(key)

    def apply(self, settings: Settings) -> None:
        """Takes over attributes, frame rate and the smallest face; the network is changed by `request_network`."""
        self._orders.put(lambda: self._apply(settings))

    def set_identifier(self, network: str, identifier: Identifier) -> None:
        """Lets somebody else name the faces, from the next frame on.

        Args:
            network: Name of the network, without precision, whose embeddings it understands; with another one
                nobody is known.
            identifier: Names embeddings.
        """
        self._orders.put(lambda: self._take_identifier(network, identifier))

    def set_paused(self, paused: bool) -> None:
        """Lets frames pass by unseen, as while an enrolment needs the processor."""
        self._paused = paused

    def reset(self) -> None:
        """Forgets the tracks, as when the source changes."""
        self._orders.put(self._apply_reset)

    def start(self) -> None:
        """Starts the thread and its loader."""
        self._loader.start()
        super().start()

    def stop(self) -> None:
        """Asks both threads for the end."""
        super().stop()
        self._loader.stop()

    def work(self) -> None:
        """Builds the pipeline, then answers the newest frame until asked to stop."""
        self._build(self._settings)
        while not self.stopping:
            while not self._orders.empty():
                self._orders.get()()
            frame = self._frames.take(IDLE_S)
            if frame is not None and self._pipeline is not None and not self._paused:
                self._answer(self._pipeline, frame)

    def _answer(self, pipeline: PipelineLike, frame: Frame) -> None:
        try:
            result = pipeline.process(frame)
        except Exception as error:
            self._tell_once(error)
            pipeline.reset()
            self._stop.wait(PAUSE_AFTER_FAULT_S)
            return
        self._told = ""
        self._results.put(result)
        self.result_ready.emit()

    def _tell_once(self, error: Exception) -> None:
        """Reports a fault, but not again for every frame that it spoils."""
        if repr(error) != self._told:
            self._told = repr(error)
            self.failed.emit(error)

    def _build(self, settings: Settings) -> None:
        """Builds with the network of the settings or, when that is damaged, with the next one that loads."""
        for key in (settings.network, *replacements(settings.network, self._engine.network_keys())):
            if self.stopping:
                return
            try:
                pipeline = self._engine.build(replace(settings, network=key))
            except Exception as error:
                self.network_failed.emit(key, error)
            else:
                self._take(pipeline, settings)
                return

    def _take(self, pipeline: PipelineLike, settings: Settings) -> None:
        self._pipeline = pipeline
        self._settings = replace(settings, network=pipeline.network.key)
        pipeline.options = live_options(pipeline.options, settings)
        pipeline.identifier = self._fitting_identifier(pipeline.network.key)
        self.network_changed.emit(pipeline.network.key)

    def _order_network(self, network: Any) -> None:  # noqa: ANN401
        """Called by the loader's thread."""
        self._orders.put(lambda: self._apply_network(network))

    def _refuse_network(self, key: str, error: Exception) -> None:
        """Called by the loader's thread."""
        self.network_failed.emit(key, error)

    def _apply_network(self, network: Any) -> None:  # noqa: ANN401
        if self._pipeline is None:
            self._build(replace(self._settings, network=network.key))
            return
        # Together, between two frames: a head must never see embeddings of another network. The network first: it
        # makes the tracks forget theirs, and the names on show stay until the next look.
        self._pipeline.network = network
        self._pipeline.identifier = self._fitting_identifier(network.key)
        self._settings = replace(self._settings, network=network.key)
        self.network_changed.emit(network.key)

    def _take_identifier(self, network: str, identifier: Identifier) -> None:
        self._identifier = (network, identifier)
        if self._pipeline is not None:
            self._pipeline.identifier = self._fitting_identifier(self._pipeline.network.key)

    def _fitting_identifier(self, key: str) -> Identifier:
        network, identifier = self._identifier
        return identifier if network == network_name(key) else NobodyEnrolled()

    def _apply(self, settings: Settings) -> None:
        old, self._settings = self._settings, replace(settings, network=self._settings.network)
        if settings.min_face_px != old.min_face_px:
            self._build(self._settings)
        elif self._pipeline is not None:
            self._pipeline.options = live_options(self._pipeline.options, settings)

    def _apply_reset(self) -> None:
        if self._pipeline is not None:
            self._pipeline.reset()


def live_options(options: Any, settings: Settings) -> Any:  # noqa: ANN401 - whatever PipelineLike.options takes
    """A pipeline's options as a live view with these settings wants them: a frame may take until the next one."""
    return replace(options, attributes=settings.shows_attributes, budget_ms=settings.frame_ms)


def replacements(wanted: str, keys: Sequence[str]) -> list[str]:
    """Networks to try when one does not load, the likeliest to serve first.

    Args:
        wanted: The one that did not load, "mobilenet:int8".
        keys: All there are.

    Returns:
        The same network in another precision, then the usual one, then the small files of the others.
    """

    def rank(key: str) -> tuple[bool, bool, bool]:
        name, _, precision = key.partition(":")
        return name != network_name(wanted), key != Settings().network, precision != "int8"

    return sorted((key for key in keys if key != wanted), key=rank)


class NetworkLoader(Worker):
    """Loads networks one at a time, beside the inference thread; the newest request wins.

    Args:
        engine: Loads them.
        loaded: Called with a network, in this thread.
        refused: Called with key and error, in this thread.
    """

    def __init__(
        self, engine: Engine, loaded: Callable[[Any], None], refused: Callable[[str, Exception], None]
    ) -> None:
        super().__init__("network loader")
        self._engine = engine
        self._loaded = loaded
        self._refused = refused
        self._requests: Latest[str] = Latest()

    def request(self, key: str) -> None:
        """Asks for a network."""
        self._requests.put(key)

    def stop(self) -> None:
        """Asks for the end; a load that is under way is not waited for."""
        super().stop()
        self._requests.close()

    def work(self) -> None:
        """Loads what is asked for."""
        while (key := self._requests.take(None)) is not None:
            try:
                network = self._engine.load(key)
            except Exception as error:
                self._refused(key, error)
            else:
                self._loaded(network)
