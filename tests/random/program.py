"""What a random program is made of: variables, and steps of threads in one total order.

A step is one operation of one thread. The program runs its steps in exactly the order of the list, so the list is
both the program and its execution: the oracle needs nothing else.

    op             arguments                       meaning
    access         Access                          plain memory
    lock, unlock   object                          mutex or spin lock
    rdlock, wrlock, rdunlock, wrunlock   object    read-write lock
    post, wait     object                          semaphore
    arrive, leave  object                          barrier: all arrive, then all leave
    cond_wait, cond_woken   object, mutex, ready   begins to wait (gives the mutex back); has the mutex again
    cond_signal    object, ready                   sets ready, signals
    once_first, once_again   object, Access        runs the initialiser, which makes the access; finds it done
    create, join   thread
    load, store, rmw   object, order               atomic
    fence          order
    fiber          fiber                           makes a fiber, which is a thread that runs on its maker's
    switch         fiber or thread, how            goes on as that one; how: ordered or unordered
    fiber_end      fiber

Threads are numbered from 0, fibers from FIRST_FIBER.
"""
import copy
import dataclasses
import itertools


FIRST_FIBER = 100


@dataclasses.dataclass(frozen=True)
class Variable:
    """`count` elements of `size` bytes each, reached as `place` in C; `label` is how reports name it."""
    name: str
    place: str
    label: str
    size: int
    count: int = 1


@dataclasses.dataclass(frozen=True)
class Access:
    variable: Variable
    first: int  # element
    count: int
    how: str  # read, write or rmw

    @property
    def writes(self):
        return self.how != "read"

    def overlaps(self, other):
        return self.variable == other.variable and \
            self.first < other.first + other.count and other.first < self.first + self.count


@dataclasses.dataclass
class Step:
    thread: int
    op: str
    args: tuple
    form: str = "plain"
    number: int = dataclasses.field(default_factory=itertools.count().__next__)
    story: int = -1

    @property
    def access(self):
        return next((argument for argument in self.args if isinstance(argument, Access)), None)

    def __str__(self):
        words = [f"{a.how} {a.variable.name}[{a.first}:{a.first + a.count}]" if isinstance(a, Access) else str(a)
                 for a in self.args]
        return f"T{self.thread}  {self.op} {', '.join(words)}"


@dataclasses.dataclass
class Mutation:
    """One synchronisation removed. Steps are meant by their numbers."""
    what: str
    drop: tuple = ()
    change: dict = dataclasses.field(default_factory=dict)  # number -> (op, args)
    earlier: tuple = ()  # (create step, the step before which it goes)
    late_join: int = -1  # the join step that goes to the end of its thread


@dataclasses.dataclass
class Program:
    seed: int
    threads: int
    steps: list
    objects: dict  # name -> kind, how it is declared
    variables: list
    heap: bool
    mutations: list = dataclasses.field(default_factory=list)
    mutation: object = None
    hosts: dict = dataclasses.field(default_factory=dict)  # fiber -> the thread that it runs on

    def text(self):
        title = f"seed {self.seed}, " + (f"without {self.mutation.what}" if self.mutation else "unchanged")
        return "\n".join([title] + [f"  {index:3}  {step}" for index, step in enumerate(self.steps)])

    def having(self, steps):
        """The same program with only these steps; threads that have nothing left to do are never created."""
        result = copy.copy(self)
        busy = {step.thread for step in steps if step.op not in ("create", "join")}
        changed = True
        while changed:
            needed = {step.thread for step in steps if step.op == "create" and step.args[0] in busy}
            changed = not needed <= busy
            busy |= needed
        result.steps = [s for s in steps if s.op not in ("create", "join") or s.args[0] in busy]
        return result


def indexOf(steps, number):
    return next(index for index, step in enumerate(steps) if step.number == number)


def moveJoin(steps, number):
    """Its thread joins as late as it can: after everything else that it does."""
    index = indexOf(steps, number)
    join = steps.pop(index)
    last = max((i for i, step in enumerate(steps) if step.thread == join.thread), default=0)
    steps.insert(max(index, last + 1), join)


def mutated(program, mutation):
    """The program without one synchronisation; everything else happens in the same order as before."""
    result = copy.copy(program)
    result.mutation = mutation
    result.steps = []
    for step in program.steps:
        if step.number in mutation.drop:
            continue
        step = copy.copy(step)
        step.op, step.args = mutation.change.get(step.number, (step.op, step.args))
        result.steps.append(step)
    if mutation.earlier:
        create = result.steps.pop(indexOf(result.steps, mutation.earlier[0]))
        result.steps.insert(indexOf(result.steps, mutation.earlier[1]), create)
    if mutation.late_join >= 0:
        moveJoin(result.steps, mutation.late_join)
    return result
