"""Changes that a camera could make and a disease could not, which the model must learn to ignore."""

import math

import cv2
import numpy as np

from disc import circle
from photographs import AUGMENT_SIZE


class Augmenter:
    """Draws training pictures of `size` pixels; `draw_other` returns the position of a photograph to take colours from."""

    def __init__(self, large: np.ndarray, size: int, draw_other, random: np.random.Generator):
        self.large, self.size, self.draw_other, self.random = large, size, draw_other, random
        self.visible = circle(size)
        self.moments: dict[int, tuple[np.ndarray, np.ndarray]] = {}

    def __call__(self, index: int) -> np.ndarray:
        """One picture `[size, size, 3]`, float32 0..1."""
        picture = np.where(self.visible, self.sharpen_or_blur(self.move(index)), 0)
        if self.random.random() < 0.4:
            quality = int(self.random.integers(35, 96))
            _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
            picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR)
        retina = picture.sum(2, keepdims=True) > 15
        changed = self.recolour(self.take_colours(picture.astype(np.float32), index))
        return np.clip(np.where(retina, changed, 0), 0, 1).astype(np.float32)

    def move(self, index: int) -> np.ndarray:
        """Rotation, zoom, stretch, shift and mirroring."""
        random, size = self.random, self.size
        angle = math.radians(random.uniform(-30, 30))
        zoom = random.uniform(0.95, 1.35) if random.random() < 0.6 else random.uniform(0.85, 1.12)
        scale, stretch = zoom * size / AUGMENT_SIZE, random.uniform(0.93, 1.07)
        across = -1 if random.random() < 0.5 else 1
        down = -1 if random.random() < 0.2 else 1
        cosine, sine = math.cos(angle) * scale, math.sin(angle) * scale
        matrix = np.array([[cosine * stretch * across, -sine * down, 0], [sine * across, cosine * down / stretch, 0]])
        centre = np.full(2, (AUGMENT_SIZE - 1) / 2)
        matrix[:, 2] = size / 2 + random.uniform(-0.05, 0.05, 2) * size - matrix[:, :2] @ centre
        return cv2.warpAffine(np.ascontiguousarray(self.large[index]), matrix, (size, size), flags=cv2.INTER_LINEAR)

    def sharpen_or_blur(self, picture: np.ndarray) -> np.ndarray:
        random, kind = self.random, self.random.random()
        if kind < 0.35:
            return cv2.GaussianBlur(picture, (0, 0), random.uniform(0.4, 1.8))
        if kind < 0.5:
            amount = random.uniform(0.2, 1)
            return cv2.addWeighted(
                picture, 1 + amount, cv2.GaussianBlur(picture, (0, 0), random.uniform(0.8, 2)), -amount, 0
            )
        if kind < 0.6:
            side = int(random.integers(self.size // 2, self.size))
            small = cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA)
            return cv2.resize(small, (self.size, self.size), interpolation=cv2.INTER_LINEAR)
        return picture

    def take_colours(self, picture: np.ndarray, index: int) -> np.ndarray:
        """Takes the mean and deviation of each channel, or the slow changes of light and colour, from another photograph."""
        random, kind = self.random, self.random.random()
        if kind >= 0.75:
            return picture
        other, share = self.draw_other(), random.uniform(0.3, 1)
        if kind < 0.45:
            (mean, deviation), (other_mean, other_deviation) = self.moments_of(index), self.moments_of(other)
            deviations = (deviation + (other_deviation - deviation) * share) / deviation
            return (picture - mean) * deviations + mean + (other_mean - mean) * share
        cells = int(random.integers(3, 9))
        shown = cv2.resize(np.ascontiguousarray(self.large[other][::2, ::2]), (self.size, self.size))
        return picture + share * (self.slow_part(shown.astype(np.float32), cells) - self.slow_part(picture, cells))

    def slow_part(self, picture: np.ndarray, cells: int) -> np.ndarray:
        grid = cv2.resize(picture, (cells, cells), interpolation=cv2.INTER_AREA)
        return cv2.resize(grid, (self.size, self.size), interpolation=cv2.INTER_CUBIC)

    def moments_of(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        if index not in self.moments:
            pixels = np.array(self.large[index][::4, ::4]).reshape(-1, 3)
            retina = pixels[pixels.sum(1) > 24].astype(np.float32)
            enough = len(retina) > 100
            self.moments[index] = (
                retina.mean(0) if enough else np.full(3, 90, np.float32),
                retina.std(0) + 1 if enough else np.full(3, 40, np.float32),
            )
        return self.moments[index]

    def recolour(self, picture: np.ndarray) -> np.ndarray:
        """Gamma, gain, contrast, saturation, noise and uneven light; 0..255 in, about 0..1 out."""
        random = self.random
        value = np.clip(picture, 0, 255) / 255
        value = value ** np.exp(random.normal(0, 0.3))
        value = value * np.exp(random.normal(0, 0.18, 3)).astype(np.float32) * np.float32(np.exp(random.normal(0, 0.18)))
        if random.random() < 0.5:
            mean = value.mean()
            value = (value - mean) * np.exp(random.normal(0, 0.25)) + mean
        if random.random() < 0.3:
            grey = value.mean(2, keepdims=True)
            value = grey + (value - grey) * random.uniform(0, 1.5)
        if random.random() < 0.2:
            value = value + random.normal(0, random.uniform(0.005, 0.03), value.shape)
        if random.random() < 0.25:
            down, across = np.mgrid[: self.size, : self.size] / self.size - 0.5
            light = 1 + random.uniform(-0.5, 0.5) * across + random.uniform(-0.5, 0.5) * down
            value = value * light[..., None].astype(np.float32)
        return value
