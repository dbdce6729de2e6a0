"""Hugging Face's Trainer as it comes: its own optimiser, batches and padding; one epoch a slice."""

import tempfile
import time

from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    DataCollatorWithPadding,
    Trainer,
    TrainingArguments,
)

from peer import serve, task

read = task()
tokenizer = AutoTokenizer.from_pretrained(read["folder"])
model = AutoModelForSequenceClassification.from_pretrained(
    read["folder"], dtype="float32", num_labels=read["classes"]
)
encoded = tokenizer(read["texts"], truncation=True, max_length=read["maxLength"])
rows = [
    {"input_ids": ids, "attention_mask": mask, "labels": label}
    for ids, mask, label in zip(encoded["input_ids"], encoded["attention_mask"], read["labels"])
]


def slice_of_work():
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            folder,
            num_train_epochs=1,
            per_device_train_batch_size=read["trainerBatch"],
            save_strategy="no",
            logging_strategy="no",
            report_to=[],
            use_cpu=True,
            disable_tqdm=True,
        )
        trainer = Trainer(model, arguments, train_dataset=rows, data_collator=DataCollatorWithPadding(tokenizer))
        start = time.perf_counter()
        trainer.train()
        return {"seconds": time.perf_counter() - start, "texts": len(rows)}


serve(slice_of_work)
