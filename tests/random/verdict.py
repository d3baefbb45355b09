"""Compares what Snag said about one execution with what the oracle says."""
import oracle


def lostUpdate(early, late):
    return (early.how == "rmw" and late.writes) or (late.how == "rmw" and early.writes)


class Verdict:
    """Every report must be a race of the oracle's, and the first race on every variable must be reported.

    Later races on the same variable may be missed: a detector that remembers the last accesses compares with those. A
    program without one of its synchronisations may also take locks in opposite orders, which may be reported.
    """

    def __init__(self, program, lines):
        self.steps, self.lines = program.steps, lines
        self.races = oracle.races(program.steps)
        self.inverted = {lock for pair in oracle.inversions(program.steps) for lock in pair}

    def line(self, index):
        return self.lines[self.steps[index].number]

    def firsts(self):
        """For every variable that races, the step that made its first race."""
        result = {}
        for _, late in sorted(self.races, key=lambda pair: pair[1]):
            result.setdefault(self.steps[late].access.variable, late)
        return result.items()

    def complaints(self, code, reports):
        inverted = [report for report in reports if self.isInversion(report)]
        reports = [report for report in reports if not self.isInversion(report)]
        if code != (66 if self.races or inverted else 0):
            yield f"exit code {code}, and {len(self.races)} pairs race"
        allowed = {frozenset((self.line(a), self.line(b))): (a, b) for a, b in self.races}
        reported = set()
        for report in reports:
            lines = frozenset(access.line for access in report.accesses)
            if report.problems or lines not in allowed:
                yield f"no race: {report.kind} on '{report.name}' at lines {sorted(lines)} {report.problems}"
                continue
            reported.add(lines)
            yield from self.misnamed(report, *allowed[lines])
            for kind, *places in report.also:
                if frozenset(places) in allowed:
                    reported.add(frozenset(places))
                else:
                    yield f"no race: {kind} at lines {sorted(places)}"
        for variable, late in self.firsts():
            partners = {frozenset((self.line(a), self.line(b))) for a, b in self.races if b == late}
            if not partners & reported:
                yield f"not reported: first race on {variable.name}, lines {sorted(map(sorted, partners))}"

    def isInversion(self, report):
        return report.kind == "lock-order inversion" and report.name.split("_")[-1] in self.inverted

    def misnamed(self, report, early, late):
        early, late = self.steps[early].access, self.steps[late].access
        kind = "lost update" if lostUpdate(early, late) else "data race"
        if report.kind != kind:
            yield f"'{report.kind}' on '{report.name}' should be a {kind}"
        # A member of a 16-byte variable may stand for it.
        labels = [early.variable.label] + ["Pair::"] * (early.variable.size == 16)
        if not any(label in report.name for label in labels):
            yield f"'{report.name}' should be '{early.variable.label}'"
