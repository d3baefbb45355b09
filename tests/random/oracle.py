"""Which accesses of an execution race, by the definition: a set of edges and a search. No clocks, nothing of Snag's.

The execution is a list of steps in the order in which they happen (see program.py). An edge leads from an earlier to a
later step: program order, and synchronises-with as C++20 and POSIX define it for that order.
"""

RELEASES = ("release", "acq_rel", "seq_cst")
ACQUIRES = ("acquire", "consume", "acq_rel", "seq_cst")


class Edges:
    """The happens-before edges of one execution, collected step by step."""

    def __init__(self, steps):
        self.steps = steps
        self.before = [set() for _ in steps]  # for each step, the steps with an edge to it
        self.last = {}  # thread -> its last step so far
        self.given = {}  # (object, kind) -> steps that release it
        self.stores = {}  # atomic -> the steps that a load of it now synchronises with
        self.releaseFence = {}  # thread -> its last release fence
        self.seen = {}  # thread -> what its relaxed loads could synchronise with
        self.switched = {}  # thread or fiber -> what happens before its next step
        for index, step in enumerate(steps):
            self.take(index, step)

    def take(self, index, step):
        if step.thread in self.last:
            self.before[index].add(self.last[step.thread])
        self.before[index].update(self.switched.pop(step.thread, ()))
        self.last[step.thread] = index
        getattr(self, step.op)(index, step, *step.args)

    def give(self, index, *what):
        self.given.setdefault(what, []).append(index)

    def get(self, index, *what):
        self.before[index].update(self.given.get(what, []))

    def access(self, index, step, _access):
        pass

    def lock(self, index, step, mutex):
        self.get(index, mutex)

    def unlock(self, index, step, mutex):
        self.give(index, mutex)

    post, wait = unlock, lock
    arrive, leave = unlock, lock

    def wrlock(self, index, step, lock):
        self.get(index, lock, "read")
        self.get(index, lock, "write")

    def rdlock(self, index, step, lock):
        self.get(index, lock, "write")

    def wrunlock(self, index, step, lock):
        self.give(index, lock, "write")

    def rdunlock(self, index, step, lock):
        self.give(index, lock, "read")

    def cond_wait(self, index, step, _condition, mutex, _ready):
        self.give(index, mutex)

    def cond_woken(self, index, step, _condition, mutex, _ready):
        self.get(index, mutex)

    def cond_signal(self, index, step, _condition, _ready):
        pass

    def once_first(self, index, step, once, _access):
        self.give(index, once)

    def once_again(self, index, step, once):
        self.get(index, once)

    def create(self, index, step, thread):
        self.last[thread] = index

    def join(self, index, step, thread):
        if thread in self.last:
            self.before[index].add(self.last[thread])

    def fiber(self, index, step, fiber):
        self.switched[fiber] = {index}

    def switch(self, index, step, target, how):
        if how == "ordered":
            self.switched.setdefault(target, set()).add(index)

    def fiber_end(self, index, step, _fiber):
        pass

    def fence(self, index, step, order):
        if order in ACQUIRES:
            self.before[index].update(self.seen.get(step.thread, ()))
        if order in RELEASES:
            self.releaseFence[step.thread] = index

    def releasersOf(self, index, step, order):
        """What synchronises with whoever acquires from this store: itself, or a release fence before it."""
        if order in RELEASES:
            return {index}
        return {self.releaseFence[step.thread]} if step.thread in self.releaseFence else set()

    def load(self, index, step, atomic, order):
        releasers = self.stores.get(atomic, set())
        self.seen.setdefault(step.thread, set()).update(releasers)
        if order in ACQUIRES:
            self.before[index].update(releasers)

    def store(self, index, step, atomic, order):
        self.stores[atomic] = self.releasersOf(index, step, order)

    def rmw(self, index, step, atomic, order):
        self.load(index, step, atomic, order)
        self.stores[atomic] = self.stores.get(atomic, set()) | self.releasersOf(index, step, order)

    def ordered(self, first, second):
        """Is there a path of edges from one step to the other?"""
        reached, todo = set(), [second]
        while todo:
            step = todo.pop()
            if step == first:
                return True
            for earlier in self.before[step]:
                if earlier >= first and earlier not in reached:
                    reached.add(earlier)
                    todo.append(earlier)
        return False


class EdgesBesideLocks(Edges):
    """What keeps threads apart in time, whichever of them comes first to a lock."""

    def lock(self, index, step, mutex):
        pass

    unlock = wrlock = rdlock = wrunlock = rdunlock = lock

    def cond_wait(self, index, step, _condition, _mutex, _ready):
        pass

    def cond_signal(self, index, step, condition, _ready):
        self.give(index, condition)

    def cond_woken(self, index, step, condition, _mutex, _ready):
        self.get(index, condition)


def nestings(steps):
    """(thread, outer lock, inner lock, step of the outer, step of the inner, all locks held) of locks taken under others."""
    held = {}  # thread -> its locks and where they were taken
    for index, step in enumerate(steps):
        locks = held.setdefault(step.thread, {})
        if step.op in ("lock", "wrlock", "rdlock", "cond_woken"):
            inner = step.args[1] if step.op == "cond_woken" else step.args[0]
            yield from ((step.thread, outer, inner, taken, index, frozenset(locks)) for outer, taken in locks.items())
            locks[inner] = index
        elif step.op in ("unlock", "wrunlock", "rdunlock", "cond_wait"):
            locks.pop(step.args[1] if step.op == "cond_wait" else step.args[0], None)


def inversions(steps):
    """Pairs of locks that are taken in opposite orders by threads that nothing but locks keeps apart, and under no third
    lock that both hold."""
    edges, found = EdgesBesideLocks(steps), list(nestings(steps))
    return [(a, b)
            for thread, a, b, outer, inner, held in found
            for other, c, d, otherOuter, otherInner, otherHeld in found
            if thread != other and (a, b) == (d, c) and inner < otherInner and held & otherHeld <= {a, b}
            and not edges.ordered(inner, otherOuter) and not edges.ordered(otherInner, outer)]


def races(steps):
    """Every pair (earlier, later) of indices of conflicting accesses that no path orders."""
    edges = Edges(steps)
    accesses = [(index, step.access) for index, step in enumerate(steps) if step.access]
    return [(first, second) for position, (second, late) in enumerate(accesses)
            for first, early in accesses[:position]
            if (early.writes or late.writes) and early.overlaps(late) and not edges.ordered(first, second)]
