"""Outside figures for the service stage: survival (lifelines), order-statistic intervals (scipy), agreement and classification
(scikit-learn, statsmodels). Writes service.json beside this file. Run with numpy, scipy, lifelines, scikit-learn, statsmodels."""
import json
import pathlib

import lifelines
import numpy as np
import scipy
import scipy.stats as st
from lifelines import KaplanMeierFitter
from lifelines.datasets import load_leukemia, load_waltons
from lifelines.utils import median_survival_times
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

rng = np.random.default_rng(5)


def survival(times, observed):
    fitter = KaplanMeierFitter(alpha=0.05).fit(times, observed)
    interval = median_survival_times(fitter.confidence_interval_)
    table = fitter.survival_function_.join(fitter.confidence_interval_)
    events = fitter.event_table
    points = [
        {
            "time": float(t),
            "surviving": float(row.iloc[0]),
            "low": float(row.iloc[1]),
            "high": float(row.iloc[2]),
            "atRisk": int(events.loc[t, "at_risk"]),
        }
        for t, row in table.iterrows()
        if events.loc[t, "observed"] > 0
    ]
    finite = lambda value: None if not np.isfinite(value) else float(value)
    return {
        "times": [float(t) for t in times],
        "observed": [bool(o) for o in observed],
        "points": points,
        "median": finite(fitter.median_survival_time_),
        "low": finite(interval.iloc[0, 0]),
        "high": finite(interval.iloc[0, 1]),
    }


waltons = load_waltons()
leukemia = load_leukemia()
treated = leukemia[leukemia.Rx == 0]
cases = [
    survival(waltons["T"], waltons["E"]),
    survival(treated["t"], treated["status"]),
    survival(np.round(rng.exponential(100, 200), 1), rng.random(200) < 0.7),
]

quantiles = []
for n, p in [(7, 0.5), (30, 0.5), (30, 0.9), (400, 0.5), (400, 0.9), (2500, 0.9)]:
    x = np.sort(np.round(rng.gamma(2, 50, n), 3))
    interval = st.quantile_test(x, p=p).confidence_interval(0.95)
    finite = lambda value: None if not np.isfinite(value) else float(value)
    quantiles.append(
        {"values": x.tolist(), "p": p, "value": float(np.quantile(x, p)), "low": finite(interval.low), "high": finite(interval.high)}
    )

kappas = []
for k in (2, 4):
    a = rng.integers(0, k, 150)
    b = np.where(rng.random(150) < 0.7, a, rng.integers(0, k, 150))
    counts = np.zeros((k, k), dtype=int)
    for i, j in zip(a, b):
        counts[i, j] += 1
    found = cohens_kappa(counts)
    assert abs(found.kappa - cohen_kappa_score(a, b)) < 1e-12
    kappas.append({"counts": counts.tolist(), "kappa": float(found.kappa), "low": float(found.kappa_low), "high": float(found.kappa_upp)})

chi = []
for a, b in [([30, 50, 20], [45, 40, 40]), ([400, 30, 70, 100], [300, 60, 90, 110])]:
    statistic, p, degrees, _ = st.chi2_contingency([a, b], correction=False)
    pa, pb = np.array(a) / sum(a), np.array(b) / sum(b)
    chi.append(
        {"reference": a, "new": b, "chiSquared": float(statistic), "p": float(p), "degrees": int(degrees), "psi": float(((pb - pa) * np.log(pb / pa)).sum())}
    )

out = {
    "versions": {"lifelines": lifelines.__version__, "scipy": scipy.__version__, "numpy": np.__version__},
    "survival": cases,
    "quantiles": quantiles,
    "kappas": kappas,
    "chi": chi,
}
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(out, indent=1) + "\n")
