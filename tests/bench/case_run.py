"""One case of one program: its builds run in turn, their outputs are compared, their costs collected."""
import figures
import running


def complaint(result, expected):
    """What is wrong with a run, or None. A race report, also one that left the exit code alone, is wrong."""
    if result["code"] is None:
        return "it took too long and was stopped"
    _, noise = running.readErrors(result["errors"])
    if result["code"] != 0:
        return f"exit code {result['code']}; {noise[:2000]}"
    if noise:
        return f"on its error stream: {noise[:2000]}"
    if expected is not None and result["output"] != expected:
        return f"it printed {result['output']!r}, the native build {expected!r}"
    return None


class CaseRun:
    """Runs the builds of one case in turn and collects what they cost."""

    def __init__(self, bench, program, case):
        self.bench, self.case, self.program = bench, case, program
        self.arguments = case.quickArguments if bench.options.quick else case.arguments
        self.samples = {}
        self.problems = {}
        self.expected = None

    def runOnce(self, build):
        if build.name in self.problems:
            return
        executable, error = self.bench.executable(build, self.program)
        if error:
            self.problems[build.name] = [error]
            return
        command = [executable, *self.arguments]
        result = running.run(self.bench.measure, command, self.bench.options.timeout, build.environment)
        wrong = complaint(result, self.expected)
        if wrong:
            self.problems[build.name] = [wrong]
            return
        if build.name == "native":
            self.expected = result["output"]
        cost, _ = running.readErrors(result["errors"])
        samples = self.samples.setdefault(build.name, {"wall": [], "cpu": [], "memoryKb": [], "cost": []})
        samples["wall"].append(result["wall"])
        samples["cpu"].append(result["user"] + result["system"])
        samples["memoryKb"].append(result["memoryKb"])
        if cost is not None:
            samples["cost"].append(cost)

    def runAll(self):
        for _ in range(self.bench.options.repeat):
            self.bench.handover.look()
            for build in self.bench.builds:
                self.runOnce(build)

    def statistics(self):
        """What Snag's runtime counted in a run of its own, or None."""
        snag = next(build for build in self.bench.builds if build.name == "snag")
        if snag.name in self.problems:
            return None
        command = [self.bench.executable(snag, self.program)[0], *self.arguments]
        result = running.run(self.bench.measure, command, self.bench.options.timeout,
                             {**snag.environment, "SNAG_OPTIONS": "verbosity=2"})
        return running.readStatistics(result["errors"])

    def result(self):
        found = {}
        for build in self.bench.builds:
            samples = self.samples.get(build.name, {})
            found[build.name] = {"problems": self.problems.get(build.name, []),
                                 **{what: figures.summary(values) for what, values in samples.items()}}
        return {"name": self.case.name, "program": self.program.name, "groups": self.case.groups,
                "arguments": self.arguments, "isShort": self.case.isShort, "builds": found,
                "statistics": self.statistics()}
