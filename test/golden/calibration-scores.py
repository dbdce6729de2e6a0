"""Writes calibration-scores.json: temperature, calibration errors, Brier score and negative log-likelihood of a made-up overconfident classifier.
torch 2.15.0 (LBFGS, float64), scipy 1.17.1, scikit-learn 1.9.1, netcal 1.4.0, numpy 2.4. Tolerance: temperature 1e-5, scores 1e-7."""
import json
from pathlib import Path
import numpy as np
import torch
from netcal.metrics import ECE
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.metrics import brier_score_loss, log_loss

rng = np.random.default_rng(11)
K = 4


def draw(n):
    labels = rng.choice(K, size=n, p=[0.4, 0.3, 0.2, 0.1])
    logits = rng.normal(size=(n, K))
    logits[np.arange(n), labels] += 1.5
    return labels, (2.5 * logits).astype(np.float32).astype(float)


def scipy_temperature(labels, logits):
    nll = lambda b: -log_softmax(b * logits, axis=1)[np.arange(len(labels)), labels].mean()
    return 1 / minimize_scalar(nll, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12}).x


def torch_temperature(labels, logits):
    t = torch.tensor([1.5], dtype=torch.float64, requires_grad=True)
    z, y = torch.tensor(logits), torch.tensor(labels)
    optimiser = torch.optim.LBFGS([t], lr=0.1, max_iter=500, tolerance_grad=1e-12, tolerance_change=1e-14)

    def closure():
        optimiser.zero_grad()
        loss = torch.nn.functional.cross_entropy(z / t, y)
        loss.backward()
        return loss

    optimiser.step(closure)
    return t.item()


def scores(labels, logits, temperature):
    p = softmax(logits / temperature, axis=1)
    return dict(ece=float(ECE(15).measure(p, labels)), adaptiveEce=float(ECE(15, equal_intervals=False).measure(p, labels)),
                brier=float(brier_score_loss(labels, p, scale_by_half=False)), nll=float(log_loss(labels, p)),
                accuracy=float((p.argmax(1) == labels).mean()))


dev, test = draw(300), draw(450)
t = scipy_temperature(*dev)
out = dict(classes=K, dev=dict(labels=dev[0].tolist(), logits=dev[1].ravel().tolist()), test=dict(labels=test[0].tolist(), logits=test[1].ravel().tolist()),
           temperature=t, torchTemperature=torch_temperature(*dev), before=scores(*test, 1.0), after=scores(*test, t))
Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
print({k: v for k, v in out.items() if k not in ("dev", "test")})
