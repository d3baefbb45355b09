"""Measures what Snag costs: builds every program of programs/ natively, with Snag and with ThreadSanitizer, runs them
in turn, compares their outputs, and writes results.json, table.md and plots.

Exit code 1: a build failed, an output differed, or Snag or ThreadSanitizer reported something in a program.
"""
import json
import os
import pathlib
import shlex
import sys
import time

import arguments
import builds
import case_run
import cases
import counting
import features
import figures
import goals
import machine
import page
import tables
import valgrind

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SMOKE = ["byte_code", "stencil", "hot_lock"]


def isWanted(program, case, options):
    if case.isLarge and not options.large:
        return False
    if options.smoke and not options.names:
        return case.name in SMOKE
    return not options.names or bool({program.name, case.name, *case.groups} & set(options.names))


def choose(options):
    """(program, its wanted cases) pairs."""
    chosen = []
    for program in cases.readAll(HERE / "programs"):
        wanted = [case for case in program.cases if isWanted(program, case, options)]
        if wanted:
            chosen.append((program, wanted))
    if not chosen:
        raise SystemExit("bench: no program is called " + " or ".join(options.names))
    return chosen


class Bench:
    def __init__(self, options):
        self.options = options
        self.folder = options.out.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        compilers = [str(options.llvm / name) for name in ("clang", "clang++")]
        self.builds = builds.standardBuilds(options.bin_dir.resolve(), *compilers)
        self.features = features.featureBuilds(ROOT, self.builds[1]) if options.features else []
        self.builds += [build for build, _ in self.features]
        self.measure = self.folder / "measure"
        builds.run([options.llvm / "clang", "-O2", HERE / "measure.c", "-o", self.measure])
        self.handover = machine.Handover(options.llvm / "clang", self.folder)
        self.counter, self.count = counting.counter() if options.instructions else (None, None)
        self.made = {}
        self.skipped = []

    def executable(self, build, program):
        """(executable, None) or (None, what went wrong)."""
        key = (build.name, program.name)
        if key not in self.made:
            try:
                self.made[key] = (builds.make(build, program, self.folder)[0], None)
            except RuntimeError as error:
                self.made[key] = (None, f"it does not compile: {error}")
        return self.made[key]

    def addSizes(self, program, results):
        """Code size and compile time, into the results of every case of the program."""
        timed = [build for build in self.builds if self.executable(build, program)[0]]
        repeat = 0 if self.options.no_compile_time else min(self.options.repeat, 3)
        differing = [build for build in timed if not build.environment]  # run-time options compile alike
        seconds = builds.compileTimes(self.measure, differing, program, self.folder, repeat)
        for build in timed:
            size = builds.codeSize(self.folder / build.name / (program.name + ".o"), self.options.llvm)
            for result in results:
                result["builds"][build.name].update(code=size, compileSeconds=seconds.get(build.name))

    def addCounts(self, program, case, result):
        words = result["arguments"] if self.count is counting.byPerf else case.valgrindArguments
        for build in self.builds[:3] if words else []:
            executable, _ = self.executable(build, program)
            counted = self.count([executable, *words]) if executable else None
            if counted:
                result["builds"][build.name]["instructions"] = figures.summary([counted])

    def measureProgram(self, program, wanted):
        results = []
        for case in wanted:
            runs = case_run.CaseRun(self, program, case)
            runs.runAll()
            result = runs.result()
            if self.count:
                self.addCounts(program, case, result)
            if self.options.valgrind and case.valgrindArguments:
                result["valgrind"] = valgrind.measure(self.measure, self.executable(self.builds[0], program)[0], case)
            results.append(result)
            tell(result)
        self.addSizes(program, results)
        return results

    def run(self, command):
        data = {"machine": machine.describe(ROOT, self.options.llvm / "clang++"),
                "settings": {"repeat": self.options.repeat, "quick": self.options.quick, "command": command,
                             "options": " ".join(builds.OPTIONS), "counter": self.counter},
                "features": [{"name": build.name, "meaning": meaning} for build, meaning in self.features],
                "cases": [], "skipped": self.skipped}
        for program, wanted in choose(self.options):
            if program.missingHeader():
                self.skipped.append({"program": program.name, "reason": f"no header {program.missingHeader()}"})
                continue
            data["cases"] += self.measureProgram(program, wanted)
            data["machine"].update(loadAfter=round(os.getloadavg()[0], 2), handoverNs=self.handover.summary())
            self.save(data)  # after each program: a run that is stopped leaves what it has measured
        return data

    def save(self, data):
        (self.folder / "results.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def tell(result):
    """One line on the terminal for each case."""
    parts = []
    for build, found in result["builds"].items():
        parts.append(f"{build} {tables.FAILED if found['problems'] else format(found['wall']['median'], '.3f') + ' s'}")
    print(f"{time.strftime('%H:%M:%S')} {result['name']:24} {'  '.join(parts)}", flush=True)


def failures(data):
    for case in data["cases"]:
        for build, found in case["builds"].items():
            for problem in found["problems"]:
                yield f"{case['name']} ({build}): {problem}"


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def measureOrRead(options):
    if options.source:
        return read(options.source)
    return Bench(options).run("tools/dev bench " + shlex.join(arguments.typedByUser(sys.argv[1:])))


def main():
    options = arguments.parse(__doc__, sys.argv[1:])
    beside = read(options.beside) if options.beside else None
    data = measureOrRead(options)
    options.out.mkdir(parents=True, exist_ok=True)
    page.write(data, options.out / "table.md", options.out / "plots", beside)
    if options.page:
        page.write(data, ROOT / "docs/benchmarks.md", ROOT / "docs/benchmarks", beside)
    print(goals.table(data["cases"]))
    print(f"written: {options.out}/results.json, table.md, plots/")
    bad = list(failures(data))
    print("\n".join(bad) or "all outputs agree; nothing was reported")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
