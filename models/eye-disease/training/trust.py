"""How far to trust an answer: temperature, abstention, conformal sets, distance of features. The contract's `trust` holds them."""

import base64

import numpy as np
from scipy.optimize import minimize, minimize_scalar
from scipy.stats import binom

COMPONENTS = 32
COVERAGE = 0.9
CONFIDENCE = 0.9  # that a threshold reaches COVERAGE for its class at its source
ABSTAIN_UNTIL = 0.9  # share of right answers above the abstention threshold
MARGIN = 1.1  # how much farther a picture may be than the farthest photograph that was held out
PENALTY = 1e-3  # of the logistic regression; with 0.003 and 0.01, more drawn retinas passed
# Wider than the service's own limits (shared/input-checks/measure-limits.ts), which must do without the distance of features. With that
# distance, a grey or a deep red retina need not be refused for its colour.
MEASURE_LIMITS = {
    "disc_roundness": [0.65, 1],
    "red_less_blue": [-0.02, 0.9],
    "red_less_green": [-0.26, 0.9],
    "blue_share": [0, 0.34],
    "red_spread": [0.018, 0.14],
    "blue_spread": [0.008, 0.115],
    "texture": [0, 0.108],
    "entropy_bits": [1.8, 5.85],
}


def softmax(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    scaled = np.exp((logits - logits.max(1, keepdims=True)) / temperature)
    return scaled / scaled.sum(1, keepdims=True)


def balance(sources: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights under which every class of every source counts the same."""
    cells = np.array([f"{source} {label}" for source, label in zip(sources, labels)])
    names, inverse, counts = np.unique(cells, return_inverse=True, return_counts=True)
    return 1 / counts[inverse] / len(names)


def fit_temperature(logits: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """Temperature with the smallest weighted log loss (Guo et al. 2017, section 4.2)."""

    def loss(logarithm: float) -> float:
        chosen = softmax(logits, np.exp(logarithm))[np.arange(len(labels)), labels]
        return float(-(weights * np.log(chosen + 1e-12)).sum())

    return round(float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x)), 3)


def find_abstention(probabilities: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """Lowest confidence above which the weighted share of right answers is at least `ABSTAIN_UNTIL`; 0.99 if there is none."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == labels
    for threshold in np.arange(0.3, 1, 0.01):
        above = confidence >= threshold
        if not above.any():
            break
        if (weights * right)[above].sum() >= ABSTAIN_UNTIL * weights[above].sum():
            return round(float(threshold), 2)
    return 0.99


def find_set_threshold(probabilities: np.ndarray, labels: np.ndarray, sources: np.ndarray) -> float:
    """
    Lowest probability of a class in the prediction set (split conformal prediction, score 1 - p; Sadinle et al. 2019). It is the lowest that any
    class of any source needs for the set to hold the right class in 90 % of its photographs, with a confidence of 90 % (Vovk 2012). A class with
    fewer than 22 photographs of a source does not count; where there is no other, the threshold is 0 and the set holds every class.
    """
    right = probabilities[np.arange(len(labels)), labels]
    cells = [right[(sources == source) & (labels == label)] for source in set(sources) for label in set(labels)]
    thresholds = [_threshold_of(cell) for cell in cells]
    return round(min((threshold for threshold in thresholds if threshold is not None), default=0.0), 4)


def _threshold_of(right: np.ndarray) -> float | None:
    """The highest order statistic that is below the true quantile with `CONFIDENCE`; None for too few values."""
    ranks = np.arange(len(right) + 1)
    rank = int((binom.cdf(ranks, len(right), 1 - COVERAGE) <= 1 - CONFIDENCE).sum())
    return float(np.sort(right)[rank - 1]) if rank > 0 else None


def coverage_by_source(probabilities: np.ndarray, labels: np.ndarray, sources: np.ndarray, threshold: float) -> dict[str, dict]:
    """Per source: photographs, share whose class is in the set, and the set's mean size. The likeliest class is always in the set."""
    members = probabilities >= threshold
    rows = np.arange(len(labels))
    members[rows, probabilities.argmax(1)] = True
    held = members[rows, labels]
    return {
        str(source): {
            "photographs": int(at.sum()),
            "coverage": round(float(held[at].mean()), 3),
            "classes": round(float(members[at].sum(1).mean()), 2),
        }
        for source in sorted(set(sources))
        for at in [sources == source]
    }


def describe_space(features: np.ndarray) -> dict:
    """Mean and principal components of the training's features `[N, features]`, as the contract's `feature_space` holds them."""
    mean = features.mean(0)
    _, singular, directions = np.linalg.svd(features - mean, full_matrices=False)
    count = min(COMPONENTS, len(singular))
    deviations = np.maximum(singular[:count] / np.sqrt(len(features) - 1), 1e-6)
    return {"mean": encode(mean), "directions": encode(directions[:count]), "deviations": encode(deviations)}


def describe_distance(features: np.ndarray, labels: np.ndarray, other: np.ndarray, held_out: np.ndarray) -> dict:
    """
    How far features are from those of fundus photographs, towards those of other pictures. The direction is that of a logistic regression between
    the training's `features` `[N, features]`, whose classes count the same, and those of `other` pictures `[M, features]`. Distances are in
    standard deviations of the `held_out` photographs from their mean. `limit` is a tenth farther than the farthest of these.
    """
    centre, scale = features.mean(0), features.std(0) + 0.05 * features.std(0).mean()
    rows = (np.concatenate([features, other]) - centre) / scale
    signs = np.repeat([-1.0, 1.0], [len(features), len(other)])
    weights = np.concatenate([balance(np.full(len(labels), "every"), labels), np.full(len(other), 1 / len(other))]) / 2

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        direction, bias = parameters[:-1], parameters[-1]
        margins = signs * (rows @ direction + bias)
        pull = weights * signs / (1 + np.exp(np.clip(margins, -500, 500)))
        value = (weights * np.logaddexp(0, -margins)).sum() + PENALTY / 2 * direction @ direction
        return value, np.append(PENALTY * direction - rows.T @ pull, -pull.sum())

    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    direction = found.x[:-1] / scale
    projected = held_out @ direction
    mean, deviation = float(projected.mean()), float(projected.std())
    limit = MARGIN * float((projected.max() - mean) / deviation)
    return {
        "direction": encode(direction),
        "mean": round(mean, 5),
        "deviation": round(deviation, 5),
        "limit": round(limit, 3),
    }


def encode(values: np.ndarray) -> str:
    """Base64 of float32 values, the lowest byte first."""
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()
