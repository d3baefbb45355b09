"""The arithmetic of the benchmark: medians, spreads, ratios and geometric means."""
import math


def median(values):
    """The middle value, or the mean of the two middle ones; None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def summary(values):
    """Median, smallest and largest of some measurements; None of nothing."""
    return {"median": median(values), "min": min(values), "max": max(values), "runs": len(values)} if values else None


def ratio(above, below):
    """above / below; None when one is unknown or there is nothing to divide by."""
    return above / below if above is not None and below else None


def geometricMean(values):
    """Of the known, positive values; None if there is none."""
    logarithms = [math.log(value) for value in values if value is not None and value > 0]
    return math.exp(sum(logarithms) / len(logarithms)) if logarithms else None
