"""Fit logistic regressions to examples, and hold them against the present rules on sites they were not fitted on."""

from collections import Counter
from collections.abc import Callable, Sequence

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.fit.examples import Example
from benchmarks.fit.features import FOLLOWED, LEFT, Features
from transtool.align.literals import followed_by_literals
from transtool.staleness.followed import followed

_STRENGTH = 0.3
"""What the data weigh against the penalty on large coefficients (`C`)."""

_NOT_FOLLOWED = 0.05
"""The share of edits of what had changed that did not follow, on sites: of `touched` and `unclear` to `update`."""

_NOT_REVIEWED = 0.12
"""The share of what a catch-up left alone and a later one edited, among the examples."""

_KINDS = ("update", "touched", "before", "left")

Rule = Callable[[Example], bool]


def report(examples: Sequence[Example]) -> str:
    """Return counts and, for both questions, what rule and model are worth where they were not fitted."""
    edits = [each for each in examples if each.kind in ("update", "touched", "before")]
    unclear = [each for each in edits if followed_by_literals(each.source, each.own) is None]
    left = [each for each in examples if each.kind == "left"]
    return "\n\n".join(
        (
            _counts(examples),
            f"names, numbers and code tell {len(edits) - len(unclear)} of {len(edits)} edits",
            "# Did this edit follow? Where they do not tell; the rule is the model that transtool ships",
            *_question(unclear, FOLLOWED, _by_rule, _NOT_FOLLOWED),
            "# Was what a catch-up left alone reviewed? (no rule today: it is called stale)",
            *_question(left, LEFT, lambda each: False, _NOT_REVIEWED),
        )
    )


def _counts(examples: Sequence[Example]) -> str:
    counts = Counter((each.site, each.kind, each.label, each.half) for each in examples)
    return "\n".join(
        f"{site:24}{kind:10}{label:3}  {which:3}{count:7}"
        for (site, kind, label, which), count in sorted(counts.items())
    )


def _question(examples: Sequence[Example], features: Features, rule: Rule, share: float) -> list[str]:
    """Compare rule and model on each site, fitted on the others, and on half B, fitted on half A.

    `share` is that of no among all cases of a site; examples of no were looked for, so there are more of them.
    """
    if len({each.label for each in examples if each.half == "A"}) < 2:
        return ["too few examples"]
    parts = []
    for site in sorted({each.site for each in examples}):
        held = [each for each in examples if each.site == site]
        others = [each for each in examples if each.site != site]
        parts.append(_compared(f"{site} (fitted on the other sites)", others, held, features, rule, share))
    halves = {which: [each for each in examples if each.half == which] for which in "AB"}
    parts.append(_compared("half B of all sites (fitted on half A)", halves["A"], halves["B"], features, rule, share))
    return [*filter(None, parts), _table(_fit(halves["A"], features), features)]


def _fit(examples: Sequence[Example], features: Features) -> Pipeline:
    """Fit with both labels, and every site within them, weighing the same."""
    groups = Counter((each.site, each.label) for each in examples)
    weights = [1 / groups[each.site, each.label] for each in examples]
    weights = [weight * len(examples) / sum(weights) for weight in weights]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=_STRENGTH, max_iter=2_000))
    model.fit(_rows(examples, features), [each.label for each in examples], logisticregression__sample_weight=weights)
    return model


def _rows(examples: Sequence[Example], features: Features) -> numpy.ndarray:
    return numpy.array([[of(each) for of in features.values()] for each in examples])


def _compared(
    name: str, known: Sequence[Example], held: Sequence[Example], features: Features, rule: Rule, share: float
) -> str:
    if any(len({each.label for each in some}) < 2 for some in (known, held)):
        return ""
    model = _fit(known, features)
    truth = numpy.array([each.label for each in held])
    by_rule = numpy.array([float(rule(each)) for each in held])
    chances = model.predict_proba(_rows(held, features))[:, 1]
    lines = [f"{name}: {truth.sum()} yes, {len(truth) - truth.sum()} no"]
    lines.append(_scored("rule", by_rule >= 0.5, held, share))
    lines.append(_scored("model, at a chance of 0.5", chances >= 0.5, held, share))
    lines.append(_scored(f"model, at a chance of {share}", chances >= share, held, share))
    if 0 < (rate := by_rule[truth == 1].mean()) < 1:
        least = numpy.quantile(chances[truth == 1], 1 - rate)
        lines.append(_scored(f"model, as many right as the rule ({least:.2f})", chances >= least, held, share))
    lines.append(
        f"  area under the curve: rule {roc_auc_score(truth, by_rule):.3f}, model {roc_auc_score(truth, chances):.3f};"
        f" average precision of no: {average_precision_score(1 - truth, 1 - by_rule):.3f},"
        f" {average_precision_score(1 - truth, 1 - chances):.3f}"
    )
    return "\n".join(lines)


def _by_rule(each: Example) -> bool:
    return followed(each.source, each.own, alone=each.alone)


def _scored(name: str, said: numpy.ndarray, held: Sequence[Example], share: float) -> str:
    """Return which share of each kind is said to be so, and the mean of both rates of right answers."""
    truth = numpy.array([each.label == 1 for each in held])
    shares = []
    for kind, label in ((kind, label) for kind in _KINDS for label in (1, 0)):
        chosen = numpy.array([(each.kind, each.label) == (kind, label) for each in held])
        if chosen.any():
            shares.append(f"{kind} {'yes' if label else 'no'} {said[chosen].mean():.3f}")
    missed, false = (~said[truth]).mean(), said[~truth].mean()
    return (
        f"  {name:44} says yes of: {', '.join(shares)}; balanced accuracy {1 - (missed + false) / 2:.3f},"
        f" wrong of 100 where {share:.0%} are no: {100 * ((1 - share) * missed + share * false):.1f}"
    )


def _table(model: Pipeline, features: Features) -> str:
    scaler, fitted = model[0], model[-1]
    weights = fitted.coef_[0] / scaler.scale_
    constant = fitted.intercept_[0] - (weights * scaler.mean_).sum()
    rows = [
        f"{'feature (fitted on half A)':48}{'weight':>9}{'per deviation':>15}",
        f"{'constant':48}{constant:9.3f}",
    ]
    shown = zip(features, weights, fitted.coef_[0], strict=True)
    return "\n".join([*rows, *(f"{name:48}{weight:9.3f}{scaled:15.2f}" for name, weight, scaled in shown)])
