"""Writes what a run found: a table, plots, and docs/benchmarks.md."""
import goals
import plots
import tables

INTRODUCTION = """# Benchmarks

What Snag costs, beside the same programs built natively and with `-fsanitize=thread` (TSan): the same compiler, options
(`{options}`) and machine, in one run, taking turns. The programs are in `tests/bench/programs/`; every output is
compared with the native build's, and a finding of Snag or TSan in one of them makes the run fail. `tools/dev bench`
repeats the measurement; `tests/bench/bench.py --help` lists what else can be measured.
"""

READING = """\
Times are wall-clock seconds: median (smallest to largest). Ratios are of medians; the last rows are geometric
means. **TSan/Snag** above 1 means that Snag is faster.
"""

FEATURES = """\
One switch turned the other way at a time; figures are geometric means against Snag as it is. Above 1: slower
or larger without the feature.
"""

VALGRIND = """\
On reduced sizes, so that much of these times is the start of Valgrind, which runs one thread at a time.
"""

COSTS = """\
As the programs measure it themselves, without their start.
"""

SLOW_PATH = """\
From one more run of each with `SNAG_OPTIONS=verbosity=2`; [speed](speed.md) says what is counted. *Extra* is the
processor time beyond the native run, divided by the checks: where it is large, the time goes into inline tests, locks
and memory rather than into checks.
"""

SIZES = """\
Of the object files, so without any runtime. *Code* is the machine code, *loaded* adds constants, unwind tables
and Snag's table of places; compile time is processor time.
"""


def slowdowns(results, what):
    rows = []
    for case in results:
        if not case["isShort"]:
            ratios = {build: tables.ratio(case, build, "native", what) for build in ("snag", "tsan")}
            rows.append((case["name"], ratios))
    return rows


def costRows(results):
    return [(case["name"], {build: tables.median(case, build, "cost") for build in tables.NAMES}) for case in results
            if tables.median(case, "native", "cost")]


def pictures(results):
    """(file name, title, SVG) of each plot that there are figures for."""
    charts = [("run-time.svg", "Run time against native", slowdowns(results, "wall"), "times, logarithmic"),
              ("memory.svg", "Peak memory against native", slowdowns(results, "memoryKb"), "times, logarithmic"),
              ("cost.svg", "Cost of one operation", costRows(results), "nanoseconds, logarithmic")]
    return [(name, title, plots.bars(title, rows, unit)) for name, title, rows, unit in charts if rows]


def distance(machine):
    """Between the processors, if the run had two."""
    found = machine.get("handoverNs")
    return found and f"{found['median']:.0f} ns ({found['min']:.0f} to {found['max']:.0f})"


def conditions(data):
    machine, settings = data["machine"], data["settings"]
    lines = [("date", machine["date"]), ("commit", machine["commit"]),
             ("processor", f"{machine['processor']}, {machine['cores']} cores, {machine['memoryGb']} GB"),
             ("kernel", f"Linux {machine['kernel']}"), ("compiler", machine["compiler"]),
             ("load", f"{machine['loadBefore']} before, {machine['loadAfter']} after"),
             ("a cache line's way between processors", distance(machine) or "not measured"),
             ("repetitions", f"{settings['repeat']}, {'quick' if settings['quick'] else 'full'} sizes"),
             ("command", f"`{settings['command']}`")]
    warning = ""
    if machine["loadBefore"] > 0.5 or settings["quick"]:
        warning = ("\n**These figures are rough**: " +
                   " and ".join(reason for reason, holds in (("the machine was busy with other work",
                                                              machine["loadBefore"] > 0.5),
                                                             ("sizes were reduced", settings["quick"])) if holds) +
                   ". They show that the programs work, not how fast Snag is.\n")
    return tables.markdown(["", ""], [list(line) for line in lines], 2) + warning


def problems(data):
    lines = [f"* `{case['name']}`, {build}: {problem.splitlines()[0]}" for case in data["cases"]
             for build, found in case["builds"].items() for problem in found.get("problems", [])]
    lines += [f"* `{skipped['program']}` was left out: {skipped['reason']}" for skipped in data["skipped"]]
    return "\n".join(lines) + "\n" if lines else ""


def besideLead(lead, beside):
    """What a table says of itself that another run has measured."""
    settings = beside["settings"]
    sizes = ", with reduced sizes" if settings["quick"] else ""
    return f"{lead}Measured by a run of its own{sizes}: `{settings['command']}`.\n"


def sections(data, beside):
    results, added = data["cases"], beside or data
    features, onValgrind = (besideLead(lead, beside) if beside else lead for lead in (FEATURES, VALGRIND))
    return [("Goals", "", goals.table(results)), ("Run time", READING, tables.runTimes(results)),
            ("Processor time", "User and system time of all threads.\n", tables.processorTimes(results)),
            ("Peak memory", "", tables.memory(results)),
            ("Cost of one operation", COSTS, tables.costs(results)),
            ("What reached the runtime", SLOW_PATH, tables.slowPath(results)),
            ("What each feature is worth", features, tables.featureWorth(added["cases"], added["features"])),
            ("Size and compile time", SIZES, tables.sizeMeans(results) + "\n" + tables.sizes(results)),
            ("Instructions that ran", f"Counted with {data['settings']['counter']}.\n",
             tables.instructionCounts(results)),
            ("Helgrind and DRD", onValgrind, tables.valgrind(added["cases"])),
            ("Trouble", "", problems(data))]


def write(data, pagePath, plotFolder, beside=None):
    """The page, with its plots in a folder beside it; `beside` is another run's data, for what that one has added."""
    plotFolder.mkdir(parents=True, exist_ok=True)
    parts = [INTRODUCTION.format(options=data["settings"]["options"]), conditions(data)]
    for name, title, picture in pictures(data["cases"]):
        (plotFolder / name).write_text(picture, encoding="utf-8")
        parts.append(f"![{title}]({plotFolder.relative_to(pagePath.parent)}/{name})\n")
    parts += [f"## {title}\n\n" + (lead + "\n" if lead else "") + body
              for title, lead, body in sections(data, beside) if body]
    pagePath.write_text("\n".join(parts), encoding="utf-8")
