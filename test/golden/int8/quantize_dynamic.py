"""What ONNX Runtime's own dynamic quantisation makes of the two base encoders.

usage: python quantize_dynamic.py FOLDER OUT.json
FOLDER has, per encoder, <id>.onnx: the float32 file that `buildStandaloneGraph` without a head gives (inputs input_ids and
attention_mask, output embedding). Weights per channel, unsigned 8 bit: signed ones saturate on processors without VNNI.
Versions: onnx 1.23.2, onnxruntime 1.32.0. The sentences are those of test/golden/embeddings.
"""
import json
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
from onnxruntime.quantization import QuantType, quantize_dynamic

folder, out = Path(sys.argv[1]), Path(sys.argv[2])
golden = Path(__file__).parent.parent / "embeddings"
result = {}
for model in ["bge-small-zh-v1.5", "all-MiniLM-L6-v2"]:
    ids = json.loads((golden / model / "sentences.json").read_text())["input_ids"]
    width = max(map(len, ids))
    feeds = {
        "input_ids": np.array([row + [0] * (width - len(row)) for row in ids], dtype=np.int64),
        "attention_mask": np.array([[1] * len(row) + [0] * (width - len(row)) for row in ids], dtype=np.int64),
    }
    run = lambda path: ort.InferenceSession(str(path)).run(["embedding"], feeds)[0]
    with tempfile.TemporaryDirectory() as scratch:
        small = Path(scratch) / "int8.onnx"
        quantize_dynamic(
            str(folder / f"{model}.onnx"),
            str(small),
            per_channel=True,
            weight_type=QuantType.QUInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )
        cosine = (run(folder / f"{model}.onnx") * run(small)).sum(axis=1)
        result[model] = {
            "sentences": len(ids),
            "cosineMean": float(cosine.mean()),
            "cosineMin": float(cosine.min()),
            "bytes": small.stat().st_size,
        }
out.write_text(json.dumps(result, indent=2) + "\n")
