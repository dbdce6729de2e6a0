"""Johnson's relative weights, written from his formula by singular values of the standardised data rather than by the
eigenvectors of the correlation matrix; VIF and R2 from statsmodels. numpy 2.4.6, statsmodels 0.15.0; tolerance 1e-9.
Motor Trend data: Henderson and Velleman 1981 (R data set mtcars)."""
import json, numpy as np, statsmodels.api as sm
from statsmodels.stats.outliers_influence import variance_inflation_factor

def johnson(x, y):
    n = len(y)
    zx = (x - x.mean(0)) / x.std(0) / np.sqrt(n)
    zy = (y - y.mean()) / y.std() / np.sqrt(n)
    u, s, vt = np.linalg.svd(zx, full_matrices=False)
    z = u @ vt                       # the orthonormal variables nearest to x
    beta = z.T @ zy
    loading = z.T @ zx               # z by x
    return (loading.T ** 2) @ (beta ** 2)

def case(name, x, y, counts=None):
    rows = np.arange(len(y)) if counts is None else np.repeat(np.arange(len(y)), counts)
    xr, yr = x[rows], y[rows]
    fit = sm.OLS(yr, sm.add_constant(xr)).fit()
    z = lambda a: (a - a.mean(0)) / a.std(0)
    return dict(name=name, x=x.T.tolist(), y=y.tolist(), rowWeights=None if counts is None else counts.tolist(),
                weights=johnson(xr, yr).tolist(), rSquared=float(fit.rsquared), adjustedRSquared=float(fit.rsquared_adj),
                coefficients=np.linalg.lstsq(z(xr), z(yr), rcond=None)[0].tolist(),
                vif=[float(variance_inflation_factor(sm.add_constant(xr), i + 1)) for i in range(x.shape[1])])

mpg = [21,21,22.8,21.4,18.7,18.1,14.3,24.4,22.8,19.2,17.8,16.4,17.3,15.2,10.4,10.4,14.7,32.4,30.4,33.9,21.5,15.5,15.2,13.3,19.2,27.3,26,30.4,15.8,19.7,15,21.4]
cyl = [6,6,4,6,8,6,8,4,4,6,6,8,8,8,8,8,8,4,4,4,4,8,8,8,8,4,4,4,8,6,8,4]
disp = [160,160,108,258,360,225,360,146.7,140.8,167.6,167.6,275.8,275.8,275.8,472,460,440,78.7,75.7,71.1,120.1,318,304,350,400,79,120.3,95.1,351,145,301,121]
hp = [110,110,93,110,175,105,245,62,95,123,123,180,180,180,205,215,230,66,52,65,97,150,150,245,175,66,91,113,264,175,335,109]
wt = [2.62,2.875,2.32,3.215,3.44,3.46,3.57,3.19,3.15,3.44,3.44,4.07,3.73,3.78,5.25,5.424,5.345,2.2,1.615,1.835,2.465,3.52,3.435,3.84,3.845,1.935,2.14,1.513,3.17,2.77,3.57,2.78]
rng = np.random.default_rng(5)
f = rng.normal(size=(80, 1))
x = np.clip(np.round(6 + 2 * (0.7 * f + rng.normal(size=(80, 5)))), 0, 10)
y = np.clip(np.round(1 + x @ [0.5, 0.2, 0.05, 0, 0.1] + rng.normal(size=80)), 0, 10)
json.dump(dict(cases=[
    case("mtcars", np.array([cyl, disp, hp, wt], float).T, np.array(mpg)),
    case("survey", x, y),
    case("survey with row counts", x, y, rng.integers(0, 4, 80)),
]), open(__file__.replace(".py", ".json"), "w"))
