"""The goals that Snag has set itself, judged by the results of a run."""
import dataclasses

import tables


@dataclasses.dataclass
class Goal:
    text: str
    limit: float
    isUpper: bool  # the measured value must be at most the limit; else at least
    value: float
    where: str = ""

    @property
    def isReached(self):
        if self.value is None:
            return None
        return self.value <= self.limit if self.isUpper else self.value >= self.limit


def worst(results, above, below, what, isUpper, group=None):
    """(value, name of the case) that is furthest from what is wanted."""
    known = [(tables.ratio(case, above, below, what), case["name"]) for case in results
             if not case["isShort"] and (group is None or group in case["groups"])]
    known = [pair for pair in known if pair[0] is not None]
    return (max if isUpper else min)(known, default=(None, ""))


def lockOverhead(results):
    """Overhead over native of an uncontended lock and unlock, as a part of TSan's."""
    for case in results:
        if case["name"] == "lock_operations/10^7":
            native, snag, tsan = (tables.median(case, build, "cost") for build in ("native", "snag", "tsan"))
            if None not in (native, snag, tsan) and tsan > native:
                return (snag - native) / (tsan - native)
    return None


def lockGrowth(results):
    """How many times dearer the last lock operations are than those of a run of a million."""
    found = {case["name"]: tables.median(case, "snag", "cost") for case in results
             if case["name"].startswith("lock_operations/")}
    base = found.get("lock_operations/10^6")
    last = found.get("lock_operations/10^8") or found.get("lock_operations/10^7")
    return last / base if base and last else None


def judge(results):
    mean = tables.meanRatio
    goals = [Goal("geometric mean of TSan/Snag, run time", 3.0, False, mean(results, "tsan", "snag", "wall")),
             Goal("no program slower than with TSan (TSan/Snag)", 1.0, False,
                  *worst(results, "tsan", "snag", "wall", False))]
    for group in ("call-heavy", "lock-heavy", "pointer-chasing"):
        found = mean(results, "tsan", "snag", "wall", group)
        goals.append(Goal(f"{group}: geometric mean of TSan/Snag", 2.0, False, found))
    return goals + [
        Goal("geometric mean of Snag/native, run time", 3.0, True, mean(results, "snag", "native", "wall")),
        Goal("affine loops: every Snag/native", 1.5, True, *worst(results, "snag", "native", "wall", True, "affine")),
        Goal("no program larger than with TSan (Snag/TSan, peak memory)", 1.0, True,
             *worst(results, "snag", "tsan", "memoryKb", True)),
        Goal("geometric mean of Snag/TSan, peak memory", 0.6, True, mean(results, "snag", "tsan", "memoryKb")),
        Goal("uncontended lock and unlock: overhead as a part of TSan's", 0.5, True, lockOverhead(results)),
        Goal("lock operations: cost after 10 to 100 million against one million", 1.3, True, lockGrowth(results)),
        Goal("geometric mean of Snag/TSan, compile time", 1.25, True, tables.compileMean(results)),
        Goal("geometric mean of Snag/TSan, machine code", 1.5, True, tables.sizeMean(results, "text"))]


def table(results):
    rows = []
    for goal in judge(results):
        limit = f"{'at most' if goal.isUpper else 'at least'} {goal.limit:g}"
        verdict = {True: "reached", False: "**not reached**", None: "not measured"}[goal.isReached]
        value = tables.number(goal.value) + (f" ({goal.where})" if goal.where and goal.value is not None else "")
        rows.append([goal.text, limit, value, verdict])
    return tables.markdown(["what", "goal", "measured", ""], rows)
