"""Mean cross-validated AUC of a domain classifier with given folds. scikit-learn 1.9.1; tolerance 2e-3 (rank ties move with the last digits)."""
import json, numpy as np, sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import PredefinedSplit, cross_val_score

rng = np.random.default_rng(11)
cases = []
for name, n, d, shift, c in (
    ("same source", 60, 6, 0.0, 1.0),
    ("shifted mean", 60, 6, 0.8, 1.0),
    ("far apart, strong penalty", 50, 4, 2.5, 0.01),
):
    x = rng.normal(size=(2 * n, d)).round(3).astype(np.float32)
    x[n:, 0] += np.float32(shift)
    x = x.round(3)
    y = np.repeat([0, 1], n)
    fold = np.concatenate([rng.permutation(np.arange(n) % 5), rng.permutation(np.arange(n) % 5)])
    model = LogisticRegression(C=c, tol=1e-8, max_iter=5000)
    auc = cross_val_score(model, x.astype(np.float64), y, cv=PredefinedSplit(fold), scoring="roc_auc").mean()
    cases.append(dict(name=name, columns=d, c=c, x=[float(f"{v:.3f}") for v in x.ravel()], current=y.tolist(), fold=fold.tolist(), auc=float(auc)))
json.dump(dict(sklearn=sklearn.__version__, cases=cases), open(__file__.replace(".py", ".json"), "w"))
