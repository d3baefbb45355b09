"""Makes a random program: tells stories and interleaves them into one total order that can really happen."""
import random

import stories
from program import FIRST_FIBER, Program, Variable

LOCKS = ("lock", "rdlock", "wrlock", "wait")


class Stalled(Exception):
    """No story can go on: this choice of stories cannot be interleaved."""


def makeVariables(dice, count):
    """Neighbours in one record (global or on the heap), whole globals, arrays; 1 to 16 bytes."""
    result = []
    for number in range(count):
        size, where = dice.choice((1, 1, 2, 2, 4, 4, 8, 8, 16)), dice.choice(("field", "heap", "global", "array"))
        name = f"v{number}"
        place = {"field": f"record.{name}", "heap": f"block->{name}"}.get(where, name)
        length = dice.randint(2, 9) if where == "array" and size < 16 else 1
        result.append(Variable(name, place, name, size, length))
    return result


class Interleaver:
    """Picks, again and again, a story whose next step can be made."""

    def __init__(self, dice, told, objects):
        self.dice, self.objects = dice, objects
        self.left = [list(story.steps) for story in told]
        self.told = told
        self.created, self.waiting, self.held, self.open = {0}, {}, {}, None

    def run(self):
        result = []
        while any(self.left):
            ready = [story for story, steps in enumerate(self.left) if steps and self.possible(story, steps[0])]
            if not ready:
                raise Stalled()
            story = self.dice.choice(ready)
            for _ in range(self.dice.choice((1, 1, 2, 4))):  # now and then a story goes on for a while
                if not self.left[story] or not self.possible(story, self.left[story][0]):
                    break
                result.append(self.make(story, self.left[story].pop(0)))
        return result

    def threadsOf(self, story):
        return {step.thread for step in self.told[story].steps}

    def possible(self, story, step):
        if step.thread not in self.created or self.waiting.get(step.thread, story) != story:
            return False
        if self.told[story].blocks and self.open != story:
            return self.open is None and self.threadsOf(story) <= self.created
        if step.op == "join":
            return step.args[0] in self.created and not self.busy(step.args[0])
        held = self.held.get(step.thread, [])
        if step.op == "cond_wait":
            return held == [step.args[1]]
        # Locks are taken in the order of their numbers, so that no two threads ever take two of them crosswise.
        return step.op not in LOCKS or all(self.rank(step.args[0]) > self.rank(lock) for lock in held)

    def rank(self, lock):
        return list(self.objects).index(lock)

    def busy(self, thread):
        return any(step.thread == thread for steps in self.left for step in steps)

    def make(self, story, step):
        step.story = story
        if self.told[story].blocks:
            self.open = story if self.left[story] else None
        if step.op == "create":
            self.created.add(step.args[0])
        elif step.op == "fiber":
            self.created.add(step.args[0])
        elif step.op == "switch" and step.args[0] >= FIRST_FIBER:
            self.waiting[step.thread] = story
        elif step.op == "switch":
            self.waiting.pop(step.args[0], None)
        elif step.op in ("arrive", "cond_wait"):
            self.waiting[step.thread] = story
        elif step.op in ("leave", "cond_woken"):
            self.waiting.pop(step.thread, None)
        self.hold(step)
        return step

    def hold(self, step):
        held = self.held.setdefault(step.thread, [])
        if step.op in LOCKS and self.objects[step.args[0]] != "credits":
            held.append(step.args[0])
        elif step.op in ("unlock", "rdunlock", "wrunlock", "post") and step.args[0] in held:
            held.remove(step.args[0])


def attempt(seed, dice):
    threads, objects = dice.randint(2, 5), {}
    variables = makeVariables(dice, 40)
    teller = stories.Teller(dice, threads, list(variables), objects)
    told = [dice.choice(stories.KINDS)(teller) for _ in range(dice.randint(1, 6))]
    for thread in range(1, threads):
        parent = dice.randrange(thread)
        told += [stories.birth(teller, thread, parent), stories.death(teller, thread, parent)]
    steps = Interleaver(dice, told, objects).run()
    used = {step.access.variable.name for step in steps if step.access}
    program = Program(seed, threads, steps, objects, [v for v in variables if v.name in used],
                      any(v.place.startswith("block") for v in variables), hosts=teller.hosts)
    program.mutations = [mutation for story in told for mutation in story.mutations]
    return program


def makeProgram(seed):
    """The program of a seed: always the same one."""
    dice = random.Random(seed)
    while True:
        try:
            return attempt(seed, dice)
        except Stalled:
            continue
