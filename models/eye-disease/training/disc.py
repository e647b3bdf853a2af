"""The retina's disc as the service finds and crops it (shared/image/retina-disc.ts): same pixels, same answer."""

import cv2
import numpy as np

MASK_RADIUS = 0.485
CROP_SIZE = 256

cv2.setNumThreads(1)


def find_disc(image: np.ndarray) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the disc in an RGB image `[height, width, 3]` of bytes; the whole image if there is none."""
    brightest = cv2.GaussianBlur(image.max(2).astype(np.float32), (0, 0), 1.2)
    threshold = max(10.0, 0.12 * np.percentile(brightest, 90))
    mask = (brightest > threshold) & (image.min(2) <= 245)
    height, width = mask.shape
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    if count <= 1:
        return 0, 0, width, height
    disc = labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    rows, columns = disc.sum(1), disc.sum(0)
    ys = np.where(rows > 0.06 * rows.max())[0]
    xs = np.where(columns > 0.06 * columns.max())[0]
    left, top, right, bottom = int(xs[0]), int(ys[0]), int(xs[-1]) + 1, int(ys[-1]) + 1
    if right - left < 0.25 * width or bottom - top < 0.25 * height:
        return 0, 0, width, height
    return left, top, right, bottom


def circle(size: int) -> np.ndarray:
    """Booleans `[size, size, 1]`: true within the visible circle."""
    centred = np.mgrid[:size, :size] - (size - 1) / 2
    return ((centred**2).sum(0) <= (MASK_RADIUS * size) ** 2)[..., None]


def crop_disc(image: np.ndarray, size: int = CROP_SIZE) -> np.ndarray:
    """The disc as a square of `size` pixels (bicubic), black outside the circle."""
    left, top, right, bottom = find_disc(image)
    square = cv2.resize(image[top:bottom, left:right], (size, size), interpolation=cv2.INTER_CUBIC)
    return np.where(circle(size), square, 0)
