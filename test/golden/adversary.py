"""One update under FGM, PGD and FreeLB on bert-tiny: the loss told, the gradient norm before clipping and gradients after it.
torch 2.15.0, transformers 5.24.0, float32, dropout 0; tolerance 1e-5 relative to the largest element.
FreeLB follows zhuchen03/FreeLB, huggingface-transformers/examples/run_glue_freelb.py (norm_type l2, gradients averaged over the ascent steps);
FGM and PGD are the usual loops around loss.backward() with the norm taken per text. The noise repeats our generator, xoshiro128** seeded by splitmix32."""
import json
import os
import numpy as np
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForSequenceClassification

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bert-tiny")
SEED, MASK = 11, 0xFFFFFFFF
KEPT = ["bert.embeddings.word_embeddings.weight", "bert.encoder.layer.0.attention.self.query.weight",
        "bert.encoder.layer.1.output.dense.bias", "classifier.weight"]


def noise_bits(count, update=0):
    mix = ((update + 1) * 0x9E3779B1 ^ SEED ^ 0x6E6F6973) & MASK
    state = []
    for _ in range(4):
        mix = (mix + 0x9E3779B9) & MASK
        z = (mix ^ mix >> 16) * 0x21F0AAAD & MASK
        z = (z ^ z >> 15) * 0x735A2D97 & MASK
        state.append((z ^ z >> 15) & MASK)
    a, b, c, d = state
    out = []
    for _ in range(count):
        m = b * 5 & MASK
        out.append((m << 7 | m >> 25) * 9 & MASK)
        t = b << 9 & MASK
        c ^= a
        d ^= b
        b ^= c
        a ^= d
        c ^= t
        d = (d << 11 | d >> 21) & MASK
    return out


config = BertConfig.from_json_file(os.path.join(HERE, "config.json"))
config.num_labels = 5
weights = load_file(os.path.join(HERE, "model.safetensors"))
batch = load_file(os.path.join(HERE, "batch.safetensors"))
labels = batch["target.single_label"].long()
ids, mask = batch["input_ids"].long(), batch["attention_mask"].long()
types = torch.zeros_like(ids)


def model_at_start():
    model = BertForSequenceClassification(config)
    missing, unexpected = model.load_state_dict(weights, strict=False)
    assert not unexpected and not [name for name in missing if "position_ids" not in name], (missing, unexpected)
    return model.eval()


def loss_of(model, delta):
    embeds = model.bert.embeddings.word_embeddings(ids) + delta
    return model(inputs_embeds=embeds, attention_mask=mask, token_type_ids=types, labels=labels).loss


def step(delta, size, limit):
    grad = delta.grad
    flat = grad.view(grad.size(0), -1).norm(dim=1).clamp(min=1e-8).view(-1, 1, 1)
    moved = (delta + size * grad / flat).detach()
    if limit is not None:
        norm = moved.view(moved.size(0), -1).norm(dim=1).view(-1, 1, 1)
        moved = torch.where(norm > limit, moved * limit / norm, moved)
    return moved.requires_grad_(True)


def zero():
    return torch.zeros(*ids.shape, config.hidden_size, requires_grad=True)


def fgm(model, epsilon):
    delta = zero()
    clean = loss_of(model, delta)
    clean.backward()
    loss_of(model, step(delta, epsilon, None)).backward()
    return clean.item()


def pgd(model, steps, size, epsilon):
    delta = zero()
    clean = loss_of(model, delta)
    clean.backward()
    kept = [None if p.grad is None else p.grad.clone() for p in model.parameters()]
    for t in range(steps):
        delta = step(delta, size, epsilon)
        for p, g in zip(model.parameters(), kept):
            p.grad = None if t < steps - 1 or g is None else g.clone()
        loss_of(model, delta).backward()
    return clean.item()


def freelb(model, steps, size, initial, limit):
    noise = torch.tensor(np.array(noise_bits(zero().numel())) / 2147483648 - 1, dtype=torch.float32).view(zero().shape)
    dims = mask.sum(1) * config.hidden_size
    delta = (noise * mask.unsqueeze(2) * (initial / torch.sqrt(dims.float())).view(-1, 1, 1)).requires_grad_(True)
    told = 0
    for t in range(steps):
        loss = loss_of(model, delta) / steps
        loss.backward()
        told += loss.item()
        if t < steps - 1:
            delta = step(delta, size, limit)
    return told


cases = {}
for name, attack in {
    "fgm": lambda m: fgm(m, 0.5),
    "pgd": lambda m: pgd(m, 3, 0.3, 0.5),
    "freelb": lambda m: freelb(m, 3, 0.2, 0.6, 0.7),
}.items():
    model = model_at_start()
    loss = attack(model)
    norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0).item()
    grads = {n: p.grad for n, p in model.named_parameters()}
    cases[name] = dict(loss=loss, gradNorm=norm, gradients={
        n: dict(norm=grads[n].norm().item(), first=[round(v, 8) for v in grads[n].flatten()[:40].tolist()]) for n in KEPT})
json.dump(dict(seed=SEED, cases=cases), open(__file__.replace(".py", ".json"), "w"))
