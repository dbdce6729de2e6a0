"""A tiny MPNet with random weights as one ONNX file, and what transformers answers: an encoder of no family that is trained here.

Made with Python 3.11, torch 2.15.0, transformers 5.24.0, onnx 1.23.2, onnxscript 0.7.2:  python test/golden/onnx-encoder.py

test/golden/onnx-encoder: config.json, tokenizer.json (RoBERTa's of test/golden/families), model.onnx (input_ids, attention_mask →
last_hidden_state) and expected.safetensors: input_ids, attention_mask [rows, length], last_hidden_state, mean (of the tokens that
count, each of length 1).
"""

import json
import shutil
from pathlib import Path

import onnx
import torch
from safetensors.torch import save_file
from transformers import MPNetConfig, MPNetModel

HERE = Path(__file__).parent / "onnx-encoder"
FAMILY = Path(__file__).parent / "families" / "roberta"


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask):
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def strip(path: Path) -> None:
    """Without the exporter's notes, which are four times the model and name files of the machine that made it."""
    model = onnx.load(path)
    for part in [model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.value_info, *model.graph.initializer]:
        part.ClearField("metadata_props")
        part.ClearField("doc_string")
    model.graph.ClearField("value_info")
    onnx.save(model, path)


def main() -> None:
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    torch.manual_seed(7)
    config = MPNetConfig(
        vocab_size=330,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=32,
        max_position_embeddings=42,
        pad_token_id=1,
        initializer_range=0.2,
    )
    config._attn_implementation = "eager"
    model = MPNetModel(config, add_pooling_layer=False).eval()
    for parameter in model.parameters():
        parameter.data += 0.1 * torch.randn_like(parameter)
    config.save_pretrained(HERE)
    shutil.copy(FAMILY / "tokenizer.json", HERE)
    ids = json.loads((FAMILY / "sentences.json").read_text())["input_ids"]
    length = max(map(len, ids))
    input_ids = torch.tensor([row + [1] * (length - len(row)) for row in ids])
    mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in ids])
    with torch.no_grad():
        hidden = Encoder(model)(input_ids, mask)
    torch.onnx.export(
        Encoder(model),
        (input_ids, mask),
        HERE / "model.onnx",
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_shapes={"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}},
        external_data=False,
        opset_version=18,
    )
    strip(HERE / "model.onnx")
    mean = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
    unit = torch.nn.functional.normalize(mean)
    save_file(
        {"input_ids": input_ids, "attention_mask": mask, "last_hidden_state": hidden, "mean": unit},
        HERE / "expected.safetensors",
    )


main()
