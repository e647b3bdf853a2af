"""How far to trust an answer: temperature, abstention, conformal sets, distance of features. What the contract's `trust` holds."""

import base64

import numpy as np
from scipy.optimize import minimize, minimize_scalar

COMPONENTS = 32
COVERAGE = 0.9
ABSTAIN_UNTIL = 0.9  # of the answers above the abstention threshold, so many are right
ACCEPTED = 0.995  # of held-out photographs by their features
PENALTY = 1e-3  # of the logistic regression; 0.01 and 0.1 told painted discs less well apart


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


def find_set_threshold(probabilities: np.ndarray, labels: np.ndarray, sources: np.ndarray) -> float:
    """
    Probability from which on a class belongs to the prediction set (split conformal prediction, score 1 - p; Sadinle et al. 2019): the lowest
    of the sources' own thresholds, so that the set held the right class in 90 % of each source's photographs. Sources of fewer than nine
    photographs say nothing; where there is no other, the set is every class.
    """
    right = probabilities[np.arange(len(labels)), labels]
    thresholds = [_threshold_of(right[sources == source]) for source in set(sources)]
    return round(min((threshold for threshold in thresholds if threshold is not None), default=0.0), 4)


def _threshold_of(right: np.ndarray) -> float | None:
    """The value that a further photograph reaches with a chance of at least `COVERAGE`; none of too few."""
    rank = int(np.floor((1 - COVERAGE) * (len(right) + 1)))
    return float(np.sort(right)[rank - 1]) if rank > 0 else None


def coverage_by_source(probabilities: np.ndarray, labels: np.ndarray, sources: np.ndarray, threshold: float) -> dict[str, dict]:
    """Of each source: photographs, share whose class is in the set, and the set's mean size; the likeliest class is always in it."""
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


def describe_distance(features: np.ndarray, other: np.ndarray, held_out: np.ndarray) -> dict:
    """
    How far features are from those of fundus photographs, towards those of any other picture: along the direction of a logistic regression
    between `features` of the training `[N, features]` and `other` ones `[M, features]`, in standard deviations of `held_out` photographs from
    their mean. `limit` is passed by 0.5 % of these.
    """
    centre, scale = features.mean(0), features.std(0) + 0.05 * features.std(0).mean()
    rows = (np.concatenate([features, other]) - centre) / scale
    signs = np.repeat([-1.0, 1.0], [len(features), len(other)])
    weights = np.repeat([0.5 / len(features), 0.5 / len(other)], [len(features), len(other)])

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
    limit = float(np.quantile((projected - mean) / deviation, ACCEPTED))
    return {
        "direction": encode(direction),
        "mean": round(mean, 5),
        "deviation": round(deviation, 5),
        "limit": round(limit, 3),
    }


def encode(values: np.ndarray) -> str:
    """Base64 of float32 values, the lowest byte first."""
    return base64.b64encode(np.ascontiguousarray(values, "<f4").tobytes()).decode()
