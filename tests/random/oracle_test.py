#!/usr/bin/env python3
"""The oracle, the schedules and the verdict, on executions whose answer is known."""
import collections
import unittest

import oracle
import program as programs
import schedule
import verdict
from program import Access, Mutation, Step, Variable

X = Variable("x", "x", "x", 4)
PAIR = Variable("pair", "pair", "pair", 4, 2)


def trace(text):
    """Steps from lines such as '1 write x', '2 lock m', '1 store a release'. Threads exist without being created."""
    steps = []
    for line in text.strip().splitlines():
        thread, op, *arguments = line.split()
        if op in ("read", "write", "rmw") and arguments[0] == "x":
            steps.append(Step(int(thread), "access", (Access(X, 0, 1, op),)))
        elif op in ("create", "join"):
            steps.append(Step(int(thread), op, (int(arguments[0]),)))
        else:
            steps.append(Step(int(thread), op, tuple(arguments)))
    return steps


def racesOf(text):
    return oracle.races(trace(text))


def passing(release, between, acquire):
    return racesOf("\n".join(["1 write x"] + release + between + acquire + ["2 read x"]))


class Oracle(unittest.TestCase):
    def testTwoWritesRaceAndTwoReadsDoNot(self):
        self.assertEqual(racesOf("1 write x\n2 write x"), [(0, 1)])
        self.assertEqual(racesOf("1 read x\n2 read x"), [])
        self.assertEqual(racesOf("1 write x\n1 write x"), [])

    def testOnlyOverlappingElementsRace(self):
        steps = [Step(1, "access", (Access(PAIR, 0, 1, "write"),)), Step(2, "access", (Access(PAIR, 1, 1, "write"),)),
                 Step(3, "access", (Access(PAIR, 0, 2, "read"),))]
        self.assertEqual(oracle.races(steps), [(0, 2), (1, 2)])

    def testOneMutexOrdersAndTwoDoNot(self):
        self.assertEqual(racesOf("1 lock m\n1 write x\n1 unlock m\n2 lock m\n2 write x\n2 unlock m"), [])
        self.assertEqual(racesOf("1 lock m\n1 write x\n1 unlock m\n2 lock n\n2 write x\n2 unlock n"), [(1, 4)])

    def testReadersOrderWritersButNotEachOther(self):
        self.assertEqual(racesOf("1 rdlock l\n1 read x\n1 rdunlock l\n2 wrlock l\n2 write x"), [])
        self.assertEqual(racesOf("1 wrlock l\n1 write x\n1 wrunlock l\n2 rdlock l\n2 read x"), [])
        self.assertEqual(racesOf("1 rdlock l\n1 write x\n1 rdunlock l\n2 rdlock l\n2 read x"), [(1, 4)])

    def testFibersAreOrderedByTheirSwitches(self):
        def taking(how, back):
            return races([Step(0, "access", (Access(X, 0, 1, "write"),)), Step(0, "fiber", (100,)),
                          Step(0, "access", (Access(X, 0, 1, "write"),)), Step(0, "switch", (100, how)),
                          Step(100, "access", (Access(X, 0, 1, "write"),)), Step(100, "switch", (0, back)),
                          Step(0, "access", (Access(X, 0, 1, "read"),))])
        races = oracle.races
        self.assertEqual(taking("ordered", "ordered"), [])
        self.assertEqual(taking("unordered", "ordered"), [(2, 4)])
        self.assertEqual(taking("ordered", "unordered"), [(4, 6)])

    def testCreateAndJoinOrder(self):
        self.assertEqual(racesOf("0 write x\n0 create 1\n1 write x\n0 join 1\n0 write x"), [])
        self.assertEqual(racesOf("0 create 1\n0 write x\n1 write x\n0 join 1"), [(1, 2)])
        self.assertEqual(racesOf("0 create 1\n1 write x\n0 write x\n0 join 1"), [(1, 2)])

    def testReleaseAndAcquireNeedEachOther(self):
        self.assertEqual(passing(["1 store a release"], [], ["2 load a acquire"]), [])
        self.assertEqual(passing(["1 store a relaxed"], [], ["2 load a acquire"]), [(0, 3)])
        self.assertEqual(passing(["1 store a release"], [], ["2 load a relaxed"]), [(0, 3)])
        self.assertEqual(passing(["1 store a release"], [], ["2 load b acquire"]), [(0, 3)])

    def testFencesStandForRelaxedAtomics(self):
        release, acquire = ["1 fence release", "1 store a relaxed"], ["2 load a relaxed", "2 fence acquire"]
        self.assertEqual(passing(release, [], acquire), [])
        self.assertEqual(passing(release[::-1], [], acquire), [(0, 5)])
        self.assertEqual(passing(release, [], acquire[::-1]), [(0, 5)])
        self.assertEqual(passing(["1 fence acquire", "1 store a relaxed"], [], acquire), [(0, 5)])

    def testAReadModifyWriteContinuesTheReleaseSequenceAndAStoreEndsIt(self):
        self.assertEqual(passing(["1 store a release"], ["3 rmw a relaxed"], ["2 load a acquire"]), [])
        self.assertEqual(passing(["1 store a release"], ["3 store a relaxed"], ["2 load a acquire"]), [(0, 4)])
        self.assertEqual(passing(["1 store a release"], ["1 store a relaxed"], ["2 load a acquire"]), [(0, 4)])

    def testBarrierSemaphoreOnceAndConditionOrder(self):
        self.assertEqual(racesOf("1 write x\n1 arrive b\n2 arrive b\n2 leave b\n2 read x"), [])
        self.assertEqual(racesOf("1 write x\n1 post s\n2 wait s\n2 read x"), [])
        self.assertEqual(racesOf("1 write x\n2 wait s\n1 post s\n2 read x"), [(0, 3)])
        self.assertEqual(racesOf("2 cond_wait c m r\n1 lock m\n1 write x\n1 cond_signal c r\n1 unlock m\n"
                                 "2 cond_woken c m r\n2 read x"), [])
        first = Step(1, "once_first", ("o", Access(X, 0, 1, "write")))
        self.assertEqual(oracle.races([first] + trace("2 once_again o\n2 read x")), [])
        self.assertEqual(oracle.races([first] + trace("2 read x")), [(0, 1)])

    def testOrderGoesThroughThirdThreads(self):
        self.assertEqual(racesOf("1 write x\n1 post s\n3 wait s\n3 store a release\n2 load a acquire\n2 write x"), [])


class Programs(unittest.TestCase):
    def testASeedAlwaysGivesTheSameProgram(self):
        say = lambda seed: [str(step) for step in schedule.makeProgram(seed).steps]
        self.assertEqual(say(5), say(5))
        self.assertNotEqual(say(5), say(6))

    def testProgramsAreFreeOfRacesUntilASynchronisationIsRemoved(self):
        racy = total = 0
        kinds = collections.Counter()
        for seed in range(1000, 1150):
            program = schedule.makeProgram(seed)
            self.assertEqual(oracle.races(program.steps), [], program.text())
            for mutation in program.mutations:
                total += 1
                found = bool(oracle.races(programs.mutated(program, mutation).steps))
                racy += found
                kinds[mutation.what.split()[0]] += found
        self.assertGreater(racy, total // 3)
        for kind in ("lock", "rdlock", "wrlock", "wait", "writing", "release", "acquire", "order", "all", "later", "join"):
            self.assertGreater(kinds[kind], 0, f"no race by removing: {kind}")

    def testWhatIsLeftOutIsNotCreated(self):
        steps = trace("0 create 1\n0 create 2\n1 write x\n2 write x\n0 join 1\n0 join 2")
        program = programs.Program(0, 3, steps, {}, [X], False)
        left = program.having([step for step in steps if not (step.thread == 2 and step.access)])
        self.assertEqual([step.op for step in left.steps], ["create", "access", "join"])

    def testALateJoinComesAfterEverythingElse(self):
        steps = trace("0 create 1\n1 write x\n0 join 1\n0 write x")
        late = programs.mutated(programs.Program(0, 2, steps, {}, [X], False), Mutation("", late_join=steps[2].number))
        self.assertEqual(oracle.races(late.steps), [(1, 2)])


class Verdicts(unittest.TestCase):
    def setUp(self):
        steps = trace("1 write x\n2 write x\n3 write x")
        self.program = programs.Program(0, 4, steps, {}, [X], False)
        self.lines = {step.number: 10 + index for index, step in enumerate(steps)}

    def complaints(self, code, *reports):
        return list(verdict.Verdict(self.program, self.lines).complaints(code, [make(*r) for r in reports]))

    def testTheFirstRaceIsEnough(self):
        self.assertEqual(self.complaints(66, ("data race", "x", 10, 11)), [])
        self.assertEqual(self.complaints(66, ("data race", "x", 10, 11), ("data race", "x", 12, 11)), [])

    def testSilenceOtherLinesNamesAndKindsAreRefused(self):
        self.assertTrue(self.complaints(0))
        self.assertTrue(self.complaints(66))
        self.assertTrue(self.complaints(66, ("data race", "x", 11, 12)))
        self.assertTrue(self.complaints(66, ("data race", "x", 10, 11), ("data race", "x", 10, 13)))
        self.assertTrue(self.complaints(66, ("data race", "y", 10, 11)))
        self.assertTrue(self.complaints(66, ("lost update", "x", 10, 11)))

    def complaintsOnLocks(self, text, code, *reports):
        steps = trace(text)
        program = programs.Program(0, 3, steps, {}, [], False)
        lines = {step.number: 10 + index for index, step in enumerate(steps)}
        return list(verdict.Verdict(program, lines).complaints(code, [make(*r) for r in reports]))

    def testLocksInOppositeOrdersMayBeReported(self):
        opposite = "1 lock m\n1 lock n\n1 unlock n\n1 unlock m\n2 lock n\n2 lock m\n2 unlock m\n2 unlock n"
        inversion = ("lock-order inversion", "c0_m", 11, 15)
        self.assertEqual(self.complaintsOnLocks(opposite, 66, inversion), [])
        self.assertEqual(self.complaintsOnLocks(opposite, 0), [])
        self.assertTrue(self.complaintsOnLocks(opposite, 66))
        same = opposite.replace("2 lock n\n2 lock m", "2 lock m\n2 lock n")
        apart = opposite.replace("2 lock n\n2 lock m", "1 post s\n2 wait s\n2 lock n\n2 lock m")
        gated = "1 lock g\n" + opposite.replace("2 lock n\n", "1 unlock g\n2 lock g\n2 lock n\n") + "\n2 unlock g"
        for text in (same, apart, gated):
            self.assertTrue(self.complaintsOnLocks(text, 66, inversion), text)


def make(kind, name, first, second):
    access = collections.namedtuple("Access", "line")
    report = collections.namedtuple("Report", "kind name accesses problems also")
    return report(kind, name, [access(first), access(second)], [], [])


if __name__ == "__main__":
    unittest.main()
