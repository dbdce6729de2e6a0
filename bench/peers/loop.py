"""The best plain loop: one epoch in batches of 32 texts of like length, fused AdamW, mean or [CLS] pooling, a linear head."""

import time

import torch
from transformers import AutoModel, AutoTokenizer

from peer import freeze_embeddings, serve, task

read = task()
batch = read["batch"]
tokenizer = AutoTokenizer.from_pretrained(read["folder"])
encoder = AutoModel.from_pretrained(read["folder"], dtype=torch.float32, add_pooling_layer=False)
freeze_embeddings(encoder)
encoder.train()
head = torch.nn.Linear(encoder.config.hidden_size, read["classes"])
trained = [p for p in encoder.parameters() if p.requires_grad] + list(head.parameters())
optimizer = torch.optim.AdamW(trained, lr=read["learningRate"], weight_decay=0.01, fused=True)
ids = tokenizer(read["texts"], truncation=True, max_length=read["maxLength"])["input_ids"]
labels = torch.tensor(read["labels"])
by_length = sorted(range(len(ids)), key=lambda i: len(ids[i]))
batches = [by_length[i : i + batch] for i in range(0, len(by_length), batch)]


def slice_of_work():
    start = time.perf_counter()
    for index in torch.randperm(len(batches)):
        rows = batches[index]
        inputs = tokenizer.pad({"input_ids": [ids[i] for i in rows]}, return_tensors="pt")
        hidden = encoder(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
        pooled = hidden[:, 0] if read["pooling"] == "cls" else (hidden * mask).sum(1) / mask.sum(1)
        loss = torch.nn.functional.cross_entropy(head(torch.nn.functional.dropout(pooled, 0.1)), labels[rows])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
    return {"seconds": time.perf_counter() - start, "texts": len(ids)}


serve(slice_of_work)
