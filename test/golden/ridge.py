"""Ridge coefficients and areas under the ROC curve. scikit-learn 1.9.1; tolerance 1e-6."""
import json, numpy as np, sklearn
from sklearn.linear_model import Ridge
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(2)
x = rng.normal(size=(40, 6)).round(3) + 1
y = (x @ rng.normal(size=6) + rng.normal(size=40)).round(3)
fits = []
for alpha in (0.1, 10.0):
    m = Ridge(alpha=alpha).fit(x, y)
    fits.append(dict(penalty=alpha, coef=m.coef_.tolist(), intercept=float(m.intercept_)))
scores = rng.integers(0, 6, 50)
positive = rng.random(50) < scores / 6
json.dump(dict(x=x.ravel().tolist(), columns=6, y=y.tolist(), fits=fits, scores=scores.tolist(), positive=positive.tolist(),
               auc=float(roc_auc_score(positive, scores))), open(__file__.replace(".py", ".json"), "w"))
