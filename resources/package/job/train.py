"""Trains an exported job of Success Workbench with PyTorch, on one process or many.

    torchrun --nproc_per_node=N train.py --base FOLDER_OF_THE_BASE_MODEL

Everything that decides the result stands in job.json, plan.json and start.safetensors beside this file: rows of every
batch, learning rate of every update, first values of what the base does not bring, loss, groups of the optimiser. The
processes share each batch, so their number does not change what is learnt. Needs torch, transformers, safetensors and,
for LoRA, peft. Nothing is fetched: the base model is a folder of yours.
"""

import argparse
import hashlib
import json
import os
import platform
import time
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"

import torch
import torch.distributed as dist
import transformers
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from transformers import AutoConfig, AutoModelForTokenClassification

HERE = Path(__file__).resolve().parent
SMALLEST_REST = 1e-6


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def checked(folder, files, what):
    for file in files:
        path = folder / file["path"]
        if not path.is_file() or sha256(path) != file["sha256"]:
            raise SystemExit(f"{path}: not the file that this job was exported with ({what})")


def rows_of(name):
    with open(HERE / name, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [row["text"] for row in rows], [row["label"] for row in rows]


class Classifier(nn.Module):
    """Encoder, pooled vector, linear head: as the workbench has them."""

    def __init__(self, model, job):
        super().__init__()
        self.model, self.job = model, job
        self.drop = nn.Dropout(job["dropout"])

    def forward(self, ids, mask):
        core = self.model if self.job["peft"] is None else self.model.base_model.model
        hidden = core.base_model(input_ids=ids, attention_mask=mask).last_hidden_state
        if self.job["pooling"] == "cls":
            pooled = hidden[:, 0]
        else:
            kept = mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * kept).sum(1) / kept.sum(1)
        return core.classifier(self.drop(pooled))


def plain(name):
    """A parameter's name without what peft wraps around it."""
    for part in ("base_model.model.", ".modules_to_save", ".default"):
        name = name.replace(part, "")
    return name


def open_model(job, base):
    config = AutoConfig.from_pretrained(base, local_files_only=True, num_labels=len(job["labels"]))
    # Attention probabilities are never dropped. DistilBERT has its own names, and no dropout behind the attention.
    distil = config.model_type == "distilbert"
    setattr(config, "dropout" if distil else "hidden_dropout_prob", job["dropout"])
    setattr(config, "attention_dropout" if distil else "attention_probs_dropout_prob", 0.0)
    model = AutoModelForTokenClassification.from_pretrained(base, config=config, dtype=torch.float32, local_files_only=True)
    if job["peft"] is not None:
        from peft import LoraConfig, get_peft_model

        model = get_peft_model(model, LoraConfig(**job["peft"]))
    wanted = {tensor["name"]: tensor for tensor in job["trainable"]}
    start = load_file(HERE / "start.safetensors")
    groups = {}
    seen = set()
    for name, parameter in model.named_parameters():
        name = plain(name)
        known = name in wanted and "original_module" not in name
        parameter.requires_grad_(known)
        if not known:
            continue
        seen.add(name)
        if name in start:
            with torch.no_grad():
                parameter.copy_(start[name])
        tensor = wanted[name]
        groups.setdefault((tensor["decay"], tensor["rate"]), []).append(parameter)
    if missing := sorted(set(wanted) - seen):
        raise SystemExit(f"the model lacks {missing[0]}")
    # Below the first layer that learns nothing is dropped.
    encoder = (model.base_model.model if job["peft"] is not None else model).base_model
    layers = encoder.get_submodule(job["layers"])[: job["dropoutFrom"]]
    for part in [encoder.embeddings, *layers] if job["dropoutFrom"] > 0 else []:
        for module in part.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.0
    return model, groups


def targets_of(labels, job, device):
    """One row of soft labels for each text: class weights over their mean, label smoothing."""
    loss, classes = job["loss"], len(job["labels"])
    weights = torch.tensor(loss["classWeights"] or [1.0] * classes, dtype=torch.float64)
    own = weights[labels]
    targets = torch.zeros(len(labels), classes, dtype=torch.float64)
    targets += loss["smoothing"] / classes * weights
    targets[torch.arange(len(labels)), labels] += (1 - loss["smoothing"]) * own
    return (targets / own.mean()).float().to(device)


def loss_sum(logits, targets, job):
    logits = logits.float()
    loss = job["loss"]
    if loss["logitOffset"] is not None:
        logits = logits + torch.tensor(loss["logitOffset"], device=logits.device)
    log_p = torch.log_softmax(logits, -1)
    if loss["focalGamma"] > 0:
        log_p = log_p * (1 + SMALLEST_REST - log_p.exp()).pow(loss["focalGamma"])
    return -(targets * log_p).sum()


class Texts:
    def __init__(self, name, job, base, device):
        texts, labels = rows_of(name)
        tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(job["maxLength"])
        self.ids = [encoding.ids for encoding in tokenizer.encode_batch(texts)] if texts else []
        self.labels = torch.tensor(labels, dtype=torch.long)
        self.pad, self.device = job["padId"], device

    def batch(self, rows):
        longest = max(len(self.ids[row]) for row in rows)
        ids = torch.full((len(rows), longest), self.pad)
        mask = torch.zeros(len(rows), longest, dtype=torch.long)
        for i, row in enumerate(rows):
            ids[i, : len(self.ids[row])] = torch.tensor(self.ids[row])
            mask[i, : len(self.ids[row])] = 1
        return ids.to(self.device), mask.to(self.device)


def evaluate(model, dev, job, rank, world):
    """Accuracy, macro-F1 over the classes that occur, mean cross-entropy."""
    model.eval()
    own = list(range(rank, len(dev.ids), world))
    found = []
    with torch.no_grad():
        for at in range(0, len(own), 64):
            rows = own[at : at + 64]
            found += zip(rows, model(*dev.batch(rows)).float().cpu())
    parts = [None] * world
    dist.all_gather_object(parts, found)
    logits = torch.stack([row for _, row in sorted((pair for part in parts for pair in part), key=lambda pair: pair[0])])
    model.train()
    guess, classes = logits.argmax(-1), len(job["labels"])
    f1 = []
    for k in range(classes):
        named = int((guess == k).sum() + (dev.labels == k).sum())
        if named > 0:
            f1.append(2 * int(((guess == k) & (dev.labels == k)).sum()) / named)
    loss = nn.functional.cross_entropy(logits, dev.labels)
    return {"accuracy": float((guess == dev.labels).double().mean()), "macroF1": sum(f1) / len(f1), "loss": float(loss)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", required=True, type=Path, help="folder of the base model")
    parser.add_argument("--out", type=Path, default=HERE / "result")
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    options = parser.parse_args()
    cuda = torch.cuda.is_available()
    os.environ.setdefault("RANK", "0"), os.environ.setdefault("WORLD_SIZE", "1")
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1"), os.environ.setdefault("MASTER_PORT", "29511")
    dist.init_process_group("nccl" if cuda else "gloo")
    rank, world = dist.get_rank(), dist.get_world_size()
    device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
    if cuda:
        torch.cuda.set_device(device)

    job_bytes = (HERE / "job.json").read_bytes()
    job = json.loads(job_bytes)
    checked(HERE, job["files"], "data")
    checked(options.base, job["base"]["files"], f"base model {job['base']['id']}")
    plan = json.loads((HERE / "plan.json").read_text())
    torch.manual_seed(job["seed"] + rank)
    model, groups = open_model(job, options.base)
    classifier = Classifier(model, job).to(device).train()
    shared = DistributedDataParallel(classifier, device_ids=[device.index] if cuda else None)
    optimiser = torch.optim.AdamW(
        [
            {"params": parameters, "weight_decay": job["weightDecay"] if decay else 0.0, "rate": rate}
            for (decay, rate), parameters in groups.items()
        ],
        lr=0.0,
        betas=(job["beta1"], job["beta2"]),
        eps=job["epsilon"],
    )
    trained = [parameter for group in optimiser.param_groups for parameter in group["params"]]
    train, dev = Texts("train.jsonl", job, options.base, device), Texts("dev.jsonl", job, options.base, device)

    began = time.monotonic()
    losses, evaluations, best, patience = [], [], None, 0
    for step, (rows, rate) in enumerate(zip(plan["batches"], plan["learningRates"], strict=True)):
        for group in optimiser.param_groups:
            group["lr"] = rate * group["rate"]
        targets = targets_of(train.labels[rows], job, device)
        # A process without rows of its own goes along with one that counts for nothing.
        own = list(range(rank, len(rows), world)) or [0]
        counts = 1.0 if rank < len(rows) else 0.0
        with torch.autocast(device.type, torch.bfloat16, enabled=options.precision == "bfloat16"):
            logits = shared(*train.batch([rows[i] for i in own]))
        loss = counts * loss_sum(logits, targets[own], job) / len(rows)
        optimiser.zero_grad()
        # Gradients are averaged over the processes; the loss is a sum over them.
        (loss * world).backward()
        if job["maxGradNorm"] is not None:
            nn.utils.clip_grad_norm_(trained, job["maxGradNorm"])
        optimiser.step()
        total = loss.detach().clone()
        dist.all_reduce(total)
        losses.append(float(total))
        done = step + 1
        if dev.ids and (done % plan["stepsPerEpoch"] == 0 or done == len(plan["batches"])):
            now = {"step": done, "epoch": done / plan["stepsPerEpoch"], **evaluate(classifier, dev, job, rank, world)}
            evaluations.append(now)
            if rank == 0:
                print(json.dumps(now), flush=True)
            if best is None or now["macroF1"] > best[0]:
                best, patience = (now["macroF1"], done, [parameter.detach().cpu().clone() for parameter in trained]), 0
            else:
                patience += 1
            if job["earlyStopPatience"] is not None and patience >= job["earlyStopPatience"]:
                break
    took = time.monotonic() - began
    if best is not None:
        with torch.no_grad():
            for parameter, kept in zip(trained, best[2]):
                parameter.copy_(kept)

    if rank == 0:
        used = {
            "engine": "torchrun",
            "torch": torch.__version__,
            "transformers": transformers.__version__,
            "peft": None if job["peft"] is None else __import__("peft").__version__,
            "python": platform.python_version(),
            "device": torch.cuda.get_device_name(device) if cuda else "cpu",
            "processes": world,
            "precision": options.precision,
        }
        told = {
            "format": "success-workbench-result/1",
            "job": hashlib.sha256(job_bytes).hexdigest(),
            "base": job["base"]["hash"],
            "labels": job["labels"],
            "steps": len(losses),
            "bestStep": len(losses) if best is None else best[1],
            "stoppedEarly": len(losses) < len(plan["batches"]),
            "evaluations": evaluations,
            "losses": [float(f"{loss:.7g}") for loss in losses],
            "durationMs": round(1000 * took),
            "used": used,
        }
        options.out.mkdir(parents=True, exist_ok=True)
        if job["peft"] is None:
            name = "tuned.safetensors"
            tensors = {key: value for key, value in model.named_parameters() if value.requires_grad}
        else:
            name = "adapter_model.safetensors"
            model.save_pretrained(options.out)
            tensors = load_file(options.out / name)
        tensors = {key: value.detach().cpu().float().contiguous() for key, value in tensors.items()}
        save_file(tensors, options.out / name, {"format": "pt", "success_workbench": json.dumps(told)})
        print(f"written: {options.out / name}", flush=True)
    dist.barrier()
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
