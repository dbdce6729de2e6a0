"""Houlsby and Pfeiffer adapters on the encoder of bert-tiny: logits, loss and gradients. adapters 1.3.0 (AdapterHub), transformers 4.57.6,
torch 2.15.0, float32 on CPU; tolerance 1e-5. The head is linear on the mean of the tokens that count, with bert-tiny's classifier."""
import os, torch, adapters
from adapters import DoubleSeqBnConfig, SeqBnConfig
from safetensors.torch import load_file, save_file
from transformers import BertConfig, BertModel

here = os.path.dirname(os.path.abspath(__file__))
weights = load_file(f"{here}/bert-tiny/model.safetensors")
batch = load_file(f"{here}/bert-tiny/batch.safetensors")
config = BertConfig.from_json_file(f"{here}/bert-tiny/config.json")
out = {}
for name, kind in (("houlsby", DoubleSeqBnConfig), ("pfeiffer", SeqBnConfig)):
    torch.manual_seed(3)
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict({k.removeprefix("bert."): v for k, v in weights.items() if k.startswith(("bert.embeddings", "bert.encoder"))}, strict=False)
    adapters.init(model)
    model.add_adapter("a", config=kind(reduction_factor=4))
    model.train_adapter("a")
    model.set_active_adapters("a")
    parameters = {k: p for k, p in model.named_parameters() if ".adapters.a." in k}
    assert all(p.requires_grad for p in parameters.values())
    for p in parameters.values():
        p.data.normal_(0, 0.3)
    ours = lambda k: "bert." + k.replace("adapters.a.adapter_down.0.", "adapter_down.").replace("adapters.a.", "")
    mask = batch["attention_mask"]
    hidden = model(input_ids=batch["input_ids"], attention_mask=mask).last_hidden_state
    share = (mask / mask.sum(1, keepdim=True)).float()
    logits = torch.einsum("bl,blh->bh", share, hidden) @ weights["classifier.weight"].T + weights["classifier.bias"]
    loss = torch.nn.functional.cross_entropy(logits, batch["target.single_label"])
    loss.backward()
    out |= {f"{name}.logits": logits.detach(), f"{name}.loss": loss.detach().reshape(1)}
    for k, p in parameters.items():
        out |= {f"{name}.init.{ours(k)}": p.detach().clone(), f"{name}.grad.{ours(k)}": p.grad.clone()}
save_file(out, f"{here}/bottleneck-adapters.safetensors")
for k, v in out.items():
    print(k, tuple(v.shape))
