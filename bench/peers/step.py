"""One update of full fine-tuning in PyTorch: fused AdamW, sdpa attention, embeddings frozen, [CLS] or mean pooling, a linear head."""

import time

import torch
from transformers import AutoModel

from peer import freeze_embeddings, serve, task

read = task()
rows, length = read["rows"], read["length"]
encoder = AutoModel.from_pretrained(read["folder"], dtype=torch.float32, add_pooling_layer=False)
for module in encoder.modules():
    if isinstance(module, torch.nn.Dropout):
        module.p = read["dropout"]
freeze_embeddings(encoder)
encoder.train()
head = torch.nn.Linear(encoder.config.hidden_size, read["classes"])
trained = [p for p in encoder.parameters() if p.requires_grad] + list(head.parameters())
optimizer = torch.optim.AdamW(trained, lr=1e-5, fused=True)
words = torch.randint(encoder.config.vocab_size, (rows, length))
mask = torch.ones(rows, length, dtype=torch.long)
labels = torch.randint(read["classes"], (rows,))


def update():
    hidden = encoder(input_ids=words, attention_mask=mask).last_hidden_state
    pooled = hidden[:, 0] if read["pooling"] == "cls" else hidden.mean(1)
    loss = torch.nn.functional.cross_entropy(head(pooled), labels)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimizer.step()
    optimizer.zero_grad()


def slice_of_work():
    start = time.perf_counter()
    update()
    return {"seconds": time.perf_counter() - start, "texts": rows}


serve(slice_of_work)
