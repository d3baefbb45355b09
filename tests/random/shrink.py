"""Makes a failing program smaller for as long as it goes on failing in the same way."""

PAIRS = ("lock", "unlock", "rdlock", "wrlock", "rdunlock", "wrunlock", "wait", "post")


def kindOf(complaints):
    """The first words of a complaint; lines and names change while a program shrinks."""
    return {complaint.split(":")[0].split(" on ")[0].split(",")[0] for complaint in complaints}


def candidates(program):
    """Smaller programs, the smallest first: without a thread, without a story, without one access, without forms."""
    steps = program.steps
    for story in sorted({step.story for step in steps}):
        yield program.having([s for s in steps if s.story != story or s.op in ("create", "join")])
    for number in [step.number for step in steps if step.op == "access"]:
        yield program.having([s for s in steps if s.number != number])


def shrink(program, check):
    """`check` gives the complaints about a program. At most about a hundred programs are tried."""
    wanted = kindOf(check(program))
    tries = 100
    shrunk = bool(wanted)
    while shrunk:
        shrunk = False
        for candidate in candidates(program):
            tries -= 1
            if tries < 0:
                return program
            if len(candidate.steps) < len(program.steps) and kindOf(check(candidate)) & wanted:
                program, shrunk = candidate, True
                break
    return program
