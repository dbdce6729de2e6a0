"""Texts to vectors with transformers, from the text on: batches in the order given, or of texts of like length."""

import time

import torch
from transformers import AutoModel, AutoTokenizer

from peer import serve, task

read = task()
batch = read["batch"]
texts = read["texts"]
tokenizer = AutoTokenizer.from_pretrained(read["folder"])
encoder = AutoModel.from_pretrained(read["folder"], dtype=torch.float32, add_pooling_layer=False).eval()


def slice_of_work():
    start = time.perf_counter()
    # Sentence Transformers sorts by characters, longest first.
    order = list(range(len(texts)))
    if read["byLength"]:
        order.sort(key=lambda i: -len(texts[i]))
    vectors = [None] * len(texts)
    with torch.inference_mode():
        for first in range(0, len(texts), batch):
            rows = order[first : first + batch]
            inputs = tokenizer(
                [texts[i] for i in rows],
                truncation=True,
                max_length=read["maxLength"],
                padding=True,
                return_tensors="pt",
            )
            hidden = encoder(**inputs).last_hidden_state
            mask = inputs["attention_mask"].unsqueeze(-1).to(hidden.dtype)
            pooled = hidden[:, 0] if read["pooling"] == "cls" else (hidden * mask).sum(1) / mask.sum(1)
            for row, vector in zip(rows, torch.nn.functional.normalize(pooled).numpy()):
                vectors[row] = vector
    return {"seconds": time.perf_counter() - start, "texts": len(texts)}


serve(slice_of_work)
