"""AdaLoRA on bert-tiny, twelve updates: losses, what is kept of each matrix after every update, and the matrices at the end. peft 0.21.2,
transformers 5.23.0, torch 2.15.0, float32 on CPU; tolerance 1e-4. Pooler frozen, classifier trained; clipping at 1 before AdamW, the allocator after it."""
import json, os, torch
from peft import AdaLoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertForSequenceClassification

here = os.path.dirname(os.path.abspath(__file__))
weights, batch = load_file(f"{here}/bert-tiny/model.safetensors"), load_file(f"{here}/bert-tiny/batch.safetensors")
config = BertConfig.from_json_file(f"{here}/bert-tiny/config.json")
config.num_labels = weights["classifier.bias"].shape[0]
base = BertForSequenceClassification(config)
base.load_state_dict(weights, strict=False)
steps, lr = 12, 2e-2
settings = dict(init_r=4, target_r=2, lora_alpha=8, tinit=2, tfinal=3, deltaT=2, beta1=0.85, beta2=0.85, orth_reg_weight=0.5, total_step=steps)
targets = "query key value attention.output.dense intermediate.dense output.dense".split()
torch.manual_seed(5)
model = get_peft_model(base, AdaLoraConfig(target_modules=r".*layer\.\d+\..*(query|key|value|dense)", modules_to_save=["classifier"], task_type="SEQ_CLS", **settings))
model.train()
trained = {k: p for k, p in model.named_parameters() if p.requires_grad}
ours = lambda k: k.removeprefix("base_model.model.").replace(".default", "").replace(".modules_to_save", "")
kind = lambda k: ours(k).replace("lora_A", "lora_A.weight").replace("lora_B", "lora_B.weight").replace("lora_E", "lora_E.weight") if "lora_" in k else ours(k)
out = {f"init.{kind(k)}": p.detach().clone() for k, p in trained.items()}
decayed = [p for k, p in trained.items() if not k.endswith("bias")]
optimizer = torch.optim.AdamW([dict(params=decayed, weight_decay=0.01), dict(params=[p for k, p in trained.items() if k.endswith("bias")], weight_decay=0.0)], lr=lr)
losses, tasks, kept = [], [], []
for step in range(1, steps + 1):
    result = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], labels=batch["target.single_label"])
    tasks.append(torch.nn.functional.cross_entropy(result.logits, batch["target.single_label"]).item())
    losses.append(result.loss.item())
    result.loss.backward()
    torch.nn.utils.clip_grad_norm_(list(trained.values()), 1.0)
    optimizer.step()
    model.base_model.update_and_allocate(step)
    optimizer.zero_grad()
    kept.append({kind(k): int((p != 0).sum()) for k, p in trained.items() if "lora_E" in k})
out |= {f"after.{kind(k)}": p.detach().clone() for k, p in trained.items()}
model.eval()
out["logits"] = model(input_ids=batch["input_ids"], attention_mask=batch["attention_mask"]).logits.detach()
save_file({k: v.contiguous() for k, v in out.items()}, f"{here}/adalora.safetensors")
budgets = [model.base_model.rankallocator.budget_schedule(step) for step in range(1, steps + 1)]
json.dump(dict(settings=settings, lr=lr, losses=losses, tasks=tasks, kept=kept, budgets=budgets), open(f"{here}/adalora.json", "w"), indent=0)
print(losses, tasks, [sum(k.values()) for k in kept], budgets, sep="\n")
print({k: tuple(v.shape) for k, v in list(out.items())[:8]})
