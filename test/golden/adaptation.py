"""Expected cost by confidence (brute force over every threshold), slice gap and its interval. numpy 2, statsmodels 0.14; tolerance 1e-6."""
import json, numpy as np, statsmodels
from statsmodels.stats.proportion import confint_proportions_2indep

rng = np.random.default_rng(3)
reject = []
for n, k, look in ((40, 3, 0.3), (25, 2, 1.5), (30, 4, 0.0)):
    actual = rng.integers(0, k, n)
    predicted = np.where(rng.random(n) < 0.7, actual, rng.integers(0, k, n))
    # Eighths are exact in float32, and repeat.
    confidence = rng.integers(2, 9, n) / 8
    miss, alarm = rng.integers(1, 9, k).astype(float), rng.integers(1, 4, k).astype(float)
    error = np.where(actual == predicted, 0, miss[actual] + alarm[predicted])
    points = []
    for t in [0.0, *sorted(set(confidence))[1:]]:
        kept = confidence >= t
        right = (actual == predicted)[kept]
        points.append(dict(confidence=float(t), coverage=float(kept.mean()), accuracy=float(right.mean()),
                           cost=float(np.where(kept, error, look).mean())))
    best = min(points, key=lambda p: (round(p["cost"], 12), -p["coverage"]))
    reject.append(dict(actual=actual.tolist(), predicted=predicted.tolist(), confidence=confidence.tolist(), miss=miss.tolist(),
                       falseAlarm=alarm.tolist(), humanLook=look, points=points, best=best))

gaps = []
for inside, inside_right, outside, outside_right in ((60, 45, 240, 216), (35, 35, 90, 70), (30, 10, 30, 29)):
    n = inside + outside
    low, high = confint_proportions_2indep(outside_right, outside, inside_right, inside, method="newcomb", compare="diff")
    share = outside / n
    gaps.append(dict(inside=inside, insideRight=inside_right, outside=outside, outsideRight=outside_right,
                     value=(inside_right + outside_right) / n - inside_right / inside, low=share * low, high=share * high))
json.dump(dict(numpy=np.__version__, statsmodels=statsmodels.__version__, reject=reject, gaps=gaps),
          open(__file__.replace(".py", ".json"), "w"))
