"""What PyTorch says of pruning importances, magnitude pruning, half precision and distillation.

usage: python compression.py BERT_TINY_FOLDER OUT.json
Versions: torch 2.15.0, transformers 5.24.0, safetensors 0.8.0.
`importance`: mean over the texts of |gradient of that text's own cross-entropy| with respect to a gate of 1 on every attention head's output
(Michel et al. 2019) and on every feed-forward activation column, model and batch of bert-tiny.
"""
import json
import sys
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch.nn.utils import prune
from transformers import BertForSequenceClassification

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
batch = load_file(folder / "batch.safetensors")
model = BertForSequenceClassification.from_pretrained(folder, num_labels=5, attn_implementation="eager").eval()
heads = model.config.num_attention_heads
layers = model.bert.encoder.layer
rows = batch["input_ids"].shape[0]
head_gates = [torch.ones(rows, heads, requires_grad=True) for _ in layers]
column_gates = [torch.ones(rows, model.config.intermediate_size, requires_grad=True) for _ in layers]


def gate_heads(gate):
    def hook(_module, _inputs, output):
        context = output[0]
        by_head = context.view(*context.shape[:2], heads, -1) * gate[:, None, :, None]
        return (by_head.view_as(context), *output[1:])

    return hook


for layer, head_gate, column_gate in zip(layers, head_gates, column_gates):
    layer.attention.self.register_forward_hook(gate_heads(head_gate))
    layer.intermediate.register_forward_hook(lambda _m, _i, output, gate=column_gate: output * gate[:, None, :])
labels = batch["target.single_label"].long()
logits = model(
    input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], token_type_ids=batch.get("token_type_ids")
).logits
loss = torch.nn.functional.cross_entropy(logits, labels, reduction="sum")
gradients = torch.autograd.grad(loss, head_gates + column_gates)
means = [gradient.abs().mean(dim=0).tolist() for gradient in gradients]

torch.manual_seed(0)
weight = torch.randn(6, 8)
linear = torch.nn.Linear(8, 6)
linear.weight.data = weight.clone()
prune.l1_unstructured(linear, "weight", amount=0.4)

student, teacher, targets = torch.randn(4, 3), 2 * torch.randn(4, 3), torch.tensor([0, 2, 1, 1])
student.requires_grad_()
temperature, alpha = 3.0, 0.7
soft = torch.nn.functional.kl_div(
    torch.log_softmax(student / temperature, -1), torch.softmax(teacher / temperature, -1), reduction="batchmean"
)
distilled = alpha * temperature**2 * soft + (1 - alpha) * torch.nn.functional.cross_entropy(student, targets)
halves = torch.tensor([0.1, -1 / 3, 1.0, 2**-24, 2**-25, 6.1e-5, 65504.0, 1.0009765625, 1.00146484375, -7.3e-6])
out.write_text(
    json.dumps(
        {
            "importance": {"heads": means[: len(layers)], "columns": means[len(layers) :], "loss": loss.item()},
            "magnitude": {"weight": weight.flatten().tolist(), "pruned": linear.weight.flatten().tolist()},
            "distillation": {
                "temperature": temperature,
                "alpha": alpha,
                "student": student.flatten().tolist(),
                "teacher": teacher.flatten().tolist(),
                "labels": targets.tolist(),
                "loss": distilled.item(),
                "gradient": torch.autograd.grad(distilled, student)[0].flatten().tolist(),
            },
            "halves": {"values": halves.tolist(), "rounded": halves.half().float().tolist()},
        },
        indent=1,
    )
    + "\n"
)
