"""Markdown tables from the results of a run. The layout of a result is written down in README.md."""
import cases
import figures

NAMES = {"native": "native", "snag": "Snag", "tsan": "TSan"}
FAILED = "failed"


def median(case, build, what):
    """A median of one build of one case, or None if it was not measured or the build misbehaved."""
    found = case["builds"].get(build)
    if not found or found.get("problems") or not found.get(what):
        return None
    return found[what]["median"]


def ratio(case, above, below, what):
    return figures.ratio(median(case, above, what), median(case, below, what))


def meanRatio(results, above, below, what, group=None):
    """Geometric mean over the cases of a group, or over all of them. Cases that end at once say nothing: left out."""
    chosen = [case for case in results if not case["isShort"] and (group is None or group in case["groups"])]
    return figures.geometricMean([ratio(case, above, below, what) for case in chosen])


def onePerProgram(results):
    """Code size and compile time are the same in all cases of a program."""
    return list({case["program"]: case for case in reversed(results)}.values())[::-1]


def number(value, digits=2):
    return "" if value is None else f"{value:.{digits}f}"


def bold(text):
    return f"**{text}**" if text else ""


def markdown(heading, rows, words=1):
    """The first `words` columns are text, the others figures."""
    rule = ["---"] * words + ["--:"] * (len(heading) - words)
    return "\n".join("| " + " | ".join(row) + " |" for row in [heading, rule, *rows]) + "\n"


def withSpread(case, build, what, scale=1.0, digits=3):
    found = case["builds"].get(build, {})
    if found.get("problems"):
        return FAILED
    values = found.get(what)
    if not values:
        return ""
    low, middle, high = (values[key] * scale for key in ("min", "median", "max"))
    return f"{middle:.{digits}f} ({low:.{digits}f} to {high:.{digits}f})"


def groupNames(results):
    return [group for group in cases.GROUPS if any(group in case["groups"] for case in results)]


def meanRows(results, what, blanks):
    for group in [None, *groupNames(results)]:
        pairs = [("snag", "native"), ("tsan", "native"), ("tsan", "snag")]
        means = [meanRatio(results, *pair, what, group) for pair in pairs]
        yield [f"**{group or 'all'}**", *[""] * blanks, number(means[0]), number(means[1]), bold(number(means[2]))]


def comparison(results, what, unit, scale, digits):
    """One row for each case, then geometric means in all and for each group."""
    heading = ["program", *[f"{name}, {unit}" for name in NAMES.values()], "Snag/native", "TSan/native", "TSan/Snag"]
    rows = []
    for case in results:
        rows.append([case["name"], *[withSpread(case, build, what, scale, digits) for build in NAMES],
                     number(ratio(case, "snag", "native", what)), number(ratio(case, "tsan", "native", what)),
                     bold(number(ratio(case, "tsan", "snag", what)))])
    return markdown(heading, rows + list(meanRows(results, what, 3)))


def runTimes(results):
    return comparison(results, "wall", "s", 1.0, 3)


def processorTimes(results):
    return comparison(results, "cpu", "s", 1.0, 3)


def memory(results):
    return comparison(results, "memoryKb", "MB", 1 / 1024, 0)


def costs(results):
    """What one operation costs, as the programs measured it: flat if the price does not depend on the size."""
    chosen = [case for case in results if median(case, "native", "cost")]
    rows = [[case["name"], *[withSpread(case, build, "cost", 1.0, 1) for build in NAMES]] for case in chosen]
    return markdown(["program", *[f"{name}, ns" for name in NAMES.values()]], rows) if rows else ""


def share(part, whole):
    return f"{100 * part / whole:.0f} %" if whole else ""


def slowPath(results):
    """What reached Snag's runtime in one run, and what each of these accesses cost beyond the native run."""
    rows = []
    for case in results:
        counted = case.get("statistics")
        if not counted:
            continue
        checks, snag, native = counted["checks"], median(case, "snag", "cpu"), median(case, "native", "cpu")
        extra = number((snag - native) * 1e9 / checks, 0) if checks and snag and native else ""
        rows.append([case["name"], *[number(counted[what] / 1000, 1) for what in ("checks", "segments", "locks")],
                     *[share(counted[what], checks) for what in ("remembered", "ranges", "atomics", "careful")], extra])
    heading = ["program", "checks, thousands", "segments, thousands", "locks, thousands", "remembered", "ranges",
               "atomics", "careful", "extra ns a check"]
    return markdown(heading, rows) if rows else ""


def instructionCounts(results):
    chosen = [case for case in results if median(case, "native", "instructions")]
    return comparison(chosen, "instructions", "million", 1e-6, 1) if chosen else ""


def sizes(results):
    """Machine code, instructions and everything loaded, of the object file; seconds to compile it."""
    heading = ["program"]
    for what in ("code, bytes", "instructions", "loaded, bytes", "compile, s"):
        heading += [f"{name}: {what}" for name in NAMES.values()]
    rows = []
    for case in onePerProgram(results):
        row = [case["program"]]
        for key in ("text", "instructions", "loaded"):
            row += [str(case["builds"].get(build, {}).get("code", {}).get(key, "")) for build in NAMES]
        row += [number(median(case, build, "compileSeconds")) for build in NAMES]
        rows.append(row)
    return markdown(heading, rows)


def sizeMean(results, key, above="snag", below="tsan"):
    def of(case, build):
        return case["builds"].get(build, {}).get("code", {}).get(key)
    return figures.geometricMean([figures.ratio(of(case, above), of(case, below)) for case in onePerProgram(results)])


def compileMean(results, above="snag", below="tsan"):
    return figures.geometricMean([ratio(case, above, below, "compileSeconds") for case in onePerProgram(results)])


def sizeMeans(results):
    pairs = [("snag", "native"), ("tsan", "native"), ("snag", "tsan")]
    rows = [[label, *[number(sizeMean(results, key, *pair)) for pair in pairs]]
            for label, key in (("code", "text"), ("instructions", "instructions"), ("loaded", "loaded"))]
    rows.append(["compile time", *[number(compileMean(results, *pair)) for pair in pairs]])
    return markdown(["geometric means", "Snag/native", "TSan/native", "Snag/TSan"], rows)


def featureWorth(results, features):
    """Each feature switched the other way: how many times slower and larger programs get."""
    rows = []
    for feature in features:
        name = feature["name"]
        if not any(case["builds"].get(name) for case in results):
            continue
        worst = max(((ratio(case, name, "snag", "wall") or 0, case["name"]) for case in results if not case["isShort"]),
                    default=(0, ""))
        rows.append([f"`{name}`", feature["meaning"], number(meanRatio(results, name, "snag", "wall")),
                     number(meanRatio(results, name, "snag", "memoryKb")),
                     number(sizeMean(results, "text", name, "snag")), f"{worst[1]}: {number(worst[0])}"])
    heading = ["switched", "what it is", "run time", "peak memory", "code", "largest effect on run time"]
    return markdown(heading, rows, 2) if rows else ""


def valgrind(results):
    """On reduced sizes: how many times slower than native, with Helgrind and DRD."""
    rows = []
    for case in results:
        for tool, found in sorted(case.get("valgrind", {}).items()):
            rows.append([case["name"], tool, number(found["native"], 3), number(found["wall"], 2),
                         number(figures.ratio(found["wall"], found["native"]), 0), str(found["reports"])])
    return markdown(["program", "tool", "native, s", "under it, s", "times slower", "findings"], rows, 2) if rows else ""
