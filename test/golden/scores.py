"""NPS, CSAT and mean scores with intervals. numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0; tolerance 1e-9.
The interval of the NPS is the t-free normal interval of the mean of -100/0/100, which is the multinomial variance."""
import json, numpy as np, scipy, statsmodels
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

rng = np.random.default_rng(11)
z = stats.norm.ppf(0.975)
cases = []
for n in (2, 7, 60, 400):
    nps = rng.choice(11, n, p=np.r_[np.full(7, 0.04), 0.12, 0.2, 0.2, 0.2])
    s = np.where(nps >= 9, 100.0, np.where(nps <= 6, -100.0, 0.0))
    half = z * s.std(ddof=0) / np.sqrt(n)
    rating = rng.choice([1, 2, 3, 4, 5], n, p=[0.1, 0.1, 0.2, 0.3, 0.3])
    top = int((rating >= 4).sum())
    wilson = proportion_confint(top, n, method="wilson")
    t = stats.t.interval(0.95, n - 1, rating.mean(), stats.sem(rating)) if rating.std() > 0 else (rating.mean(), rating.mean())
    cases.append(dict(
        nps=nps.tolist(), rating=rating.tolist(),
        npsValue=[float(s.mean()), max(-100.0, float(s.mean() - half)), min(100.0, float(s.mean() + half))],
        csat=[top / n, float(wilson[0]), float(wilson[1])], mean=[float(rating.mean()), float(t[0]), float(t[1])]))
quantiles = [dict(p=p, degrees=d, t=float(stats.t.ppf(p, d))) for p in (0.6, 0.9, 0.975, 0.9995, 0.05) for d in (1, 2.5, 7, 30, 400, 1e5)]
normal = [dict(z=v, p=float(stats.norm.cdf(v))) for v in (-9, -4, -1.96, -0.3, 0, 0.7, 2.5, 3.6, 5)]
json.dump(dict(cases=cases, quantiles=quantiles, normal=normal), open(__file__.replace(".py", ".json"), "w"))
