"""What a desk camera does to a face, done to training crops: pose jitter, light, colour, blur, noise, JPEG, occlusion.

Everything works on uint8 with OpenCV and takes well under a millisecond a crop.
"""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from models.geometry import INPUT_PX, LANDMARKS_PX, MARGIN_PX, STORED_PX

Image = NDArray[np.uint8]

TOWARDS_DESK_PX = 0.75
"""Half of the way from the middle of a stored crop to where the desk's own alignment puts the same face."""

MIRROR = np.array([[-1.0, 0.0, INPUT_PX - 1.0], [0.0, 1.0, 0.0]])


class Augmenter:
    """Makes a training input from a stored crop; the same seed makes the same sequence.

    Args:
        seed: Of every random choice.

    Attributes:
        rng: Source of every random choice.
    """

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self._noise = self.rng.normal(0.0, 1.0, 1 << 20).astype(np.float32)
        self._steps: tuple[tuple[float, Callable[[Image], Image]], ...] = (
            (0.04, self._wear_mask),
            (0.04, self._wear_glasses),
            (0.06, self._occlude),
            (0.15, self._coarsen),
            (0.12, self._blur),
            (0.70, self._relight),
            (0.05, self._drain_colour),
            (0.15, self._add_noise),
            (0.15, self._compress),
        )

    def __call__(self, crop: Image) -> Image:
        """Turn a crop (144, 144, 3) uint8 RGB into an input (128, 128, 3) uint8 RGB."""
        image = self._jitter(crop)
        for probability, step in self._steps:
            if self.rng.random() < probability:
                image = step(image)
        return image

    def _jitter(self, crop: Image) -> Image:
        """Move, turn, scale and mirror as a detector's landmarks would."""
        turn_deg, scale = self.rng.normal(0.0, 4.0), self.rng.uniform(0.93, 1.07)
        centre = (STORED_PX - 1) / 2
        move = cv2.getRotationMatrix2D((centre, centre), turn_deg, scale)
        move[:, 2] = move[:, 2] + self.rng.uniform(-4.0, 4.0, 2) + TOWARDS_DESK_PX - MARGIN_PX
        if self.rng.random() < 0.5:
            move = MIRROR @ np.vstack([move, (0.0, 0.0, 1.0)])
        return cv2.warpAffine(crop, move, (INPUT_PX, INPUT_PX), borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]

    def _relight(self, image: Image) -> Image:
        """Change brightness, contrast and gamma, and each colour a little."""
        gamma, contrast = np.exp(self.rng.normal(0.0, 0.3)), np.exp(self.rng.normal(0.0, 0.2))
        gains = np.exp(self.rng.normal(0.0, 0.06, 3)) * np.exp(self.rng.normal(0.0, 0.15))
        tones = (np.linspace(0.0, 1.0, 256) ** gamma - 0.5) * contrast + 0.5
        table = np.clip(tones[:, np.newaxis] * gains * 255.0, 0, 255).astype(np.uint8)
        return cv2.LUT(image, table[np.newaxis])  # type: ignore[return-value]

    def _drain_colour(self, image: Image) -> Image:
        return cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)  # type: ignore[return-value]

    def _coarsen(self, image: Image) -> Image:
        """Show a face that was 20 to 64 pixels wide in the camera's picture."""
        small_px = int(self.rng.integers(24, 80))
        small = cv2.resize(image, (small_px, small_px), interpolation=cv2.INTER_AREA)
        return cv2.resize(small, (INPUT_PX, INPUT_PX), interpolation=cv2.INTER_LINEAR)  # type: ignore[return-value]

    def _blur(self, image: Image) -> Image:
        """Blur out of focus, or along a line as a moving head does."""
        if self.rng.random() < 0.5:
            return cv2.GaussianBlur(image, (0, 0), self.rng.uniform(0.6, 2.2))  # type: ignore[return-value]
        length = int(self.rng.integers(3, 10))
        kernel = np.zeros((length, length), np.float32)
        kernel[length // 2] = 1.0 / length
        turn = cv2.getRotationMatrix2D(((length - 1) / 2, (length - 1) / 2), self.rng.uniform(0, 180), 1.0)
        turned = cv2.warpAffine(kernel, turn, (length, length))
        line = np.asarray(turned, np.float32)
        return cv2.filter2D(image, -1, line / max(float(line.sum()), 1e-3))  # type: ignore[return-value]

    def _add_noise(self, image: Image) -> Image:
        start = int(self.rng.integers(self._noise.size - image.size))
        noise = self._noise[start : start + image.size].reshape(image.shape) * self.rng.uniform(2.0, 12.0)
        return cv2.add(image, noise, dtype=cv2.CV_8U)  # type: ignore[return-value]

    def _compress(self, image: Image) -> Image:
        quality = int(self.rng.integers(20, 85))
        _, encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return cv2.imdecode(encoded, cv2.IMREAD_COLOR)  # type: ignore[return-value]

    def _occlude(self, image: Image) -> Image:
        """Put a plain rectangle in front of a part of the face: a hand, a phone, a scarf."""
        width, height = self.rng.integers(15, 55, 2)
        x, y = self.rng.integers(0, INPUT_PX - width), self.rng.integers(0, INPUT_PX - height)
        image[y : y + height, x : x + width] = self._colour()
        return image

    def _wear_mask(self, image: Image) -> Image:
        return draw_mask(image, self._colour(), float(self.rng.uniform(-6, 6)))

    def _wear_glasses(self, image: Image) -> Image:
        return draw_glasses(image, self._colour(), filled=bool(self.rng.random() < 0.4))

    def _colour(self) -> tuple[int, int, int]:
        red, green, blue = self.rng.integers(0, 256, 3)
        return int(red), int(green), int(blue)


def draw_mask(image: Image, colour: tuple[int, int, int], raise_px: float = 0.0) -> Image:
    """Draw a face mask from the bridge of the nose to the chin on an aligned face.

    Args:
        image: (128, 128, 3) uint8; drawn on in place.
        colour: Red, green, blue.
        raise_px: How much higher than usual the mask sits.

    Returns:
        The image.
    """
    nose_x, nose_y = LANDMARKS_PX[2]
    outline = [
        (nose_x, nose_y - 10 - raise_px), (nose_x + 28, nose_y - raise_px), (nose_x + 54, nose_y - 4 - raise_px),
        (nose_x + 46, INPUT_PX - 14), (nose_x + 20, INPUT_PX), (nose_x - 20, INPUT_PX),
        (nose_x - 46, INPUT_PX - 14), (nose_x - 54, nose_y - 4 - raise_px), (nose_x - 28, nose_y - raise_px),
    ]  # fmt: skip
    return cv2.fillPoly(image, [np.array(outline, np.int32)], colour, cv2.LINE_AA)  # type: ignore[return-value]


def draw_glasses(image: Image, colour: tuple[int, int, int], *, filled: bool) -> Image:
    """Draw glasses, or sunglasses when `filled`, around the eyes of an aligned face (128, 128, 3) uint8, in place."""
    eyes = [(int(x), int(y)) for x, y in LANDMARKS_PX[:2]]
    for eye in eyes:
        cv2.ellipse(image, eye, (18, 13), 0, 0, 360, colour, -1 if filled else 2, cv2.LINE_AA)
    bridge = (eyes[0][0] + 18, eyes[0][1] - 2), (eyes[1][0] - 18, eyes[1][1] - 2)
    return cv2.line(image, *bridge, colour, 2, cv2.LINE_AA)  # type: ignore[return-value]
