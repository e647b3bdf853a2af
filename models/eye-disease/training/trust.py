"""How far to trust an answer: temperature, abstention, conformal sets, distance from what was learned."""

import numpy as np
from scipy.optimize import minimize_scalar

COMPONENTS = 32
COVERAGE = 0.9
ABSTAIN_UNTIL = 0.9  # of the answers above the abstention threshold, so many are right


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
    """Lowest confidence from which on the weighted share of right answers is at least `ABSTAIN_UNTIL`."""
    confidence, right = probabilities.max(1), probabilities.argmax(1) == labels
    for threshold in np.arange(0.3, 1, 0.01):
        above = confidence >= threshold
        if not above.any():
            break
        if (weights * right)[above].sum() >= ABSTAIN_UNTIL * weights[above].sum():
            return round(float(threshold), 2)
    return 0.99


def find_conformal_quantile(probabilities: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> float:
    """
    Score below which a class belongs to the prediction set: a class is in it when 1 - its probability is at most this
    (split conformal prediction; Sadinle et al. 2019), so that the set holds the right one 90 % of the time.
    """
    scores = 1 - probabilities[np.arange(len(labels)), labels]
    order = np.argsort(scores)
    reached = np.cumsum(weights[order]) >= COVERAGE * weights.sum()
    return round(float(scores[order][np.argmax(reached)]), 4)


def describe_features(features: np.ndarray, held_out: np.ndarray) -> dict:
    """
    Mean, principal directions and deviations of the training features `[N, 192]`: the squared distance of a photograph is
    the sum over directions of (projection / deviation)^2, plus its rest / `rest_deviation`, squared. The quantiles are of photographs
    that were held out.
    """
    mean = features.mean(0)
    _, singular, directions = np.linalg.svd(features - mean, full_matrices=False)
    directions = directions[:COMPONENTS]
    deviations = np.maximum(singular[:COMPONENTS] / np.sqrt(len(features) - 1), 1e-6)
    rest = (features - mean) - (features - mean) @ directions.T @ directions
    described = {
        "mean": mean,
        "directions": directions,
        "deviations": deviations,
        "rest_deviation": max(float(np.sqrt((rest**2).sum(1).mean())), 1e-6),
    }
    distances = measure_distance(held_out, described)
    lists = {name: np.round(value, 5).tolist() for name, value in described.items()}
    return {**lists, "distance_quantiles": {str(q): round(float(np.quantile(distances, q)), 3) for q in (0.5, 0.9, 0.95, 0.99)}}


def measure_distance(features: np.ndarray, described: dict) -> np.ndarray:
    """Distance `[N]` of features from those of the training."""
    centred = features - np.array(described["mean"])
    directions = np.array(described["directions"])
    projected = centred @ directions.T
    rest = ((centred - projected @ directions) ** 2).sum(1) / described["rest_deviation"] ** 2
    return np.sqrt(((projected / np.array(described["deviations"])) ** 2).sum(1) + rest)
