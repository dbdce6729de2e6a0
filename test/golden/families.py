"""One tiny encoder of each family with random weights, as transformers saves it, and what transformers and PyTorch answer.

Made with Python 3.11, torch 2.15.0, transformers 5.24.0, tokenizers 0.23.3, safetensors 0.8.0:  python test/golden/families.py

Each folder test/golden/families/<family> is an encoder folder (config.json, tokenizer.json, weights) with expected.safetensors beside it:
input_ids, attention_mask [rows, length]; labels [rows]; classifier.weight, classifier.bias; last_hidden_state; logits.mean, logits.cls
(the linear head on the pooled vector); loss.mean; grad.<name> of every parameter for loss.mean. All in float32, dropout off.
Files differ in what a reader must cope with: bert is sharded and has gelu_new, roberta has the prefix of a model with a head, xlm-roberta
is float16 without a prefix and has relu, electra is bfloat16 with embeddings of another width, distilbert has its own names.
"""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertModel,
    DistilBertConfig,
    DistilBertForTokenClassification,
    ElectraConfig,
    ElectraForTokenClassification,
    RobertaConfig,
    RobertaForTokenClassification,
    XLMRobertaConfig,
    XLMRobertaModel,
)

HERE = Path(__file__).parent / "families"
TEXTS = [
    "My card was lost, please help!",
    "why is the transfer fee wrong",
    "卡丢了怎么办 refund",
    "Change the PIN of my account: how? Naïve café",
    "balance  late",
]
WORDS = "card lost pin change refund late fee transfer balance account wrong help please when how why my the a".split()
CORPUS = TEXTS + [" ".join(WORDS)] * 20 + WORDS * 5
CLASSES = 3
SIZES = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 32}


def word_piece() -> Tokenizer:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(CORPUS, trainers.WordPieceTrainer(vocab_size=120, special_tokens=special, show_progress=False))
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", cls), ("[SEP]", sep)]
    )
    return tokenizer


def byte_level() -> Tokenizer:
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=330,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return tokenizer


def unigram() -> Tokenizer:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(" {2,}", " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=120,
        special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"],
        unk_token="<unk>",
        show_progress=False,
    )
    tokenizer.train_from_iterator(CORPUS, trainer)
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return tokenizer


def families():
    like_roberta = {"pad_token_id": 1, "bos_token_id": 0, "eos_token_id": 2, "max_position_embeddings": 42, "type_vocab_size": 1}
    like_bert = {"pad_token_id": 0, "max_position_embeddings": 40}
    return {
        "bert": (BertModel, BertConfig, {**SIZES, **like_bert, "hidden_act": "gelu_new"}, word_piece(), torch.float32, ""),
        "roberta": (RobertaForTokenClassification, RobertaConfig, {**SIZES, **like_roberta, "layer_norm_eps": 1e-5}, byte_level(), torch.float32, "roberta."),
        "xlm-roberta": (XLMRobertaModel, XLMRobertaConfig, {**SIZES, **like_roberta, "hidden_act": "relu", "layer_norm_eps": 1e-5}, unigram(), torch.float16, ""),
        "distilbert": (
            DistilBertForTokenClassification,
            DistilBertConfig,
            {**like_bert, "dim": 16, "n_layers": 2, "n_heads": 4, "hidden_dim": 32},
            word_piece(),
            torch.float32,
            "distilbert.",
        ),
        "electra": (ElectraForTokenClassification, ElectraConfig, {**SIZES, **like_bert, "embedding_size": 8}, word_piece(), torch.bfloat16, "electra."),
    }


def main() -> None:
    shutil.rmtree(HERE, ignore_errors=True)
    for seed, (name, (model_class, config_class, settings, tokenizer, dtype, prefix)) in enumerate(families().items()):
        torch.manual_seed(seed)
        folder = HERE / name
        folder.mkdir(parents=True)
        tokenizer.save(str(folder / "tokenizer.json"))
        config = config_class(vocab_size=tokenizer.get_vocab_size(), initializer_range=0.2, num_labels=4, **settings)
        model = model_class(config).eval()
        for parameter in model.parameters():
            # Biases and norms as well: zeros and ones would hide a mistake.
            parameter.data += 0.1 * torch.randn_like(parameter)
        model.to(dtype).save_pretrained(folder, max_shard_size="12KB" if name == "bert" else "5GB")
        model.float()
        encoder = model if prefix == "" else getattr(model, prefix[:-1])

        encodings = tokenizer.encode_batch(TEXTS)
        ids = [encoding.ids for encoding in encodings]
        length = max(map(len, ids))
        pad = settings["pad_token_id"]
        input_ids = torch.tensor([row + [pad] * (length - len(row)) for row in ids])
        mask = torch.tensor([[1] * len(row) + [0] * (length - len(row)) for row in ids])
        labels = torch.tensor([0, 1, 2, 1, 0])
        weight, bias = torch.nn.Parameter(torch.randn(CLASSES, 16)), torch.nn.Parameter(torch.randn(CLASSES))
        hidden = encoder(input_ids=input_ids, attention_mask=mask).last_hidden_state
        mean = (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)
        head = lambda pooled: pooled @ weight.T + bias
        loss = torch.nn.functional.cross_entropy(head(mean), labels)
        loss.backward()
        gradients = {f"grad.{key}": p.grad for key, p in encoder.named_parameters() if p.grad is not None and "pooler" not in key}
        expected = {
            "input_ids": input_ids,
            "attention_mask": mask,
            "labels": labels,
            "classifier.weight": weight,
            "classifier.bias": bias,
            "last_hidden_state": hidden,
            "logits.mean": head(mean),
            "logits.cls": head(hidden[:, 0]),
            "loss.mean": loss.reshape(1),
            "grad.classifier.weight": weight.grad,
            "grad.classifier.bias": bias.grad,
            **gradients,
        }
        save_file({key: value.detach().contiguous() for key, value in expected.items()}, folder / "expected.safetensors")
        (folder / "sentences.json").write_text(json.dumps({"sentences": TEXTS, "input_ids": ids}, ensure_ascii=False) + "\n")


main()
