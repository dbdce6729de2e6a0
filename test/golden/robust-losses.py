"""Losses for little and uneven data with their gradients in float64. torch 2.15.0, numpy 2; tolerance 1e-9 (focal 1e-5: we keep 1 - p above 1e-6).
Cross-entropy with class weights and label smoothing is torch.nn.functional.cross_entropy; logit adjustment is cross_entropy of logits + tau*log(prior);
focal loss is Lin et al. 2017, eq. 4, by autograd; R-Drop is compute_kl_loss of the paper's repository (dropreg/R-Drop, README) with means over the texts.
Weights by effective number are Cui et al. 2019 (richardaecn/class-balanced-loss, class_balanced_loss.py)."""
import json
import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(3)
K, B = 4, 6
counts = np.array([50, 20, 3, 1])
labels = torch.tensor([0, 0, 1, 2, 3, 1])
logits = torch.randn(2 * B, K, dtype=torch.float64) * 2


def effective(beta):
    weights = (1 - beta) / (1 - np.power(beta, counts))
    return weights / weights.sum() * K


def focal(z, y, gamma):
    log_p = F.log_softmax(z, -1).gather(1, y[:, None])[:, 0]
    return (-(1 - log_p.exp()) ** gamma * log_p).mean()


def r_drop(z, y, alpha):
    p, q = z[:B], z[B:]
    ce = 0.5 * (F.cross_entropy(p, y) + F.cross_entropy(q, y))
    p_loss = F.kl_div(F.log_softmax(p, -1), F.softmax(q, -1), reduction="batchmean")
    q_loss = F.kl_div(F.log_softmax(q, -1), F.softmax(p, -1), reduction="batchmean")
    return ce + alpha * (p_loss + q_loss) / 2


def case(loss, rows=B):
    z = logits[:rows].clone().requires_grad_(True)
    value = loss(z)
    value.backward()
    return dict(loss=value.item(), gradient=z.grad.flatten().tolist())


balanced = torch.tensor(counts.sum() / (K * counts))
log_prior = torch.tensor(np.log(counts / counts.sum()))
cases = {
    "smoothing": case(lambda z: F.cross_entropy(z, labels, label_smoothing=0.1)),
    "weights": case(lambda z: F.cross_entropy(z, labels, weight=balanced)),
    "weightsAndSmoothing": case(lambda z: F.cross_entropy(z, labels, weight=balanced, label_smoothing=0.2)),
    "effectiveNumber": case(lambda z: F.cross_entropy(z, labels, weight=torch.tensor(effective(0.9)))),
    "adjusted": case(lambda z: F.cross_entropy(z + 1.5 * log_prior, labels)),
    "focal2": case(lambda z: focal(z, labels, 2)),
    "focalHalf": case(lambda z: focal(z, labels, 0.5)),
    "rDrop": case(lambda z: r_drop(z, labels, 0.7), 2 * B),
}
json.dump(
    dict(counts=counts.tolist(), labels=labels.tolist(), logits=logits.flatten().tolist(),
         effective=effective(0.9).tolist(), cases=cases),
    open(__file__.replace(".py", ".json"), "w"),
)
