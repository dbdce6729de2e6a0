"""Makes test/golden/marian (a translation pack: two tiny Marian models of random weights as ONNX) and test/golden/marian.json: what
transformers' own greedy generate answers to a few texts. Run: python marian.py marian (torch 2.15.0, transformers 5.24.0, onnx 1.23.2)."""
import hashlib, json, sys
from pathlib import Path
import torch
from transformers import MarianConfig, MarianMTModel

out = Path(sys.argv[1]); out.mkdir(parents=True, exist_ok=True)
WORDS = "card lost pin change refund late fee transfer help please when how the a 卡 丢 了 改 密 码 退 款 费 转 账 请 何 时".split()
PIECES = ["</s>", "<unk>"] + ["▁" + w if w.isascii() else w for w in WORDS] + ["▁", "。", "?", "<pad>"]
VOCAB = len(PIECES)
PAD, EOS, UNK = VOCAB - 1, 0, 1
TEXTS = {"en": ["lost card", "how change the pin please", "when transfer", "refund fee late help"], "zh": ["卡丢了", "请改密码", "何时转账。", "退款费"]}

def tokenizer():
    score = lambda p: 0.0 if p in ("</s>", "<unk>", "<pad>") else -1.0 - 0.01 * PIECES.index(p)
    special = lambda c, i: {"id": i, "content": c, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return {"version": "1.0", "truncation": None, "padding": None,
        "added_tokens": [special("</s>", EOS), special("<unk>", UNK), special("<pad>", PAD)],
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always"}]},
        "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}], "special_tokens": {"</s>": {"id": "</s>", "ids": [EOS], "tokens": ["</s>"]}}},
        "decoder": {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always"},
        "model": {"type": "Unigram", "unk_id": UNK, "vocab": [[p, score(p)] for p in PIECES], "byte_fallback": False}}

class Encoder(torch.nn.Module):
    def __init__(self, m): super().__init__(); self.m = m.model.encoder
    def forward(self, input_ids, attention_mask): return self.m(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

class Decoder(torch.nn.Module):
    def __init__(self, m): super().__init__(); self.m = m
    def forward(self, encoder_attention_mask, input_ids, encoder_hidden_states):
        # Spelt out: a mask that transformers makes while it is traced is that of the traced length alone.
        places = torch.arange(input_ids.shape[1])
        mask = torch.zeros(1, 1, input_ids.shape[1], input_ids.shape[1]).masked_fill(places[None, :] > places[:, None], -1e9)
        h = self.m.model.decoder(input_ids=input_ids, attention_mask=mask, encoder_hidden_states=encoder_hidden_states, encoder_attention_mask=encoder_attention_mask, use_cache=False).last_hidden_state
        return self.m.lm_head(h) + self.m.final_logits_bias

golden = {"note": "greedy answers of transformers' MarianMTModel.generate(num_beams=1, do_sample=False)", "directions": {}}
files = []
tok = tokenizer()
from tokenizers import Tokenizer
hf = Tokenizer.from_str(json.dumps(tok))
for seed, (src, to) in enumerate([("zh", "en"), ("en", "zh")]):
    torch.manual_seed(11 + seed)
    config = MarianConfig(vocab_size=VOCAB, d_model=32, encoder_layers=1, decoder_layers=2, encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=48, decoder_ffn_dim=48, max_position_embeddings=40, pad_token_id=PAD, eos_token_id=EOS, decoder_start_token_id=PAD, forced_eos_token_id=EOS, scale_embedding=True, static_position_embeddings=True, activation_function="swish", init_std=0.3, attn_implementation="eager")
    model = MarianMTModel(config).eval()
    with torch.no_grad():
        model.final_logits_bias.normal_(0, 0.3)
        model.final_logits_bias[0, EOS] = 2.2
    folder = out / f"{src}-{to}"; folder.mkdir(exist_ok=True)
    ids, mask = torch.tensor([[2, 3, 0], [4, 0, PAD]]), torch.tensor([[1, 1, 1], [1, 1, 0]])
    with torch.no_grad():
        hidden = Encoder(model)(ids, mask)
        torch.onnx.export(Encoder(model).eval(), (ids, mask), folder / "encoder_model.onnx", input_names=["input_ids", "attention_mask"], output_names=["last_hidden_state"], dynamic_axes={"input_ids": {0: "batch", 1: "length"}, "attention_mask": {0: "batch", 1: "length"}, "last_hidden_state": {0: "batch", 1: "length"}}, dynamo=False, opset_version=17)
        torch.onnx.export(Decoder(model).eval(), (mask, torch.tensor([[PAD, 2], [PAD, 3]]), hidden), folder / "decoder_model.onnx", input_names=["encoder_attention_mask", "input_ids", "encoder_hidden_states"], output_names=["logits"], dynamic_axes={"encoder_attention_mask": {0: "batch", 1: "source"}, "input_ids": {0: "batch", 1: "length"}, "encoder_hidden_states": {0: "batch", 1: "source"}, "logits": {0: "batch", 1: "length"}}, dynamo=False, opset_version=17)
    (folder / "tokenizer.json").write_text(json.dumps(tok, ensure_ascii=False))
    keep = {k: getattr(config, k) for k in ["model_type", "vocab_size", "d_model", "max_position_embeddings", "pad_token_id", "eos_token_id", "decoder_start_token_id"]}
    (folder / "config.json").write_text(json.dumps(keep, indent=1))
    rows = []
    for text in TEXTS[src] + TEXTS[to][:1]:
        enc = hf.encode(text).ids
        with torch.no_grad():
            answer = model.generate(input_ids=torch.tensor([enc]), attention_mask=torch.ones(1, len(enc), dtype=torch.long), num_beams=1, do_sample=False, max_length=24, bad_words_ids=[[PAD]], forced_eos_token_id=EOS)[0].tolist()
        rows.append({"text": text, "ids": enc, "answer": answer, "decoded": hf.decode(answer)})
    golden["directions"][f"{src}-{to}"] = rows
    files += [f"{src}-{to}/{n}" for n in ["config.json", "decoder_model.onnx", "encoder_model.onnx", "tokenizer.json"]]
(out / "LICENSE").write_text("Random weights, made for a test. CC0-1.0.\n"); files.append("LICENSE")
pack = {"format": "success-workbench-translation/1", "id": "tiny-marian", "name": "Tiny Marian", "licence": "CC0-1.0", "source": "random weights",
  "directions": [{"from": "zh", "to": "en"}, {"from": "en", "to": "zh"}],
  "files": [{"path": f, "bytes": (out / f).stat().st_size, "sha256": hashlib.sha256((out / f).read_bytes()).hexdigest()} for f in files]}
(out / "pack.json").write_text(json.dumps(pack, indent=1))
out.with_suffix(".json").write_text(json.dumps(golden, ensure_ascii=False, indent=1))
