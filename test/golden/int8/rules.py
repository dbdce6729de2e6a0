"""What ONNX Runtime's quantiser makes of small matrices and activations.

usage: python rules.py OUT.json
Versions: onnxruntime 1.32.0, numpy 2.
`fourBits`: 4-bit block-wise, symmetric, block 32 (onnxruntime.quantization.matmul_nbits_quantizer's kernel).
`percentile`: HistogramCollector.compute_percentile with 99.9 % on a fixed histogram; `scale`: compute_scale_zp on uint8.
"""
import json
import sys
from pathlib import Path

import numpy as np
from onnxruntime.capi._pybind_state import quantize_matmul_4bits
from onnxruntime.quantization.calibrate import HistogramCollector
from onnxruntime.quantization.quant_utils import compute_scale_zp

rng = np.random.default_rng(7)
rows, width, block = 3, 64, 32
weight = rng.standard_normal((rows, width)).astype(np.float32)
weight[1, 32:] = 0
blocks = width // block
packed = np.zeros((rows, blocks, block // 2), dtype=np.uint8)
scales = np.zeros(rows * blocks, dtype=np.float32)
zero_points = np.zeros((rows * ((blocks + 1) // 2),), dtype=np.uint8)
# The kernel takes the matrix as [K, N].
quantize_matmul_4bits(packed, np.ascontiguousarray(weight.T), scales, zero_points, block, rows, width, True)

values = np.concatenate([rng.standard_normal(5000), [9.0, -7.0]]).astype(np.float32)
low, high = float(values.min()), float(values.max())
histogram, edges = np.histogram(values, bins=2048, range=(low, high))
collector = HistogramCollector("percentile", False, 2048, None, 99.9, "same")
collector.histogram_dict = {"x": (histogram, edges, low, high)}
found = collector.compute_percentile()["x"]
zero, scale = compute_scale_zp(
    np.array(low, dtype=np.float32), np.array(high, dtype=np.float32), np.array(0, dtype=np.uint8), np.array(255, dtype=np.uint8)
)
json.dump(
    {
        "fourBits": {
            "width": width,
            "weight": [float(v) for v in weight.flatten()],
            "bytes": packed.flatten().tolist(),
            "scales": [float(v) for v in scales],
        },
        "percentile": {
            "low": low,
            "high": high,
            "histogram": histogram.tolist(),
            "percentile": 99.9,
            "range": [float(found[0]), float(found[1])],
        },
        "scale": {"scale": float(scale), "zero": int(zero)},
    },
    Path(sys.argv[1]).open("w"),
)
