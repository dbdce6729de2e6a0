"""Logistic regression coefficients. scikit-learn 1.9.1, lbfgs, tol 1e-10; tolerance 1e-4 on coefficients."""
import json, numpy as np, sklearn
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(7)
cases = []
for name, n, d, k, c, weighted in (
    ("three classes", 60, 5, 3, 1.0, False),
    ("two classes", 50, 4, 2, 0.5, False),
    ("seven classes, weak penalty", 140, 6, 7, 10.0, False),
    ("three classes with row weights", 45, 3, 3, 2.0, True),
):
    x = rng.normal(size=(n, d)).astype(np.float32).round(3) * np.linspace(1, 4, d, dtype=np.float32) + 0.5
    x = x.round(3).astype(np.float32)
    y = np.argmax(x @ rng.normal(size=(d, k)) + rng.normal(size=(n, k)) * 2, axis=1) if k > 2 else (x @ rng.normal(size=d) + rng.normal(size=n) * 2 > 0.3).astype(int)
    w = rng.integers(0, 4, n).astype(float) if weighted else None
    m = LogisticRegression(C=c, tol=1e-10, max_iter=20000).fit(x.astype(np.float64), y, sample_weight=w)
    assert list(m.classes_) == list(range(k))
    cases.append(dict(name=name, columns=d, classes=k, c=c, x=[float(f"{v:.3f}") for v in x.ravel()], y=y.tolist(),
                      rowWeights=None if w is None else w.tolist(), coef=m.coef_.tolist(), intercept=m.intercept_.tolist(),
                      probabilities=m.predict_proba(x[:5].astype(np.float64)).tolist()))
json.dump(dict(sklearn=sklearn.__version__, cases=cases), open(__file__.replace(".py", ".json"), "w"))
