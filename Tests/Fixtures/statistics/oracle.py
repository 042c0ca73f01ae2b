#!/usr/bin/env python3
"""What SciPy and Apache Otava say of random cases. Reads lines of JSON, each a question, and prints a line of JSON for each, a list of numbers
(null for what is not a number).

{"ask": "t", "values": [p, t], "p": degrees}                 quantile of p, P(T <= t)
{"ask": "mean", "values": […], "p": confidence}              Student's interval of the mean
{"ask": "welch", "values": […], "others": […], "p": confidence}  Welch's interval of the mean of others less that of values
{"ask": "pooled", "values": […], "others": […]}              p-value of Student's test, with one variance for both
{"ask": "flips", "values": […], "others": [θ, …]}            exact p-value of the sign-flip test of each θ
{"ask": "ranks", "values": [count, quantile], "p": confidence}   order-statistic interval of a quantile of 1, 2, …, count
{"ask": "tails", "values": [count, quantile, k, …]}          P(N <= k) and P(N >= k) for each k, of a binomial N
{"ask": "stake", "values": [above, count]}                   ln of the stake of the sign test's mixture over Beta(2, 1/2) above 1/2
{"ask": "energy", "values": […]}                             Otava's best split of the whole, and its energy
{"ask": "changes", "values": […], "p": significance}         Otava's change points: index, p-value, index, p-value, …
"""

import json
import math
import sys

import numpy as np
from otava.analysis import compute_change_points
from otava.change_point_divisive.calculator import PairDistanceCalculator
from scipy import special, stats


def t(values, others, p):
    return [stats.t.ppf(values[0], p), stats.t.cdf(values[1], p)]


def mean(values, others, p):
    return list(stats.ttest_1samp(values, 0).confidence_interval(p))


def welch(values, others, p):
    return list(stats.ttest_ind(others, values, equal_var=False).confidence_interval(p))


def pooled(values, others, p):
    return [stats.ttest_ind(values, others).pvalue]


def flips(values, others, p):
    def tested(centre):
        shifted = (np.array(values) - centre,)
        return stats.permutation_test(shifted, np.mean, permutation_type="samples", vectorized=True, n_resamples=np.inf).pvalue

    return [tested(centre) for centre in others]


def ranks(values, others, p):
    return list(stats.quantile_test(np.arange(1, int(values[0]) + 1), p=values[1]).confidence_interval(p))


def tails(values, others, p):
    counted = stats.binom(int(values[0]), values[1])
    return [tail for k in values[2:] for tail in (counted.cdf(k), counted.sf(k - 1))]


def stake(values, others, p):
    above, count = values
    a, b = 2 + above, 0.5 + count - above

    def mass(a, b):
        return special.betaln(a, b) + math.log(special.betaincc(a, b, 0.5))

    return [count * math.log(2) + mass(a, b) - mass(2, 0.5)]


def energy(values, others, p):
    best = PairDistanceCalculator(np.array(values)).get_candidate_change_point(slice(0, None))
    return [best.index, best.qhat]


def changes(values, others, p):
    found, _ = compute_change_points(values, max_pvalue=p)
    return [number for point in found for number in (point.index, point.stats.pvalue)]


ANSWERS = {answer.__name__: answer for answer in (t, mean, welch, pooled, flips, ranks, tails, stake, energy, changes)}

for line in sys.stdin:
    question = json.loads(line)
    numbers = ANSWERS[question["ask"]](question.get("values", []), question.get("others", []), question.get("p"))
    print(json.dumps([float(number) if math.isfinite(number) else None for number in numbers]))
