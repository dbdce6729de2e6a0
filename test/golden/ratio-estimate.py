"""Ratio estimates of a total with Student's interval, by samplics (Taylor linearisation).

Writes ratio-estimate.json. samplics 0.6.1, scipy 1.17.1.
"""
import json
import pathlib

import numpy as np
from samplics.estimation import TaylorEstimator
from samplics.utils.types import PopParam
from scipy.stats import t

rng = np.random.default_rng(20)
cases = []
for n, total in [(3, 900), (7, 12000), (25, 1)]:
    sizes = np.round(rng.uniform(50, 700, n))
    values = np.round(0.8 * sizes + rng.normal(0, 30, n) + 25, 3)
    estimator = TaylorEstimator(PopParam.ratio)
    estimator.estimate(y=values, x=sizes, samp_weight=np.ones(n))
    value = float(np.atleast_1d(estimator.point_est)[0]) * total
    error = float(np.atleast_1d(estimator.stderror)[0]) * total
    half = float(t.ppf(0.975, n - 1)) * error
    cases.append(
        dict(
            values=values.tolist(), sizes=sizes.tolist(), total=total,
            value=value, standardError=error, low=value - half, high=value + half,
        )
    )
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases, indent=1) + "\n")
