"""Makes demo.mp4, the clip that needs no camera: a portrait that comes near, turns, is hidden, leaves and returns.

The portrait is `astronaut.png` of scikit-image (Eileen Collins, photographed by NASA; public domain). The figure is cut
out with GrabCut and moved over a drawn wall, behind a pillar, under changing light.

    python resources/make_demo.py           # needs scikit-image and the command ffmpeg with libx264
"""

import math
import subprocess
from dataclasses import dataclass, fields, replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage import data

WIDTH, HEIGHT, FPS, SECONDS = 640, 480, 25, 14
PILLAR = (492, 566)
FACE = (226.0, 112.0)  # middle of the face in the portrait, whose face is 88 px wide

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Pose:
    """Where the figure is and how it is lit at one moment.

    Attributes:
        at_s: The moment.
        x: Middle of the face, pixels.
        y: Likewise.
        scale: Size against the portrait.
        tilt: Degrees, clockwise.
        turn: Width against height, as if the head turned away a little.
        light: Brightness of the whole scene.
        warmth: Shift towards red (positive) or blue.
        side: Light from the left (negative) or right.
    """

    at_s: float
    x: float
    y: float
    scale: float
    tilt: float = 0.0
    turn: float = 1.0
    light: float = 1.0
    warmth: float = 0.0
    side: float = 0.0


# The last pose is the first again: the clip plays in a circle.
STORY = (
    Pose(0.0, 300, 205, 1.20),
    Pose(1.6, 330, 215, 1.75, tilt=4),
    Pose(3.0, 300, 235, 2.50, tilt=-5, turn=0.97, light=1.04, warmth=0.03),
    Pose(4.4, 330, 225, 2.15, tilt=7, turn=0.94, light=0.62, warmth=0.10, side=-0.45),
    Pose(5.6, 350, 210, 1.55, tilt=-4, light=0.70, warmth=-0.08, side=0.50),
    Pose(6.6, 485, 208, 1.35, tilt=-3, light=1.0, side=0.20),
    Pose(7.5, 545, 206, 1.30, tilt=3),
    Pose(8.5, 1010, 204, 1.20, tilt=0),
    Pose(8.6, -260, 240, 0.72, tilt=0),
    Pose(10.2, 150, 228, 0.72, tilt=5),
    Pose(11.4, 215, 222, 0.85, tilt=-9, turn=0.95, light=1.12),
    Pose(12.6, 268, 212, 1.02, tilt=6, light=1.05),
    Pose(14.0, 300, 205, 1.20),
)


def pose_at(at_s: float) -> Pose:
    """The pose between two of the story, with an even start and stop and the slight sway of somebody standing."""
    after = next(i for i in range(1, len(STORY)) if at_s < STORY[i].at_s)
    old, new = STORY[after - 1], STORY[after]
    part = (at_s - old.at_s) / (new.at_s - old.at_s)
    part = part * part * (3 - 2 * part)
    mixed = {f.name: (1 - part) * getattr(old, f.name) + part * getattr(new, f.name) for f in fields(Pose)}
    turn = 2 * math.pi * at_s / SECONDS
    mixed["x"] += 3.0 * math.sin(5 * turn)
    mixed["y"] += 1.5 * math.sin(7 * turn)
    mixed["tilt"] += 0.8 * math.sin(4 * turn)
    return Pose(**mixed)


def cut_out(portrait: NDArray[np.uint8]) -> Floats:
    """How much each pixel of the portrait belongs to the figure, 0 to 1."""
    mask = np.full(portrait.shape[:2], cv2.GC_PR_BGD, np.uint8)
    cv2.ellipse(mask, (228, 85), (80, 78), 0, 0, 360, cv2.GC_PR_FGD, -1)
    cv2.fillPoly(
        mask, [np.array([(115, 175), (300, 175), (360, 270), (360, 511), (20, 511), (40, 290)])], cv2.GC_PR_FGD
    )
    cv2.ellipse(mask, (390, 440), (112, 98), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.ellipse(mask, (228, 100), (52, 68), 0, 0, 360, cv2.GC_FGD, -1)
    cv2.fillPoly(mask, [np.array([(135, 200), (290, 200), (330, 290), (330, 511), (60, 511), (70, 300)])], cv2.GC_FGD)
    cv2.fillPoly(mask, [np.array([(273, 141), (298, 131), (305, 176), (264, 169)])], cv2.GC_BGD)
    mask[:140, :140] = mask[:170, 312:] = mask[:330, 372:] = cv2.GC_BGD
    mask[:, :18] = mask[:, 506:] = cv2.GC_BGD
    cv2.grabCut(portrait, mask, (0, 0, 0, 0), np.zeros((1, 65)), np.zeros((1, 65)), 8, cv2.GC_INIT_WITH_MASK)
    figure = np.isin(mask, (cv2.GC_FGD, cv2.GC_PR_FGD)).astype(np.uint8)
    _, parts, stats, _ = cv2.connectedComponentsWithStats(figure)
    figure = (parts == 1 + np.argmax(stats[1:, cv2.CC_STAT_AREA])).astype(np.float32)
    soft = cv2.GaussianBlur(cv2.erode(figure, np.ones((3, 3))), (0, 0), 1.3)
    return np.asarray(soft, np.float32)


def wall() -> Floats:
    """A plain wall with the light of a window on it, RGB 0 to 255."""
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    shade = 1.0 - 0.16 * (y / HEIGHT) - 0.10 * ((x - 260) / WIDTH) ** 2
    panes = np.zeros((HEIGHT, WIDTH), np.float32)
    for left in (70, 190):
        for top in (40, 190):
            corners = np.array([(left, top), (left + 95, top - 18), (left + 95, top + 105), (left, top + 123)])
            cv2.fillPoly(panes, [corners], 1.0)
    shade += 0.10 * cv2.GaussianBlur(panes, (0, 0), 14)
    shade[432:] *= 0.80
    shade = cv2.GaussianBlur(shade, (0, 0), 3)
    return np.asarray(shade[:, :, np.newaxis] * np.array([206, 203, 196], np.float32), np.float32)


def pillar() -> tuple[Floats, Floats]:
    """A pillar near the camera, out of focus: its colour and how much it covers."""
    cover = np.zeros((HEIGHT, WIDTH), np.float32)
    cover[:, PILLAR[0] : PILLAR[1]] = 1.0
    soft = np.asarray(cv2.GaussianBlur(cover, (0, 0), 4), np.float32)[:, :, np.newaxis]
    across = (np.arange(WIDTH, dtype=np.float32) - PILLAR[0]) / (PILLAR[1] - PILLAR[0])
    round_ = np.clip(1.05 - 1.1 * (across - 0.35) ** 2, 0.4, 1.1)[np.newaxis, :, np.newaxis]
    colour = round_ * np.array([72, 92, 98], np.float32)
    return np.broadcast_to(colour, (HEIGHT, WIDTH, 3)).astype(np.float32), soft


def placed(picture: Floats, pose: Pose) -> Floats:
    """The picture moved, scaled and tilted about the middle of the face."""
    angle = math.radians(pose.tilt)
    about = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    linear = about @ np.diag([pose.scale * pose.turn, pose.scale])
    shift = np.array([pose.x, pose.y]) - linear @ np.array(FACE)
    matrix = np.column_stack([linear, shift])
    flags = cv2.INTER_CUBIC if pose.scale > 1 else cv2.INTER_AREA
    return np.asarray(cv2.warpAffine(picture, matrix, (WIDTH, HEIGHT), flags=flags), np.float32)


def lit(picture: Floats, pose: Pose) -> Floats:
    """The light of the moment, from one side or evenly, warm or cold."""
    across = np.linspace(-1, 1, WIDTH, dtype=np.float32)[np.newaxis, :, np.newaxis]
    gain = pose.light * (1 + pose.side * across)
    tint = np.array([1 + pose.warmth, 1.0, 1 - pose.warmth], np.float32)
    return np.asarray(picture * gain * tint, np.float32)


def frames() -> list[NDArray[np.uint8]]:
    """All frames of the clip, RGB."""
    portrait: NDArray[np.uint8] = np.asarray(data.astronaut())  # type: ignore[no-untyped-call]
    alpha = cut_out(portrait)
    figure = (portrait * alpha[:, :, np.newaxis]).astype(np.float32)
    background, (pillar_colour, pillar_cover) = wall(), pillar()
    clip = []
    for number in range(FPS * SECONDS):
        pose = pose_at(number / FPS)
        cover = np.clip(placed(alpha, pose), 0, 1)[:, :, np.newaxis]
        shadow = cv2.GaussianBlur(placed(alpha, replace(pose, x=pose.x + 26, y=pose.y + 10)), (0, 0), 16)
        scene = background * (1 - 0.22 * shadow[:, :, np.newaxis]) * (1 - cover) + placed(figure, pose)
        scene = scene * (1 - pillar_cover) + pillar_colour * pillar_cover
        clip.append(np.clip(lit(scene, pose), 0, 255).astype(np.uint8))
    return clip


def main() -> None:
    """Writes demo.mp4 beside this file."""
    target = Path(__file__).with_name("demo.mp4")
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24"]
    command += ["-s", f"{WIDTH}x{HEIGHT}", "-r", str(FPS), "-i", "-", "-an", "-c:v", "libx264", "-preset", "veryslow"]
    command += ["-crf", "23", "-pix_fmt", "yuv420p", "-bf", "0", "-g", "50", "-threads", "1", "-movflags", "+faststart"]
    command += ["-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m"]
    command += ["-map_metadata", "-1", "-fflags", "+bitexact", str(target)]
    subprocess.run(command, input=b"".join(frame.tobytes() for frame in frames()), check=True)


if __name__ == "__main__":
    main()
