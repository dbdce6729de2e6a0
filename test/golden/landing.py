# Writes landing.json: triangular quantiles (scipy 1.x triang), differences in differences (statsmodels OLS interaction, HC2,
# normal), Lan-DeMets O'Brien-Fleming first-look bounds (scipy, from the spending function), M/M/c waiting by the plain sum
# of the state probabilities (mpmath), non-inferiority bounds (statsmodels confint_proportions_2indep, newcomb).
import json, os
import numpy as np, mpmath as mp
from scipy import stats
import statsmodels.api as sm
from statsmodels.stats.proportion import confint_proportions_2indep

out = {}
out['triangular'] = [
    {'range': r, 'u': u, 'value': float(stats.triang.ppf(u, (r[1] - r[0]) / (r[2] - r[0]), r[0], r[2] - r[0]))}
    for r in ([0, 1, 4], [10, 10, 30], [-2, 5, 5]) for u in (0.025, 0.3, 0.5, 0.975)]

rng = np.random.default_rng(5)
def cells(kind):
    sizes = (41, 52, 38, 60)
    if kind == 'mean':
        return [np.round(rng.normal(m, s, n), 3) for m, s, n in zip((3.0, 3.9, 3.1, 3.3), (1.0, 0.8, 1.2, 0.9), sizes)]
    return [rng.binomial(1, p, n).astype(float) for p, n in zip((0.5, 0.72, 0.52, 0.55), sizes)]
out['differenceInDifferences'] = []
for kind in ('mean', 'proportion'):
    gb, ga, rb, ra = cells(kind)
    y = np.concatenate([gb, ga, rb, ra])
    treated = np.repeat([1, 1, 0, 0], [len(gb), len(ga), len(rb), len(ra)])
    after = np.repeat([0, 1, 0, 1], [len(gb), len(ga), len(rb), len(ra)])
    # HC2 is s^2/n per cell, HC0 is p(1-p)/n.
    fit = sm.OLS(y, np.column_stack([np.ones_like(y), treated, after, treated * after])).fit(cov_type='HC2' if kind == 'mean' else 'HC0')
    low, high = fit.conf_int(0.05)[3]
    out['differenceInDifferences'].append({'kind': kind, 'groups': [list(map(float, c)) for c in (gb, ga, rb, ra)],
        'value': float(fit.params[3]), 'low': float(low), 'high': float(high), 'p': float(fit.pvalues[3])})

out['harmBoundary'] = []
for t, level in ((0.25, 0.95), (0.5, 0.95), (0.5, 0.9), (1.0, 0.95)):
    a = (1 - level) / 2
    spent = 2 * stats.norm.sf(stats.norm.isf(a / 2) / np.sqrt(t))
    out['harmBoundary'].append({'fraction': t, 'level': level, 'z': float(stats.norm.isf(spent))})

mp.mp.dps = 40
out['waiting'] = []
for lam, mu, c in ((0.5, 1, 1), (8, 10, 1), (9, 5, 2), (90, 10, 10), (300, 142, 3), (3, 142, 2)):
    a = mp.mpf(lam) / mu
    p0 = 1 / (sum(a**k / mp.factorial(k) for k in range(c)) + a**c / (mp.factorial(c) * (1 - a / c)))
    pw = p0 * a**c / (mp.factorial(c) * (1 - a / c))
    drain = mp.mpf(c) * mu - lam
    out['waiting'].append({'arrivals': lam, 'served': mu, 'servers': c, 'utilisation': float(a / c), 'waitingShare': float(pw),
        'meanWaitMs': float(1000 * pw / drain), 'p95WaitMs': float(max(0, 1000 * mp.log(pw / mp.mpf('0.05')) / drain))})

out['nonInferiority'] = []
for new, old, margin, better in (((22, 800), (24, 800), 0.03, 'lower'), ((60, 800), (24, 800), 0.02, 'lower'),
                                 ((30, 300), (24, 300), 0.03, 'lower'), ((640, 800), (632, 800), 0.05, 'higher')):
    low, high = confint_proportions_2indep(*new, *old, method='newcomb', compare='diff', alpha=0.05)
    loss = (low, high) if better == 'lower' else (-high, -low)
    verdict = 'holds' if loss[1] < margin else 'breached' if loss[0] > 0 else 'unclear'
    out['nonInferiority'].append({'new': new, 'old': old, 'margin': margin, 'better': better,
        'low': float(loss[0]), 'high': float(loss[1]), 'verdict': verdict})

out['paired'] = []
for n, shift in ((12, 0.4), (200, 0.05)):
    changes = np.round(rng.normal(shift, 1, n), 3)
    r = stats.ttest_1samp(changes, 0)
    ci = r.confidence_interval(0.95)
    out['paired'].append({'changes': changes.tolist(), 'value': float(changes.mean()), 'low': float(ci.low), 'high': float(ci.high), 'p': float(r.pvalue)})

with open(os.path.join(os.path.dirname(__file__), 'landing.json'), 'w') as f:
    json.dump(out, f)
