"""Where frames come from: cameras, streams, videos, pictures and the demo clip, behind one `FrameSource`."""

from engine.sources.base import FrameSource
from engine.sources.devices import list_cameras
from engine.sources.opening import open_source
from engine.sources.pacing import Paced
from engine.sources.reconnect import Backoff, Reconnecting

__all__ = ["Backoff", "FrameSource", "Paced", "Reconnecting", "list_cameras", "open_source"]
