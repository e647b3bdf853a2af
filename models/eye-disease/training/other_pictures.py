"""
Generated pictures of anything but a fundus, against which the distance of features is measured. None is round on a black ground, because discs
that are painted to look like a fundus are kept for the test.
"""

import cv2
import numpy as np

SIZE = 256


def make_other_pictures(count: int, seed: int = 0) -> np.ndarray:
    """Pictures as bytes `[count, 256, 256, 3]`, with each kind equally often."""
    random = np.random.default_rng(seed)
    return np.stack([KINDS[index % len(KINDS)](random).clip(0, 255).astype(np.uint8) for index in range(count)])


def _clouds(random: np.random.Generator, steepness: float) -> np.ndarray:
    """Noise `[size, size]` of 0..1 whose amplitude falls with the frequency to the power of `steepness`."""
    rows, columns = np.fft.fftfreq(SIZE)[:, None], np.fft.rfftfreq(SIZE)[None]
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = 1
    clouds = np.fft.irfft2(np.fft.rfft2(random.standard_normal((SIZE, SIZE))) / frequency**steepness, s=(SIZE, SIZE))
    return (clouds - clouds.min()) / (np.ptp(clouds) + 1e-9)


def _colour(random: np.random.Generator) -> np.ndarray:
    return random.integers(0, 256, 3).astype(float)


def _sky(random: np.random.Generator) -> np.ndarray:
    """A gradient between two colours, in half of the pictures with clouds of a third colour."""
    height = np.linspace(0, 1, SIZE)[:, None, None]
    picture = _colour(random) * height + _colour(random) * (1 - height) + np.zeros((SIZE, SIZE, 1))
    share = _clouds(random, random.uniform(1, 2))[..., None] ** random.uniform(1, 4) * random.integers(0, 2)
    return picture * (1 - share) + _colour(random) * share


def _plain(random: np.random.Generator) -> np.ndarray:
    return np.full((SIZE, SIZE, 3), _colour(random))


def _noise(random: np.random.Generator) -> np.ndarray:
    """Noise, from coarse to white, that differs in each channel."""
    return 255 * np.stack([_clouds(random, random.uniform(0, 2)) for _ in range(3)], 2)


def _leaves(random: np.random.Generator) -> np.ndarray:
    """
    Textured shapes that cover one another, with sizes distributed like those of things in photographs (dead leaves model; Lee, Mumford, Huang
    2001).
    """
    tint, spread = _colour(random), random.uniform(10, 90)
    picture = np.zeros((SIZE, SIZE, 3))
    texture = _clouds(random, random.uniform(0.8, 1.8))[..., None] - 0.5
    for _ in range(400):
        radius = min(4 / random.uniform(0.02, 1), 150)
        middle = random.integers(-20, SIZE + 20, 2)
        angles = np.sort(random.uniform(0, 2 * np.pi, int(random.integers(3, 12))))
        reach = radius * random.uniform(0.6, 1.2, len(angles))
        corners = (middle + np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None]).astype(np.int32)
        cv2.fillPoly(picture, [corners], (tint + random.normal(0, spread, 3)).tolist())
    picture = picture * (1 + random.uniform(0, 1) * texture) * random.uniform(0.5, 1.3)
    return cv2.GaussianBlur(picture, (0, 0), random.uniform(0.3, 3))


def _page(random: np.random.Generator) -> np.ndarray:
    """Lines of dark dashes on a light ground, like text from afar."""
    picture = np.full((SIZE, SIZE, 3), random.uniform(200, 255)) * random.uniform(0.85, 1, 3)
    step = int(random.integers(6, 16))
    for top in range(8, SIZE - 8, step):
        left = 8
        while left < SIZE - 12:
            width = int(random.integers(3, 30))
            cv2.rectangle(picture, (left, top), (min(left + width, SIZE - 8), top + step // 3), random.uniform(0, 90, 3).tolist(), -1)
            left += width + 4
    return picture


def _windows(random: np.random.Generator) -> np.ndarray:
    """Rectangles of flat colours, as on a screen."""
    picture = np.full((SIZE, SIZE, 3), _colour(random))
    for _ in range(int(random.integers(5, 40))):
        corner, size = random.integers(0, SIZE, 2), random.integers(5, 120, 2)
        cv2.rectangle(picture, corner.tolist(), (corner + size).tolist(), _colour(random).tolist(), -1)
    return picture


def _layers(random: np.random.Generator) -> np.ndarray:
    """Bright bands across a speckled dark ground, as in an optical coherence or ultrasound scan."""
    rows, columns = np.mgrid[:SIZE, :SIZE]
    height = SIZE * random.uniform(0.3, 0.6) + random.uniform(5, 40) * np.sin(columns / SIZE * random.uniform(1, 6) + random.uniform(0, 6))
    bands = sum(
        random.uniform(0.2, 1) * np.exp(-(((rows - height - random.uniform(-10, 70)) / random.uniform(3, 20)) ** 2)) for _ in range(6)
    )
    grey = (bands * random.gamma(2, 0.5, (SIZE, SIZE)) + 0.05 * random.random((SIZE, SIZE))) * 180
    return np.repeat(grey[..., None], 3, 2)


def _portrait(random: np.random.Generator) -> np.ndarray:
    """A skin-coloured oval with darker spots on a ground of another colour, softly shaded."""
    skin = random.uniform(110, 250) * np.array([1, random.uniform(0.6, 0.9), random.uniform(0.4, 0.75)])
    picture = np.full((SIZE, SIZE, 3), _colour(random))
    middle = (int(random.integers(90, 170)), int(random.integers(90, 170)))
    axes = (int(random.integers(50, 110)), int(random.integers(60, 130)))
    cv2.ellipse(picture, middle, axes, random.uniform(-20, 20), 0, 360, skin.tolist(), -1)
    for _ in range(int(random.integers(2, 8))):
        spot = (middle[0] + int(random.integers(-50, 50)), middle[1] + int(random.integers(-60, 60)))
        size = (int(random.integers(3, 30)), int(random.integers(3, 20)))
        cv2.ellipse(picture, spot, size, 0, 0, 360, (skin * random.uniform(0, 1.2)).tolist(), -1)
    shade = 0.8 + 0.4 * _clouds(random, 2)[..., None]
    return cv2.GaussianBlur(picture * shade, (0, 0), random.uniform(0.5, 2))


def _drawing(random: np.random.Generator) -> np.ndarray:
    """
    Forking lines and spots on a smooth ground, like a drawing of a tree, a river or a root. In half of the pictures the lines are a shade of the
    ground, and in half there is grain, as on paper.
    """
    height = np.linspace(0, 1, SIZE)[:, None, None]
    picture = _colour(random) * height + _colour(random) * (1 - height) + np.zeros((SIZE, SIZE, 1))
    ink, origin = _colour(random), random.uniform(0, SIZE, 2)
    if random.random() < 0.5:
        ink = picture.mean((0, 1)) * random.uniform(0.3, 0.9)
    for _ in range(int(random.integers(3, 14))):
        _branch(picture, random, origin, random.uniform(0, 2 * np.pi), random.uniform(1.5, 7), ink)
    for _ in range(int(random.integers(0, 5))):
        middle, size = random.integers(0, SIZE, 2), random.integers(4, 40, 2)
        cv2.ellipse(picture, middle.tolist(), size.tolist(), random.uniform(0, 180), 0, 360, _colour(random).tolist(), -1, cv2.LINE_AA)
    grain = (_clouds(random, random.uniform(0, 1.5))[..., None] - 0.5) * random.uniform(0, 0.6) * random.integers(0, 2)
    return cv2.GaussianBlur(picture, (0, 0), random.uniform(0.3, 2.5)) * (1 + grain)


def _branch(picture: np.ndarray, random: np.random.Generator, start: np.ndarray, angle: float, width: float, ink: np.ndarray) -> None:
    """Draws a line into `picture` that bends at random, gets thinner, and sometimes forks."""
    bend = random.normal(0, 0.03)
    while width > 0.8 and (np.abs(start - SIZE / 2) < SIZE).all():
        angle += bend + random.normal(0, 0.08)
        end = start + 8 * np.array([np.cos(angle), np.sin(angle)])
        cv2.line(picture, start.astype(int).tolist(), end.astype(int).tolist(), ink.tolist(), round(width), cv2.LINE_AA)
        if random.random() < 0.06:
            _branch(picture, random, end, angle + random.choice([-0.6, 0.6]), width * 0.7, ink)
        start, width = end, width * 0.98


KINDS = (_sky, _plain, _noise, _leaves, _page, _windows, _layers, _portrait, _drawing)
