"""Stories: small sequences of steps of several threads around a few variables that one discipline protects.

Each story is free of races by construction, and knows how to lose exactly one synchronisation. A story has variables
and synchronisation objects of its own, so any interleaving of stories (schedule.py) is a correct program again.
"""
import dataclasses

from program import FIRST_FIBER, Access, Mutation, Step

RELEASE_ORDERS = ("release", "seq_cst")
ACQUIRE_ORDERS = ("acquire", "consume", "seq_cst")
BOTH_ORDERS = ("acq_rel", "seq_cst")


@dataclasses.dataclass
class Story:
    steps: list
    mutations: list = dataclasses.field(default_factory=list)
    blocks: bool = False  # some of its threads wait in the middle of it


class Teller:
    """What a story needs to be told: dice, threads, fresh variables and objects."""

    def __init__(self, dice, threads, variables, objects):
        self.dice, self.threads, self.variables, self.objects = dice, threads, variables, objects
        self.hosts = {}  # of fibers

    def object(self, kind):
        name = f"{kind.split()[0]}{len(self.objects)}"
        self.objects[name] = kind
        return name

    def variable(self):
        return self.variables.pop(self.dice.randrange(len(self.variables)))

    def some(self, least, most):
        """Distinct threads in random order."""
        return self.dice.sample(range(self.threads), min(self.threads, self.dice.randint(least, most)))

    def access(self, thread, variable, how=None):
        how = how or self.dice.choice(("read", "write", "rmw"))
        first, count = 0, variable.count
        if variable.count > 1 and (how != "write" or self.dice.random() < 0.5):
            first, count = self.dice.randrange(variable.count), 1
        elif variable.count > 1:
            first = self.dice.randrange(variable.count - 1)
            count = self.dice.randint(2, variable.count - first)
        form = self.dice.choice(("plain", "plain", "call", "loop", "nested"))
        return Step(thread, "access", (Access(variable, first, count, how),), form)

    def accesses(self, thread, variables, how=None):
        return [self.access(thread, self.dice.choice(variables), how) for _ in range(self.dice.randint(1, 3))]


def underLock(teller):
    """Several threads take turns with a mutex, a spin lock, or a semaphore that starts at one."""
    kind = teller.dice.choice(("mutex", "recursive", "errorcheck", "spin", "semaphore"))
    lock = teller.object(kind)
    enter, leave = ("wait", "post") if kind == "semaphore" else ("lock", "unlock")
    variables = [teller.variable() for _ in range(teller.dice.randint(1, 2))]
    story = Story([])
    for _ in range(teller.dice.randint(2, 5)):
        thread = teller.dice.randrange(teller.threads)
        form = teller.dice.choice(("plain", "plain", "try", "timed"))
        first, last = Step(thread, enter, (lock,), form), Step(thread, leave, (lock,))
        story.steps += [first] + teller.accesses(thread, variables) + [last]
        story.mutations.append(Mutation(f"{enter} and {leave} of {lock}", (first.number, last.number)))
    return story


def underReadWriteLock(teller):
    """Writers exclude everybody; readers come between them."""
    lock = teller.object("rwlock")
    variables = [teller.variable()]
    story = Story([])
    for _ in range(teller.dice.randint(2, 6)):
        thread, how = teller.dice.randrange(teller.threads), teller.dice.choice(("rd", "wr"))
        form = teller.dice.choice(("plain", "plain", "try", "timed"))
        first, last = Step(thread, how + "lock", (lock,), form), Step(thread, how + "unlock", (lock,))
        story.steps += [first] + teller.accesses(thread, variables, "read" if how == "rd" else None) + [last]
        story.mutations.append(Mutation(f"{how}lock and {how}unlock of {lock}", (first.number, last.number)))
        if how == "wr":
            weaker = {first.number: ("rdlock", (lock,)), last.number: ("rdunlock", (lock,))}
            story.mutations.append(Mutation(f"writing with {lock}: only read-locked", change=weaker))
    return story


def relaxed(step):
    """The same operation with a relaxed order."""
    return Mutation(f"order of {step.op} {step.args}", change={step.number: (step.op, step.args[:-1] + ("relaxed",))})


def publish(teller, thread, atomic):
    """Ways to release; returns the steps and the mutations that spoil them."""
    way = teller.dice.choice(("store", "rmw", "fence"))
    if way == "fence":
        fence = Step(thread, "fence", (teller.dice.choice(RELEASE_ORDERS + BOTH_ORDERS),))
        store = Step(thread, teller.dice.choice(("store", "rmw")), (atomic, "relaxed"))
        return [fence, store], [Mutation("release fence", (fence.number,)), relaxed(fence)][:1]
    orders = RELEASE_ORDERS + (BOTH_ORDERS if way == "rmw" else ())
    step = Step(thread, way, (atomic, teller.dice.choice(orders)), teller.dice.choice(("plain", "exchange", "cas")))
    return [step], [relaxed(step)]


def observe(teller, thread, atomic):
    """Ways to acquire."""
    way = teller.dice.choice(("load", "rmw", "fence"))
    if way == "fence":
        load = Step(thread, "load", (atomic, "relaxed"))
        fence = Step(thread, "fence", (teller.dice.choice(("acquire",) + BOTH_ORDERS),))
        return [load, fence], [Mutation("acquire fence", (fence.number,))]
    orders = ACQUIRE_ORDERS if way == "load" else ("acquire",) + BOTH_ORDERS
    form = teller.dice.choice(("plain", "failed cas") if way == "load" else ("plain", "exchange", "cas"))
    step = Step(thread, way, (atomic, teller.dice.choice(orders)), form)
    return [step], [relaxed(step)]


def message(teller):
    """One thread writes and publishes with an atomic; others see that and read, the last one may write again."""
    atomic = teller.object(f"atomic {teller.dice.choice((1, 2, 4, 8))}")
    variables = [teller.variable() for _ in range(teller.dice.randint(1, 2))]
    writer, *readers = teller.some(2, 4)
    steps, mutations = publish(teller, writer, atomic)
    story = Story(teller.accesses(writer, variables) + steps, mutations)
    if teller.dice.random() < 0.4:
        between = Step(teller.dice.randrange(teller.threads), "rmw", (atomic, "relaxed"))
        story.steps.append(between)
        story.mutations.append(Mutation("release sequence", change={between.number: ("store", between.args)}))
    for reader in readers:
        steps, mutations = observe(teller, reader, atomic)
        how = None if len(readers) == 1 else "read"
        story.steps += steps + teller.accesses(reader, variables, how)
        story.mutations += mutations
    return story


def phases(teller):
    """Everybody writes a variable, meets at a barrier, and reads what the others wrote."""
    threads = teller.some(2, 4)
    barrier = teller.object(f"barrier {len(threads)}")
    variables = [teller.variable() for _ in threads]
    steps = [step for thread, own in zip(threads, variables) for step in teller.accesses(thread, [own])]
    arrivals = [Step(thread, "arrive", (barrier,)) for thread in threads]
    departures = [Step(thread, "leave", (barrier,)) for thread in teller.dice.sample(threads, len(threads))]
    steps += arrivals + departures
    steps += [step for thread in threads for step in teller.accesses(thread, variables, "read")]
    waits = tuple(step.number for step in arrivals + departures)
    return Story(steps, [Mutation(f"all waits at {barrier}", waits)], blocks=True)


def waiting(teller):
    """One thread waits on a condition until another has written."""
    waiter, signaller = teller.some(2, 2)
    mutex, condition, ready = teller.object("mutex"), teller.object("condition"), teller.object("ready")
    variables = [teller.variable()]
    unlock = Step(signaller, "unlock", (mutex,))
    signal = Step(signaller, "cond_signal", (condition, ready))
    wait = Step(waiter, "cond_wait", (condition, mutex, ready), teller.dice.choice(("plain", "timed")))
    woken, last = Step(waiter, "cond_woken", wait.args), Step(waiter, "unlock", (mutex,))
    steps = [Step(waiter, "lock", (mutex,))] + teller.accesses(waiter, variables) + [wait]
    steps += [Step(signaller, "lock", (mutex,))] + teller.accesses(signaller, variables) + [signal, unlock]
    steps += [woken] + teller.accesses(waiter, variables) + [last]
    noWait = Mutation(f"wait on {condition}", (woken.number, last.number), {wait.number: ("unlock", (mutex,))})
    return Story(steps, [noWait], blocks=True)


def once(teller):
    """The initialiser writes; whoever comes later reads."""
    first, *others = teller.some(2, 4)
    control, variable = teller.object("once"), teller.variable()
    story = Story([Step(first, "once_first", (control, Access(variable, 0, 1, "write")))])
    for other in others:
        again = Step(other, "once_again", (control,))
        story.steps += [again] + teller.accesses(other, [variable], "read")
        story.mutations.append(Mutation(f"later call with {control}", (again.number,)))
    return story


def handOver(teller):
    """An object goes from thread to thread through a slot with a lock; only its present owner touches it."""
    owners = teller.some(2, 4)
    mutex, slot, thing = teller.object("mutex"), teller.variable(), teller.variable()
    story = Story(teller.accesses(owners[0], [thing]))
    for giver, taker in zip(owners, owners[1:]):
        for thread, how in ((giver, "write"), (taker, "read")):
            lock, unlock = Step(thread, "lock", (mutex,)), Step(thread, "unlock", (mutex,))
            story.steps += [lock, teller.access(thread, slot, how), unlock]
            story.mutations.append(Mutation(f"lock and unlock of {mutex}", (lock.number, unlock.number)))
        story.steps += teller.accesses(taker, [thing])
    return story


def credits(teller):
    """A semaphore counts finished work: the waiter comes after everybody who posted."""
    waiter, *workers = teller.some(2, 4)
    semaphore = teller.object("credits")
    variables = [teller.variable() for _ in workers]
    story = Story([])
    for worker, variable in zip(workers, variables):
        story.steps += teller.accesses(worker, [variable]) + [Step(worker, "post", (semaphore,))]
    waits = [Step(waiter, "wait", (semaphore,), teller.dice.choice(("plain", "try", "timed"))) for _ in workers]
    story.steps += waits + teller.accesses(waiter, variables)
    story.mutations.append(Mutation(f"all waits for {semaphore}", tuple(step.number for step in waits)))
    return story


def fibers(teller):
    """A thread and its fibers take turns with variables that belong to whoever runs."""
    host, count = teller.dice.randrange(teller.threads), teller.dice.randint(1, 2)
    own = [FIRST_FIBER + len(teller.hosts) + number for number in range(count)]
    teller.hosts.update({fiber: host for fiber in own})
    variables = [teller.variable() for _ in range(teller.dice.randint(1, 2))]
    story = Story(teller.accesses(host, variables) + [Step(host, "fiber", (fiber,)) for fiber in own])
    for _ in range(teller.dice.randint(1, 3)):
        fiber = teller.dice.choice(own)
        for thread, target in ((host, fiber), (fiber, host)):
            switch = Step(thread, "switch", (target, "ordered"))
            story.steps += teller.accesses(thread, variables) + [switch]
            story.mutations.append(
                Mutation(f"order of a switch to {target}", change={switch.number: ("switch", (target, "unordered"))}))
    story.steps += teller.accesses(host, variables) + [Step(host, "fiber_end", (fiber,)) for fiber in own]
    return story


def birth(teller, thread, parent):
    """The parent writes, then creates the thread, which goes on."""
    create = Step(parent, "create", (thread,))
    if not teller.variables or teller.dice.random() < 0.5:
        return Story([create])
    variables = [teller.variable()]
    before = teller.accesses(parent, variables)
    story = Story(before + [create] + teller.accesses(thread, variables))
    story.mutations.append(Mutation(f"writing before T{thread} exists", earlier=(create.number, before[0].number)))
    return story


def death(teller, thread, parent):
    """The thread writes and ends, the parent joins it and goes on."""
    join = Step(parent, "join", (thread,))
    if not teller.variables or teller.dice.random() < 0.5:
        return Story([join])
    variables = [teller.variable()]
    story = Story(teller.accesses(thread, variables) + [join] + teller.accesses(parent, variables))
    story.mutations.append(Mutation(f"join of T{thread}", late_join=join.number))
    return story


KINDS = (underLock, underLock, underReadWriteLock, message, message, message, phases, waiting, once, handOver, credits,
         fibers)
