"""Writes strategy.json: first shares, rank shares and score intervals of three runs against a reference, resampled row by row.
numpy 2.4.6, 20 000 draws. Tolerance: shares 0.02, bounds 0.005 (different random numbers)."""
import json
from pathlib import Path

import numpy as np

rng = np.random.default_rng(4)
N, K, R, DRAWS = 240, 3, 200, 20_000
needs = rng.choice([-1, 0, 1, 2], size=N, p=[0.1, 0.5, 0.3, 0.1])
reference = (rng.random(N) < 0.70).astype(int)
runs = [(rng.random(N) < p).astype(int) for p in (0.78, 0.80, 0.74)]
weights = rng.dirichlet([20, 12, 8], size=R).astype(np.float32)
rows = [np.flatnonzero(needs == j) for j in range(K)]
scores = np.zeros((DRAWS, len(runs) + 1))
for draw in range(DRAWS):
    w = weights[draw % R].astype(float)
    w /= w.sum()
    for j in range(K):
        take = rng.choice(rows[j], size=len(rows[j]))
        for s, run in enumerate(runs):
            scores[draw, s + 1] += w[j] * (run[take].mean() - reference[take].mean())
order = np.argsort(-scores, axis=1)
shares = [[float((order[:, rank] == s).mean()) for rank in range(len(runs) + 1)] for s in range(len(runs) + 1)]
point = [float(sum(w * (run[r].mean() - reference[r].mean()) for w, r in zip([0.5, 0.3, 0.2], rows))) for run in runs]
out = {
    "rowNeeds": needs.tolist(), "reference": reference.tolist(), "runs": [r.tolist() for r in runs],
    "weights": [0.5, 0.3, 0.2], "weightDraws": [float(x) for x in weights.ravel()],
    "scores": point, "rankShares": shares,
    "intervals": np.quantile(scores, [0.025, 0.975], axis=0).T.tolist(),
}
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
