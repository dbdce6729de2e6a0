"""Means over seeds with Student's interval, and Welch's comparison of two, by scipy.

Writes seeds.json. scipy 1.17.1.
"""
import json
import pathlib

from scipy import stats

runs = [
    dict(accuracy=[0.938, 0.941, 0.936], macroF1=[0.937, 0.9405, 0.9352]),
    dict(accuracy=[0.921, 0.933, 0.927, 0.925, 0.93], macroF1=[0.92, 0.931, 0.9255, 0.9241, 0.9288]),
]


def mean(values):
    low, high = stats.t.interval(0.95, len(values) - 1, stats.tmean(values), stats.sem(values))
    return dict(mean=float(stats.tmean(values)), deviation=float(stats.tstd(values)), low=float(low), high=float(high))


def difference(a, b):
    test = stats.ttest_ind(a, b, equal_var=False)
    interval = test.confidence_interval(0.95)
    return dict(
        value=float(stats.tmean(a) - stats.tmean(b)),
        low=float(interval.low), high=float(interval.high), p=float(test.pvalue),
    )


figures = ["accuracy", "macroF1"]
out = dict(
    runs=runs,
    means=[{figure: mean(run[figure]) for figure in figures} for run in runs],
    difference={figure: difference(runs[0][figure], runs[1][figure]) for figure in figures},
)
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out, indent=1) + "\n")
