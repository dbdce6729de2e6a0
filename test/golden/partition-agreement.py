"""Adjusted Rand index and normalised mutual information. scikit-learn 1.9.1; tolerance 1e-12."""
import json, numpy as np, sklearn
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

rng = np.random.default_rng(3)
pairs = [([0, 0, 1, 1], [1, 1, 0, 0]), ([0, 0, 0, 0], [0, 1, 2, 3]), ([0, 0, 0], [5, 5, 5]), ([0, 0, 1, 2, 2, -1], [0, 0, 1, 1, 2, 2])]
for n, a, b in ((50, 3, 4), (200, 10, 7), (300, 5, 5)):
    x = rng.integers(0, a, n)
    y = np.where(rng.random(n) < 0.6, x % b, rng.integers(0, b, n))
    pairs.append((x.tolist(), y.tolist()))
json.dump(dict(sklearn=sklearn.__version__, cases=[
    dict(a=a, b=b, adjustedRandIndex=float(adjusted_rand_score(a, b)), normalizedMutualInformation=float(normalized_mutual_info_score(a, b)))
    for a, b in pairs]), open(__file__.replace(".py", ".json"), "w"))
