"""A SentencePiece model as XLM-RoBERTa's tokenizer.json holds one: Unigram, the nmt_nfkc character map, words apart, then Metaspace; and the ids that
Hugging Face's tokenizers gives for texts that the map changes.

Made with Python 3.11, sentencepiece 0.2.3, tokenizers 0.23.3:  python test/golden/unigram.py
"""

import io
import json
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

HERE = Path(__file__).parent / "unigram"
TEXTS = [
    "My card was lost, please help!",
    "why is the transfer fee wrong",
    "卡丢了怎么办 refund",
    "Change the PIN of my account: how? Naïve café",
    "balance  late",
]
WORDS = "card lost pin change refund late fee transfer balance account wrong help please when how why my the a"
CHANGED = [
    "ＡＢＣ　ｃａｒｄ",
    "card\u200bloss",
    "ﬁne ½ ①",
    "card\u00a0lost\tpin\nlate",
    "Ⅳ ㈱ ～ ｶｰﾄﾞ",
    "e\u0301 cafe\u0301",
    "…—“quote”",
    "\ufeffcard",
    "🙂 card",
]


def main() -> None:
    HERE.mkdir(exist_ok=True)
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter((TEXTS + [WORDS] * 20) * 10),
        model_writer=written,
        vocab_size=110,
        character_coverage=1.0,
        model_type="unigram",
        normalization_rule_name="nmt_nfkc",
        hard_vocab_limit=False,
        minloglevel=2,
    )
    proto = sentencepiece_model_pb2.ModelProto()
    proto.ParseFromString(written.getvalue())
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    pieces = [(piece.piece, piece.score) for piece in proto.pieces[3:]]
    tokenizer = Tokenizer(models.Unigram([*((name, 0.0) for name in special), *pieces, ("<mask>", 0.0)], unk_id=3))
    charsmap = normalizers.Precompiled(proto.normalizer_spec.precompiled_charsmap)
    tokenizer.normalizer = normalizers.Sequence([charsmap, normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()])
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    tokenizer.add_special_tokens([*special, "<mask>"])
    tokenizer.save(str(HERE / "tokenizer.json"), pretty=False)
    sentences = TEXTS + CHANGED
    ids = [tokenizer.encode(text).ids for text in sentences]
    (HERE / "sentences.json").write_text(json.dumps({"sentences": sentences, "input_ids": ids}) + "\n")


main()
