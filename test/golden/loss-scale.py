"""Makes test/golden/loss-scale.json with torch 2.15.0: what GradScaler makes of updates whose gradients are finite, or not. Run: python loss-scale.py"""
import json
from pathlib import Path
import torch

cases = []
for interval, first, finite in [
    (3, 65536.0, [True] * 7 + [False, True, True, True, False, False, True, True, True, True]),
    (2000, 8.0, [False, False, True, False]),
    (1, 1.0, [True, True, False, True]),
]:
    parameter = torch.nn.Parameter(torch.ones(2))
    optimiser = torch.optim.SGD([parameter], lr=0.1)
    scaler = torch.amp.GradScaler("cpu", init_scale=first, growth_interval=interval)
    scales, good = [], []
    for ok in finite:
        optimiser.zero_grad()
        scaler.scale((parameter * (1.0 if ok else float("inf"))).sum()).backward()
        scaler.step(optimiser)
        scaler.update()
        scales.append(scaler.get_scale())
        good.append(scaler._get_growth_tracker())
    cases.append({"interval": interval, "first": first, "finite": finite, "scales": scales, "goodSteps": good})
Path(__file__).with_suffix(".json").write_text(json.dumps(cases, indent=1) + "\n")
