# SPDX-License-Identifier: Apache-2.0
"""Interleaved rounds: every contender runs once per round, in a new order, and ratios are taken within the round."""
import random
import statistics
import sys

FOREIGN_LIMIT = 0.15  # of one core; a run that neighbours disturbed more is repeated
TRIES = 3


def undisturbed(run):
    loads = []
    for _ in range(TRIES):
        loads.append(run())
        if loads[-1].foreign <= FOREIGN_LIMIT:
            break
    return min(loads, key=lambda load: load.foreign)


def interleave(contenders, rounds):
    """Runs {name: function that returns a Load} and returns {name: [Load, ...]}."""
    results = {name: [] for name in contenders}
    for number in range(rounds):
        order = list(contenders)
        random.Random(number).shuffle(order)
        for name in order:
            load = undisturbed(contenders[name])
            results[name].append(load)
            print(f"  {name}: {load.rate:.0f}/s, {load.per_cpu:.0f} per CPU-second, p99 {load.p99 * 1e6:.0f} us,"
                  f" errors {load.errors}, foreign {load.foreign:.2f}", file=sys.stderr, flush=True)
    return results


def median(loads, field):
    return statistics.median(getattr(load, field) for load in loads)


def ratio(loads, yardstick, field):
    """The median over the rounds of ours / theirs, with the least and the greatest."""
    ratios = [getattr(a, field) / getattr(b, field) for a, b in zip(loads, yardstick)]
    return statistics.median(ratios), min(ratios), max(ratios)
