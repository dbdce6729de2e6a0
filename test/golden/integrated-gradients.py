"""Integrated gradients of two scores of bert-tiny's logits on two texts, per token, by captum's LayerIntegratedGradients on the word embeddings.
captum 0.9.0, torch 2.15.0, transformers 5.24.0, float32; 50 Gauss–Legendre steps, baseline [PAD] (0) with first and last token kept. Tolerance 2e-5.
Then of what models of other tasks say, each on a linear head of its own that is stored: a label's logit, the sum w·x that all questions of a rating share
(without their biases), a number in its own unit; on the first token's vector or the mean of all.
Also Gauss–Legendre points of numpy 2.4 on [0, 1], tolerance 1e-13."""
import json
import os
import numpy as np
import torch
from captum.attr import LayerIntegratedGradients
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bert-tiny")
config = BertConfig.from_json_file(os.path.join(HERE, "config.json"))
config.num_labels = 5
model = BertForSequenceClassification(config)
model.load_state_dict(load_file(os.path.join(HERE, "model.safetensors")), strict=False)
model.eval()
batch = load_file(os.path.join(HERE, "batch.safetensors"))
SCORES = {"logit": [0, 0, 1, 0, 0], "centred": [-0.2, 0.8, -0.2, -0.2, -0.2]}
cases = []
for row in (0, 1):
    length = int(batch["attention_mask"][row].sum())
    ids = batch["input_ids"][row, :length].long()[None]
    baseline = torch.zeros_like(ids)
    baseline[0, 0], baseline[0, -1] = ids[0, 0], ids[0, -1]
    for name, weights in SCORES.items():
        w = torch.tensor(weights, dtype=torch.float32)
        score = lambda x: (model(input_ids=x, attention_mask=torch.ones_like(x)).logits * w).sum(1)
        ig = LayerIntegratedGradients(score, model.bert.embeddings.word_embeddings)
        found, delta = ig.attribute(ids, baselines=baseline, n_steps=50, method="gausslegendre", return_convergence_delta=True)
        cases.append(dict(name=name, ids=ids[0].tolist(), weights=weights, perToken=found.sum(2)[0].tolist(), delta=delta.item(),
                          score=score(ids).item(), baselineScore=score(baseline).item()))
torch.manual_seed(4)
ids = batch["input_ids"][0, : int(batch["attention_mask"][0].sum())].long()[None]
baseline = torch.zeros_like(ids)
baseline[0, 0], baseline[0, -1] = ids[0, 0], ids[0, -1]
W = 0.2 * torch.randn(3, config.hidden_size)
b = torch.tensor([0.7, -0.1, -0.9])
mean, deviation = 47.5, 21.25
TASKS = [
    ("multi-label", "mean", W, b, lambda x: x @ W[1] + b[1]),
    ("ordinal", "cls", W[:1].repeat(3, 1), b, lambda x: x @ W[0]),
    ("regression", "mean", W[2:], b[:1], lambda x: mean + deviation * (x @ W[2] + b[0])),
]
tasks = []
for task, pooling, weight, bias, said in TASKS:
    def score(x):
        hidden = model.bert(input_ids=x, attention_mask=torch.ones_like(x)).last_hidden_state
        return said(hidden[:, 0] if pooling == "cls" else hidden.mean(1))
    ig = LayerIntegratedGradients(score, model.bert.embeddings.word_embeddings)
    found, delta = ig.attribute(ids, baselines=baseline, n_steps=50, method="gausslegendre", return_convergence_delta=True)
    tasks.append(dict(task=task, pooling=pooling, ids=ids[0].tolist(), weight=weight.flatten().tolist(), bias=bias.tolist(),
                      scale=dict(mean=mean, deviation=deviation) if task == "regression" else None,
                      perToken=found.sum(2)[0].tolist(), delta=delta.item(), score=score(ids).item(), baselineScore=score(baseline).item()))
rules = {}
for n in (5, 50):
    points, weights = np.polynomial.legendre.leggauss(n)
    rules[n] = dict(points=((points + 1) / 2).tolist(), weights=(weights / 2).tolist())
json.dump(dict(cases=cases, tasks=tasks, gaussLegendre=rules), open(__file__.replace(".py", ".json"), "w"))
