"""Continual fine-tuning on bert-tiny: diagonal Fisher, EWC's gradient, LwF's loss and gradient. torch 2.15.0, transformers 5.24.0, float32, eval mode;
tolerance 2e-5 relative to the norm of a tensor. Word, position and type embeddings are frozen, so that EWC covers the encoder's layers and the head.
EWC as in ContinualAI/avalanche, training/plugins/ewc.py (importance = mean of squared gradients, penalty lambda * sum F * (p - p_old)^2) with batches
of one row; LwF as in its training/regularization.py (kl_div of log_softmax(z/T) and softmax(z_old/T), batchmean), alpha and T as given."""
import json
import os
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bert-tiny")
KEPT = ["bert.encoder.layer.0.attention.self.query.weight", "bert.encoder.layer.0.attention.self.value.bias",
        "bert.encoder.layer.1.output.dense.weight", "bert.encoder.layer.1.output.LayerNorm.weight", "classifier.weight", "classifier.bias"]
LAMBDA, T, OLD_WEIGHT, ANCHOR = 50.0, 2.0, 1.5, 0.9

config = BertConfig.from_json_file(os.path.join(HERE, "config.json"))
config.num_labels = 5
weights = load_file(os.path.join(HERE, "model.safetensors"))
batch = load_file(os.path.join(HERE, "batch.safetensors"))
labels = batch["target.single_label"].long()
ids, mask = batch["input_ids"].long(), batch["attention_mask"].long()
rows = ids.shape[0]
model = BertForSequenceClassification(config)
model.load_state_dict(weights, strict=False)
model.eval()
for name, p in model.named_parameters():
    p.requires_grad = not name.startswith("bert.embeddings.")
trained = {n: p for n, p in model.named_parameters() if p.requires_grad}


def logits_of(at=slice(None)):
    return model(input_ids=ids[at], attention_mask=mask[at], token_type_ids=torch.zeros_like(ids[at])).logits


fisher = {n: torch.zeros_like(p) for n, p in trained.items()}
for i in range(rows):
    model.zero_grad()
    F.cross_entropy(logits_of(slice(i, i + 1)), labels[i:i + 1]).backward()
    for n, p in trained.items():
        fisher[n] += p.grad ** 2 / rows


def told(tensors):
    return {n: dict(norm=tensors[n].norm().item(), first=[round(v, 10) for v in tensors[n].flatten()[:30].tolist()]) for n in KEPT}


def case(loss):
    model.zero_grad()
    value = loss()
    value.backward()
    grads = {n: p.grad.clone() for n, p in trained.items()}
    norm = torch.sqrt(sum((g ** 2).sum() for g in grads.values())).item()
    return dict(loss=value.item(), gradNorm=norm, gradients=told(grads))


def penalty():
    return sum((fisher[n] * (p - ANCHOR * p.detach()) ** 2).sum() for n, p in trained.items())


old = torch.sin(torch.arange(rows * 5, dtype=torch.float32)).view(rows, 5) * 2


def lwf():
    z = logits_of()
    return F.cross_entropy(z, labels) + OLD_WEIGHT * F.kl_div(F.log_softmax(z / T, 1), F.softmax(old / T, 1), reduction="batchmean")


json.dump(dict(strength=LAMBDA, anchor=ANCHOR, temperature=T, oldWeight=OLD_WEIGHT, old=old.flatten().tolist(), penalty=penalty().item(),
               fisher=told(fisher), ewc=case(lambda: F.cross_entropy(logits_of(), labels) + LAMBDA * penalty()), lwf=case(lwf)),
          open(__file__.replace(".py", ".json"), "w"))
