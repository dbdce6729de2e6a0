"""Two-arm comparisons, sample ratio, power and Holm. numpy 2.4.6, scipy 1.17.1, statsmodels 0.15.0; tolerances in the test."""
import json, numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import NormalIndPower, TTestIndPower
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_effectsize, proportions_ztest

rng = np.random.default_rng(23)
proportions = []
for x1, n1, x2, n2 in ((56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (0, 29, 0, 20), (10, 10, 0, 20), (1290, 2400, 1110, 2400), (5, 56, 0, 29)):
    for level in (0.95, 0.9):
        low, high = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=1 - level)
        p = proportions_ztest([x1, x2], [n1, n2])[1] if 0 < x1 + x2 < n1 + n2 else None
        proportions.append(dict(group=[x1, n1], reference=[x2, n2], level=level, low=float(low), high=float(high), p=None if p is None else float(p)))
means = []
for n1, n2, shift, spread in ((12, 9, 0.4, 1), (200, 340, 0.1, 3), (3, 2, 5, 1), (1000, 1000, 0, 1)):
    a, b = rng.normal(shift, 1, n1).round(3), rng.normal(0, spread, n2).round(3)
    r = stats.ttest_ind(a, b, equal_var=False)
    ci = r.confidence_interval(0.95)
    means.append(dict(group=a.tolist(), reference=b.tolist(), value=float(a.mean() - b.mean()), low=float(ci.low), high=float(ci.high), p=float(r.pvalue), degrees=float(r.df)))
ratios = []
for units, shares in (([4600, 5400], None), ([5050, 4950], None), ([1000, 1010, 2300], [1, 1, 2]), ([90, 10], [9, 1]), ([3, 2], None)):
    e = np.array(shares or [1] * len(units), float); e = e / e.sum() * sum(units)
    r = stats.chisquare(units, e)
    ratios.append(dict(units=units, shares=shares, chiSquared=float(r.statistic), p=float(r.pvalue)))
tails = [dict(x=float(x), degrees=k, p=float(stats.chi2.sf(x, k))) for k in (1, 2, 5, 40) for x in (0.01, 0.5, 3.84, 10.83, 60, 300)]
tTails = [dict(t=t, degrees=d, p=float(2 * stats.t.sf(t, d))) for t in (0.1, 1.3, 2.7, 12.0) for d in (1.5, 9, 60, 4000)]
proportionPower = []
for base, effect, ratio in ((0.5, 0.05, 1), (0.1, 0.02, 1), (0.62, -0.04, 1), (0.3, 0.1, 2), (0.02, 0.01, 0.5)):
    h = proportion_effectsize(base + effect, base)
    for level, power in ((0.95, 0.8), (0.99, 0.9)):
        n = NormalIndPower().solve_power(effect_size=abs(h), alpha=1 - level, power=power, ratio=ratio)
        at = NormalIndPower().power(effect_size=abs(h), nobs1=150, alpha=1 - level, ratio=ratio)
        proportionPower.append(dict(baseline=base, effect=effect, ratio=ratio, level=level, power=power, n=float(n), powerAt150=float(at)))
meanPower = []
for d, ratio in ((0.2, 1), (0.5, 1), (1.5, 1), (0.3, 2), (3.0, 1)):
    for level, power in ((0.95, 0.8), (0.99, 0.9)):
        n = TTestIndPower().solve_power(effect_size=d, alpha=1 - level, power=power, ratio=ratio)
        meanPower.append(dict(effect=d, ratio=ratio, level=level, power=power, n=float(n), powerAt8=float(TTestIndPower().power(d, 8, 1 - level, ratio)),
                              powerAt150=float(TTestIndPower().power(d / 5, 150, 1 - level, ratio)), detectableAt40=float(TTestIndPower().solve_power(nobs1=40, alpha=1 - level, power=power, ratio=ratio))))
ps = [[0.01, 0.04, 0.03, 0.005], [0.5, 0.6], [0.02], [0.02, 0.02, 0.02]]
holm = [dict(p=p, adjusted=multipletests(p, method="holm")[1].tolist()) for p in ps]
def sus(rows):
    a = np.array(rows); odd = a[:, 0::2] - 1; even = 5 - a[:, 1::2]
    return (odd.sum(1) + even.sum(1)) * 2.5
after = rng.choice([1, 2, 3, 4, 5], (30, 10), p=[0.05, 0.1, 0.2, 0.35, 0.3]); after[:, 1::2] = 6 - after[:, 1::2]
before = rng.choice([1, 2, 3, 4, 5], (24, 10), p=[0.1, 0.25, 0.3, 0.25, 0.1]); before[:, 1::2] = 6 - before[:, 1::2]
sa, sb = sus(after), sus(before); both = np.r_[sa, sb]
r = stats.ttest_ind(sa, sb, equal_var=False); ci = r.confidence_interval(0.95); t = stats.t.interval(0.95, len(both) - 1, both.mean(), stats.sem(both))
susCase = dict(group=after.tolist(), reference=before.tolist(), value=float(sa.mean() - sb.mean()), low=float(ci.low), high=float(ci.high), p=float(r.pvalue),
               mean=float(both.mean()), meanLow=float(t[0]), meanHigh=float(t[1]))
json.dump(dict(proportions=proportions, means=means, ratios=ratios, tails=tails, tTails=tTails, proportionPower=proportionPower, meanPower=meanPower, holm=holm, sus=susCase), open(__file__.replace(".py", ".json"), "w"))
