"""Losses, gradients and figures of the tasks other than one of several classes. torch 2.15.0, scikit-learn 1.9.1, scipy 1.17.1, numpy 2; tolerance 1e-6.
Multi-label: torch.nn.functional.binary_cross_entropy_with_logits, plain and with pos_weight. Ordinal: the sum over thresholds of the same on levels
(CORAL, Cao et al. 2020), mean over rows. Regression: mse_loss and huber_loss. Ordinal regression on fixed vectors: the all-threshold objective of
Rennie and Srebro 2005, C * sum of losses + |w|^2 / 2, minimised by scipy L-BFGS to 1e-12. Figures: sklearn.metrics, scipy.stats.spearmanr."""
import json
import numpy as np
import torch
import torch.nn.functional as F
from scipy.optimize import minimize
from scipy.stats import spearmanr
from sklearn import metrics

torch.manual_seed(4)
rng = np.random.default_rng(4)
B, L = 6, 3
logits = torch.randn(B, L, dtype=torch.float64) * 2
hits = torch.tensor(rng.integers(0, 2, (B, L)), dtype=torch.float64)
level = torch.tensor([0, 1, 2, 3, 2, 0])
above = torch.stack([(level > k).double() for k in range(L)], 1)
value = torch.randn(B, 1, dtype=torch.float64)


def case(loss, z):
    z = z.clone().requires_grad_(True)
    found = loss(z)
    found.backward()
    return dict(loss=found.item(), gradient=z.grad.flatten().tolist())


positive = torch.tensor([3.0, 0.5, 1.25], dtype=torch.float64)
losses = {
    "multiLabel": case(lambda z: F.binary_cross_entropy_with_logits(z, hits), logits),
    "positiveWeights": case(lambda z: F.binary_cross_entropy_with_logits(z, hits, pos_weight=positive), logits),
    "ordinal": case(lambda z: F.binary_cross_entropy_with_logits(z, above, reduction="sum") / B, logits),
    "squared": case(lambda z: F.mse_loss(z, value), logits[:, :1]),
    "huber": case(lambda z: F.huber_loss(z, value, delta=0.7), logits[:, :1]),
}

n = 60
actual = (rng.random((n, 4)) < [0.5, 0.3, 0.1, 0.0]).astype(int)
named = np.where(rng.random((n, 4)) < 0.75, actual, 1 - actual)
named[:, 3] = 0
p, r, f, _ = metrics.precision_recall_fscore_support(actual, named, zero_division=0)
multi = dict(
    actual=actual.flatten().tolist(), named=named.flatten().tolist(),
    microF1=metrics.f1_score(actual, named, average="micro"),
    macroF1=metrics.f1_score(actual[:, :3], named[:, :3], average="macro"),
    exactMatch=metrics.accuracy_score(actual, named), hammingLoss=metrics.hamming_loss(actual, named),
    precision=p.tolist(), recall=r.tolist(), f1=f.tolist(),
)

levels = rng.integers(0, 5, n)
answers = np.clip(levels + rng.integers(-1, 3, n), 0, 4)
ordinal = dict(
    actual=levels.tolist(), answered=answers.tolist(),
    kappa=metrics.cohen_kappa_score(levels, answers, weights="quadratic"),
    mae=metrics.mean_absolute_error(levels, answers), accuracy=metrics.accuracy_score(levels, answers),
)

x = rng.normal(size=n).round(1)
y = (x + rng.normal(size=n)).round(1)
regression = dict(
    actual=x.tolist(), answered=y.tolist(), r2=metrics.r2_score(x, y), mae=metrics.mean_absolute_error(x, y),
    rmse=metrics.root_mean_squared_error(x, y), spearman=spearmanr(x, y).statistic,
)

D, K, C = 3, 4, 2.0
features = rng.normal(size=(n, D)).round(3)
score = features @ [1.5, -1, 0.3] + rng.logistic(size=n)
grade = np.digitize(score, [-1.5, 0, 1.8])


def objective(theta):
    w, b = theta[:D], theta[D:]
    z = (features @ w)[:, None] + b[None]
    t = (grade[:, None] > np.arange(K - 1)[None]).astype(float)
    residual = 1 / (1 + np.exp(-z)) - t
    loss = C * (np.logaddexp(0, z) - t * z).sum() + w @ w / 2
    return loss, np.concatenate([C * features.T @ residual.sum(1) + w, C * residual.sum(0)])


solved = minimize(objective, np.zeros(D + K - 1), jac=True, method="L-BFGS-B", options=dict(ftol=1e-15, gtol=1e-10, maxiter=5000))
fit = dict(features=features.flatten().tolist(), level=grade.tolist(), c=C, weights=solved.x[:D].tolist(), intercepts=solved.x[D:].tolist())

# Thresholds on one column: the best F1 over all cuts.
scores = rng.normal(size=n).round(2)
truth = (scores + rng.normal(size=n) > 0.8).astype(int)
cuts = np.unique(scores)
best = max(metrics.f1_score(truth, scores >= c) for c in cuts)
threshold = dict(scores=scores.tolist(), actual=truth.tolist(), f1=best)

json.dump(
    dict(rows=B, labels=L, logits=logits.flatten().tolist(), hits=hits.flatten().tolist(), level=level.tolist(), value=value.flatten().tolist(),
         positive=positive.tolist(), losses=losses, multi=multi, ordinal=ordinal, regression=regression, fit=fit, threshold=threshold),
    open(__file__.replace(".py", ".json"), "w"),
)
