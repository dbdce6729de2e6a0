"""Writes evaluation.json: classification metrics, calibration, McNemar and bootstrap intervals of three made-up classifiers.
scikit-learn 1.9.1, statsmodels 0.15.0, numpy 2.4.6. Tolerance 1e-12; bootstrap bounds 0.006 (different random numbers)."""
import json
from pathlib import Path

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support
from statsmodels.stats.contingency_tables import mcnemar

rng = np.random.default_rng(20)
K, N = 4, 400
actual = rng.choice(K, size=N, p=[0.4, 0.3, 0.2, 0.1])


def classifier(skill):
    logits = rng.normal(size=(N, K))
    logits[np.arange(N), actual] += skill
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return p.astype(np.float32)


first, second = classifier(1.6), classifier(1.2)
third = first.copy()
third[:20] = classifier(0.5)[:20]


def ece(p, bins=15):
    # Second implementation, from the formula of Guo et al. 2017: bins (low, high].
    confidence, hit = p.max(1).astype(float), p.argmax(1) == actual
    total = 0.0
    for low, high in zip(np.linspace(0, 1, bins + 1)[:-1], np.linspace(0, 1, bins + 1)[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(hit[inside].mean() - confidence[inside].mean())
    return total


def bootstrap(a, b=None, draws=4000):
    rows = [np.flatnonzero(actual == k) for k in range(K)]
    acc, f1 = [], []
    for _ in range(draws):
        take = np.concatenate([rng.choice(r, size=len(r)) for r in rows])
        y = actual[take]
        acc.append((a[take] == y).mean() - (0 if b is None else (b[take] == y).mean()))
        f = f1_score(y, a[take], average="macro")
        f1.append(f - (0 if b is None else f1_score(y, b[take], average="macro")))
    return {"accuracy": np.quantile(acc, [0.025, 0.975]).tolist(), "macroF1": np.quantile(f1, [0.025, 0.975]).tolist()}


def table(a, b):
    x, y = a == actual, b == actual
    return [[int((x & y).sum()), int((x & ~y).sum())], [int((~x & y).sum()), int((~x & ~y).sum())]]


a, b, c = first.argmax(1), second.argmax(1), third.argmax(1)
p, r, f, s = precision_recall_fscore_support(actual, a, labels=range(K))
pairs = []
for run, reference in [(a, b), (a, c)]:
    t = table(reference, run)
    n = t[0][1] + t[1][0]
    result = mcnemar(t, exact=n < 25, correction=True)
    pairs.append({"onlyReference": t[0][1], "onlyRun": t[1][0], "statistic": float(result.statistic), "pValue": float(result.pvalue)})
for only_reference, only_run in [(3, 9), (0, 6), (0, 0), (60, 20), (13, 12), (400, 90)]:
    t = [[0, only_reference], [only_run, 0]]
    result = mcnemar(t, exact=only_reference + only_run < 25, correction=True)
    pairs.append({"onlyReference": only_reference, "onlyRun": only_run, "statistic": float(result.statistic), "pValue": min(1.0, float(result.pvalue))})
out = {
    "actual": actual.tolist(),
    "predicted": a.tolist(),
    "reference": b.tolist(),
    "probabilities": [float(x) for x in first.ravel()],
    "accuracy": accuracy_score(actual, a),
    "macroF1": f1_score(actual, a, average="macro"),
    "precision": p.tolist(), "recall": r.tolist(), "f1": f.tolist(), "support": s.tolist(),
    "confusion": confusion_matrix(actual, a).tolist(),
    "ece": ece(first),
    "mcnemar": pairs,
    "bootstrap": bootstrap(a),
    "paired": bootstrap(a, b),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
