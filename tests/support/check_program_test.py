#!/usr/bin/env python3
"""The runner's own tests: it must say no to every report that is not the expected one."""
import pathlib
import tempfile
import unittest

import expectations
import precompiled
import report_text

SOURCE = """// Intent: a program for the runner's own test.
// Expect: lost update on 'counter' at ADD, ADD
// Allow: data race on '*' at ADD, LOOK
int counter;
void add() {
  counter += 1;  // RACE-ADD
}
int look() { return counter; }  // RACE-LOOK
"""

REPORT = """some line of the program
==41==ERROR: Snag: lost update on 'counter' (global 'counter')
  Thread T2 updates 'counter' while thread T1 reads it.

  Thread T2 reads and writes 4 bytes (read-modify-write), holding lock 'm' (taken at demo.cpp:3:1):
      6 |   counter += 1;  // RACE-ADD
        |           ^
    #0 add() /src/demo.cpp:6:11
    #1 std::thread::run() /usr/include/thread.h:210:24

  Thread T1 reads and writes 4 bytes (read-modify-write) earlier, no locks held:
    in std::vector<int>::push_back, called from
    #0 helper() /src/other.h:77:1
    #1 add() /src/demo.cpp:6:11

  Object:      global 'counter', 4 bytes
  Threads:     T2 created by the main thread at #0 main /src/demo.cpp:8:1
SUMMARY: Snag: lost update at /src/demo.cpp:6:11 in add()
Snag: 1 finding (1 racing pair seen).
"""


MISUSE = """==41==ERROR: Snag: lock-order inversion on 'a' (global 'a')
  Thread T2 takes 'b' while it holds 'a' and thread T1 takes 'a' while it holds 'b'.

  Thread T2 takes 'b' while it holds 'a':
      6 |   b.lock();
    #0 add() /src/demo.cpp:6:11
    'a' was taken at:
    #0 add() /src/demo.cpp:5:11

  Thread T1 takes 'a' while it holds 'b':
    #0 look() /src/demo.cpp:8:11
    'b' was taken at:
    #0 look() /src/demo.cpp:7:11

SUMMARY: Snag: lock-order inversion at /src/demo.cpp:6:11 in add()
"""


def expectationOf(text, defines=()):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "demo.cpp"
        source.write_text(text)
        return expectations.read(source, defines)


class Reports(unittest.TestCase):
    def testAReportIsReadWithBothAccesses(self):
        (report,) = report_text.parse(REPORT, "demo.cpp")
        self.assertEqual((report.kind, report.name, report.problems), ("lost update", "counter", []))
        self.assertEqual([access.line for access in report.accesses], [6, 6])

    def testAReportWithoutASecondStackIsRefused(self):
        lines = [line for line in REPORT.splitlines() if "helper" not in line and "#1 add" not in line]
        (report,) = report_text.parse("\n".join(lines), "demo.cpp")
        self.assertIn("1 access stacks instead of two", report.problems)

    def testASummaryOfAnotherLineIsRefused(self):
        (report,) = report_text.parse(REPORT.replace("at /src/demo.cpp:6", "at /src/demo.cpp:9"), "demo.cpp")
        self.assertTrue(report.problems)

    def testAReportWithoutSummaryIsRefused(self):
        text = REPORT[:REPORT.index("SUMMARY")]
        (report,) = report_text.parse(text, "demo.cpp")
        self.assertTrue(report.problems)

    def testAMisuseIsReadWithItsStepsButNotWithStacksOfLocksHeld(self):
        (report,) = report_text.parse(MISUSE, "demo.cpp")
        self.assertEqual((report.kind, report.name, report.problems), ("lock-order inversion", "a", []))
        self.assertEqual([access.line for access in report.accesses], [6, 8])

    def testSilenceIsNoReport(self):
        self.assertEqual(report_text.parse("the program's own words\n", "demo.cpp"), [])


class Expectations(unittest.TestCase):
    def setUp(self):
        self.expect = expectationOf(SOURCE)
        (self.report,) = report_text.parse(REPORT, "demo.cpp")

    def testMarkersBecomeLines(self):
        self.assertEqual(self.expect.races[0].sides[0], {6})
        self.assertEqual(self.expect.allowed[0].sides[1], {8})

    def testTheExpectedReportMatches(self):
        self.assertTrue(self.expect.races[0].matches(self.report))

    def testAnotherKindDoesNotMatch(self):
        self.report.kind = "data race"
        self.assertFalse(self.expect.races[0].matches(self.report))

    def testAnotherNameDoesNotMatch(self):
        self.report.name = "other"
        self.assertFalse(self.expect.races[0].matches(self.report))

    def testAnotherLineDoesNotMatch(self):
        self.report.accesses[1].line = 8
        self.assertFalse(self.expect.races[0].matches(self.report))
        self.report.kind = "data race"
        self.assertTrue(self.expect.allowed[0].matches(self.report), "the order of the accesses does not matter")

    def testStepsOfACycleComeInAnyOrderAndOthersInTheirs(self):
        wanted = expectations.Race("", ["lock-order inversion", "use after destroy"], ["a"], [{8}, {6}])
        (report,) = report_text.parse(MISUSE, "demo.cpp")
        self.assertTrue(wanted.matches(report))
        report.kind = "use after destroy"
        self.assertFalse(wanted.matches(report))
        wanted.sides.reverse()
        self.assertTrue(wanted.matches(report))

    def testAMisuseWithoutOneOfItsStepsDoesNotMatch(self):
        (report,) = report_text.parse(MISUSE, "demo.cpp")
        self.assertFalse(expectations.Race("", [report.kind], ["a"], [{6}]).matches(report))
        self.assertFalse(expectations.Race("", [report.kind], ["a"], [{6}, {8}, {9}]).matches(report))

    def testAVariantChoosesItsDirectives(self):
        text = SOURCE.replace("Expect: lost", "Expect: [RACY] lost").replace("// Allow", "// Expect: [!RACY] silent\n// Allow")
        self.assertTrue(expectationOf(text).silent)
        self.assertFalse(expectationOf(text, ["RACY"]).silent)

    def testAnUnknownMarkerIsAMistakeInTheTest(self):
        with self.assertRaises(expectations.BadProgram):
            expectationOf(SOURCE.replace("RACE-LOOK", "nothing"))

    def testLanguagesAreCAndCxx(self):
        self.assertEqual(expectationOf(SOURCE + "// Languages: C C++\n").languages, ["C", "C++"])
        with self.assertRaises(expectations.BadProgram):
            expectationOf(SOURCE + "// Languages: C Cxx\n")

    def testAProgramWithoutExpectationIsAMistakeInTheTest(self):
        with self.assertRaises(expectations.BadProgram):
            expectationOf("// Intent: nothing is expected.\n")


class PrecompiledHeaders(unittest.TestCase):
    """They are for programs that mean the same with them."""

    def testAProgramThatBeginsWithThreadsIsGivenOne(self):
        self.assertTrue(precompiled.suits("// Intent: x\n#include <cstdio>\n#include <thread>\n#define N 3\nint n;\n"))

    def testAMacroOrAConditionInFrontOfAHeaderMayChangeIt(self):
        for line in ("#define NDEBUG", "#undef assert", "# if 1", "#pragma pack(1)"):
            self.assertFalse(precompiled.suits(f"{line}\n#include <thread>\n"), line)
            self.assertFalse(precompiled.suits(f"#include <thread>\n{line}\n#include <vector>\n"), line)

    def testAProgramWithoutSuchHeadersHasNoUseForIt(self):
        self.assertFalse(precompiled.suits("#include <cstdio>\n"))
        self.assertFalse(precompiled.suits("int main() {}\n"))

    def testOtherFlagsAreAnotherHeader(self):
        one, two = precompiled.keyOf("clang++", ["-O0"]), precompiled.keyOf("clang++", ["-O2"])
        self.assertNotEqual(one, two)
        self.assertEqual(one, precompiled.keyOf("clang++", ["-O0"]))

    def testFlagsThatDoNotCompileGiveNone(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIsNone(precompiled.header(folder, "false", ["-O0"]))


if __name__ == "__main__":
    unittest.main()
