"""Models for tables: AUC with DeLong, KS, corrected resampled t, Shapley values, group fairness, weights of evidence, points, logistic regression.
scikit-learn 1.9, scipy 1.17, confidenceinterval 1.0.5, fairlearn 0.15, shap 0.51, optbinning 1.0.0, scorecardpy 0.1.9.7; tolerances in the tests.
Rounding to eighths and to integers keeps numbers exact in float32, and brings ties."""
import json, math, warnings
import confidenceinterval, fairlearn, numpy as np, optbinning, pandas as pd, scipy, shap, sklearn
from confidenceinterval.delong import delong_roc_variance
from fairlearn.metrics import (MetricFrame, demographic_parity_difference, demographic_parity_ratio, equalized_odds_difference)
from itertools import combinations
from scipy import stats
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.filterwarnings("ignore")
rng = np.random.default_rng(11)

areas = []
for n in (12, 60, 200):
    event = (rng.random(n) < 0.4).astype(int)
    event[:2] = [0, 1]
    score = np.round((rng.normal(size=n) + event) * 8) / 8
    area, variance = delong_roc_variance(event, score)
    areas.append(dict(event=event.tolist(), score=score.tolist(), area=float(area), se=float(math.sqrt(variance)),
                      sklearn=float(roc_auc_score(event, score)),
                      ks=float(stats.ks_2samp(score[event == 1], score[event == 0]).statistic)))

corrected = []
for j, ratio in ((10, 1 / 9), (25, 0.25)):
    values = rng.normal(0.01, 0.02, j)
    se = math.sqrt(np.var(values, ddof=1) * (1 / j + ratio))
    t = stats.t(j - 1)
    corrected.append(dict(values=values.tolist(), ratio=ratio, mean=float(values.mean()), p=float(2 * t.sf(abs(values.mean() / se))),
                          low=float(values.mean() - t.ppf(0.975) * se), high=float(values.mean() + t.ppf(0.975) * se)))

# A game with products of three: worth of a row against a background, as shap asks for it.
d = 6
weights = rng.normal(size=d)
background = np.round(rng.normal(size=(9, d)) * 8) / 8
row = np.round(rng.normal(size=d) * 8) / 8
worth = lambda x: x @ weights + 2 * x[:, 0] * x[:, 1] - x[:, 2] * x[:, 3] * x[:, 4] + np.maximum(0, x[:, 5])
kernel = shap.KernelExplainer(worth, background).shap_values(row, nsamples=2**d, silent=True)
exact = np.zeros(d)
f = lambda s: worth(np.where(np.isin(np.arange(d), list(s)), row, background)).mean()
for i in range(d):
    for size in range(d):
        for s in combinations([k for k in range(d) if k != i], size):
            exact[i] += math.factorial(size) * math.factorial(d - size - 1) / math.factorial(d) * (f({*s, i}) - f(s))
assert np.allclose(kernel, exact, atol=1e-8)
shapley = dict(weights=weights.tolist(), background=background.tolist(), row=row.tolist(), values=exact.tolist(),
               base=float(worth(background).mean()), total=float(worth(row[None])[0]))

n = 400
group = rng.choice(["a", "b", "c"], n, p=[0.5, 0.3, 0.2])
event = (rng.random(n) < 0.35).astype(int)
probability = np.clip(np.round((0.15 + 0.4 * event + 0.1 * (group == "b") + rng.normal(0, 0.15, n)) * 64) / 64, 0, 1)
threshold = 0.375
flagged = (probability >= threshold).astype(int)
# The favourable decision is not to be flagged.
kept, well = 1 - flagged, 1 - event
frame = MetricFrame(metrics=lambda y, p: p.mean(), y_true=well, y_pred=kept, sensitive_features=group)
fairness = dict(group=group.tolist(), event=event.tolist(), probability=probability.tolist(), threshold=threshold,
                favourable={k: float(v) for k, v in frame.by_group.items()},
                parityDifference=float(demographic_parity_difference(well, kept, sensitive_features=group)),
                parityRatio=float(demographic_parity_ratio(well, kept, sensitive_features=group)),
                oddsDifference=float(equalized_odds_difference(well, kept, sensitive_features=group)))

# Weight of evidence and information value of given bins; the bins themselves are ours.
age = rng.integers(18, 75, 500).astype(float)
job = rng.choice(["clerk", "manager", "none", "worker"], 500, p=[0.4, 0.2, 0.1, 0.3])
age[rng.random(500) < 0.08] = np.nan
bad = (rng.random(500) < 1 / (1 + np.exp(0.05 * (np.nan_to_num(age, nan=30) - 30) + (job == "manager") * 0.8))).astype(int)
cuts = [25.5, 34.5, 50.5]
binned = optbinning.OptimalBinning(dtype="numerical", user_splits=cuts, user_splits_fixed=[True] * 3, solver="cp")
binned.fit(age, bad)
table = binned.binning_table.build().query("Count > 0").iloc[:-1]
woe = dict(age=[None if math.isnan(a) else a for a in age], job=job.tolist(), bad=bad.tolist(), cuts=cuts,
           rows=table["Count"].tolist(), events=table["Event"].tolist(), woe=[float(x) for x in table["WoE"]], iv=[float(x) for x in table["IV"]])

# Points of a card for given weights of evidence and coefficients, by scorecardpy's formulas.
import scorecardpy as sc
bins = {"age": pd.DataFrame(dict(variable="age", bin=["[-inf,30)", "[30,inf)"], woe=[0.45, -0.3], breaks=["30", "inf"], is_special_values=False)),
        "job": pd.DataFrame(dict(variable="job", bin=["a", "b"], woe=[-0.6, 0.8], breaks=["a", "b"], is_special_values=False))}
model = LogisticRegression()
model.coef_, model.intercept_ = np.array([[0.9, 0.7]]), np.array([-1.2])
card = sc.scorecard(bins, model, ["age_woe", "job_woe"], points0=600, odds0=1 / 50, pdo=20, basepoints_eq0=True)
points = dict(intercept=-1.2, coefficients=[0.9, 0.7], woe=[[0.45, -0.3], [-0.6, 0.8]],
              points=[card["age"]["points"].tolist(), card["job"]["points"].tolist()])

# Logistic regression of scikit-learn on one-hot and standardised features, all standardised.
amount = np.round(rng.lognormal(7, 1, 300))
purpose = rng.choice(["car", "home", "study"], 300)
default = (rng.random(300) < 1 / (1 + np.exp(2 - 0.4 * (np.log(amount) - 7) - (purpose == "study")))).astype(int)
raw = np.hstack([amount[:, None], OneHotEncoder(categories=[["car", "home", "study"]], sparse_output=False).fit_transform(purpose[:, None])])
scaled = StandardScaler().fit_transform(raw)
fits = []
for c in (0.01, 1.0):
    model = LogisticRegression(C=c, tol=1e-10, max_iter=10_000).fit(scaled, default)
    phi = model.coef_[0] * (scaled - scaled.mean(0))
    fits.append(dict(c=c, coef=model.coef_[0].tolist(), intercept=float(model.intercept_[0]),
                     logOdds=model.decision_function(scaled)[:5].tolist(), contributions=phi[:5].tolist()))
logistic = dict(amount=amount.tolist(), purpose=purpose.tolist(), default=default.tolist(), fits=fits)

json.dump(dict(versions={m.__name__: m.__version__ for m in (sklearn, scipy, fairlearn, shap, optbinning)} | {"scorecardpy": "0.1.9.7", "confidenceinterval": "1.0.5"},
               areas=areas, corrected=corrected, shapley=shapley, fairness=fairness, woe=woe, points=points, logistic=logistic),
          open(__file__.replace(".py", ".json"), "w"))
