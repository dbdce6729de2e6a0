"""A second folder laid out like bert-tiny, of other sizes: three layers, ReLU, token types, eleven classes, rows of other lengths. Losses, logits and
gradients of the first step, parameters after five, of the six cases. torch 2.15.0, transformers 5.24.0, peft 0.21.2, float32 on CPU, one thread.
The seed is one with which no first gradient lies below the rounding of its own sum: Adam divides such a one by itself (see bert-tiny, full_regression)."""
import json, os, torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from transformers import BertConfig, BertForSequenceClassification

folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bert-relu")
os.makedirs(folder, exist_ok=True)
torch.set_num_threads(1)
ROWS, LENGTH, CLASSES, LR = 5, 21, 11, 3e-3
sizes = dict(vocab_size=60, hidden_size=24, num_hidden_layers=3, num_attention_heads=3, intermediate_size=40, hidden_act="relu", max_position_embeddings=26, type_vocab_size=2)
config = BertConfig(**sizes, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, num_labels=CLASSES)
torch.manual_seed(3)
base = BertForSequenceClassification(config)
with torch.no_grad():
    for name, parameter in base.named_parameters():
        if "LayerNorm" in name: parameter.add_(torch.randn_like(parameter) * 0.1)
        else: parameter.normal_(0, 0.15)
weights = {name: value.clone().contiguous() for name, value in base.state_dict().items()}
save_file(weights, f"{folder}/model.safetensors")
json.dump(dict(sizes, model_type="bert", architectures=["BertForSequenceClassification"], layer_norm_eps=config.layer_norm_eps), open(f"{folder}/config.json", "w"), indent=1)

ids = torch.randint(5, sizes["vocab_size"], (ROWS, LENGTH))
mask = torch.ones(ROWS, LENGTH, dtype=torch.long)
for row, length in enumerate([21, 18, 3, 21, 9]):
    mask[row, length:] = 0
    ids[row, length:] = 0
types = torch.zeros(ROWS, LENGTH, dtype=torch.long)
types[:, 8:] = 1
targets = dict(single_label=torch.randint(0, CLASSES, (ROWS,)), multi_label=torch.randint(0, 2, (ROWS, CLASSES)).float(), regression=torch.randn(ROWS))
save_file(dict(input_ids=ids, attention_mask=mask, token_type_ids=types, **{f"target.{task}": value for task, value in targets.items()}), f"{folder}/batch.safetensors")
meta = dict(torch=torch.__version__, batch=[ROWS, LENGTH], optimizer=dict(name="AdamW", lr=LR, betas=[0.9, 0.999], eps=1e-8, weight_decay=0.01, no_decay="parameters whose name ends in .bias or contains LayerNorm", max_grad_norm=1.0, steps=5, schedule="lr * (1, 1, .75, .5, .25) at steps 1..5"), cases={})


def loss_of(task, logits):
    if task == "single_label": return torch.nn.functional.cross_entropy(logits, targets[task])
    if task == "multi_label": return torch.nn.functional.binary_cross_entropy_with_logits(logits, targets[task])
    return torch.nn.functional.mse_loss(logits.squeeze(-1), targets[task])


def case(name, task, lora=None, frozen=None):
    torch.manual_seed(18)
    outputs = 1 if task == "regression" else CLASSES
    model = BertForSequenceClassification(BertConfig(**{**config.to_dict(), "num_labels": outputs}))
    # Regression has the first row of the classifier.
    model.load_state_dict({key: value[:outputs] if key.startswith("classifier.") else value for key, value in weights.items()})
    out = {}
    if lora is not None:
        model = get_peft_model(model, LoraConfig(task_type="SEQ_CLS", r=4, lora_alpha=8, use_rslora=name.startswith("rslora"), target_modules=lora, exclude_modules=".*pooler.*"))
        with torch.no_grad():
            for key, parameter in model.named_parameters():
                if "lora_B" in key: parameter.normal_(0, 0.1)
        out |= {f"init.{key}": parameter.detach().clone() for key, parameter in model.named_parameters() if "lora_" in key}
    if frozen is not None:
        below = ("bert.embeddings.", *(f"bert.encoder.layer.{layer}." for layer in range(frozen)))
        for key, parameter in model.named_parameters(): parameter.requires_grad = not key.startswith(below)
    model.train()
    trained = {key: parameter for key, parameter in model.named_parameters() if parameter.requires_grad}
    plain = [parameter for key, parameter in trained.items() if key.endswith(".bias") or "LayerNorm" in key]
    decayed = [parameter for key, parameter in trained.items() if not (key.endswith(".bias") or "LayerNorm" in key)]
    optimizer = torch.optim.AdamW([dict(params=decayed, weight_decay=0.01), dict(params=plain, weight_decay=0.0)], lr=LR)
    losses = []
    for factor in (1, 1, 0.75, 0.5, 0.25):
        for group in optimizer.param_groups: group["lr"] = LR * factor
        optimizer.zero_grad()
        logits = model(input_ids=ids, attention_mask=mask, token_type_ids=types).logits
        loss = loss_of(task, logits)
        loss.backward()
        if not losses:
            out["logits"] = logits.detach().clone()
            out |= {f"grad.{key}": parameter.grad.clone() for key, parameter in trained.items()}
        losses.append(loss.item())
        torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
        optimizer.step()
    out |= {f"after5.{key}": parameter.detach().clone() for key, parameter in trained.items()}
    meta["cases"][name] = dict(losses=losses)
    save_file({key: value.contiguous() for key, value in out.items()}, f"{folder}/{name}.safetensors")


case("full_single_label", "single_label")
case("full_multi_label", "multi_label")
case("full_regression", "regression")
case("frozen_prefix", "single_label", frozen=2)
case("lora", "single_label", lora=["query", "value"])
case("rslora_all_linear", "single_label", lora=["query", "key", "value", "dense"])
json.dump(meta, open(f"{folder}/meta.json", "w"), indent=1)
