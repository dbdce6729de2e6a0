"""Supervised contrastive loss and SetFit's cosine loss on unit vectors, with gradients to the vectors before they are made unit, in float64.
torch 2.15.0; tolerance 1e-6. SupCon follows HobbitLong/SupContrast, losses.py (contrast_mode 'all', one view, base_temperature = temperature, mean over
anchors that have positives); the cosine loss is sentence-transformers' CosineSimilarityLoss, mse_loss(cosine_similarity(u, v), y)."""
import json
import torch
import torch.nn.functional as F

torch.manual_seed(5)
labels = torch.tensor([0, 0, 1, 1, 2, 0, 3, 1])
B, H, T = len(labels), 6, 0.07
vectors = torch.randn(B, H, dtype=torch.float64)


def supcon(x):
    z = F.normalize(x, dim=1)
    logits = z @ z.T / T
    logits = logits - logits.max(dim=1, keepdim=True).values.detach()
    others = 1 - torch.eye(B, dtype=torch.float64)
    mask = (labels[:, None] == labels[None, :]).double() * others
    log_prob = logits - torch.log((torch.exp(logits) * others).sum(1, keepdim=True))
    count = mask.sum(1)
    kept = count > 0
    return -((mask * log_prob).sum(1)[kept] / count[kept]).mean()


def cosine(x):
    u, v = x[0::2], x[1::2]
    same = (labels[0::2] == labels[1::2]).double()
    return F.mse_loss(F.cosine_similarity(u, v), same)


def case(loss):
    x = vectors.clone().requires_grad_(True)
    value = loss(x)
    value.backward()
    return dict(loss=value.item(), gradient=x.grad.flatten().tolist())


json.dump(dict(labels=labels.tolist(), hidden=H, temperature=T, vectors=vectors.flatten().tolist(), supcon=case(supcon), cosine=case(cosine)),
          open(__file__.replace(".py", ".json"), "w"))
