"""Writes programs as C: many of them in one file, each a function of its own, every access on a line of its own."""

TYPES = {1: "unsigned char", 2: "unsigned short", 4: "unsigned int", 8: "unsigned long", 16: "Pair"}
MUTEX_KINDS = {"mutex": "NORMAL", "recursive": "RECURSIVE", "errorcheck": "ERRORCHECK"}


class CText:
    """The text of one file. `lines` grows; accessLines[case][step number] is where that step's access stands."""

    def __init__(self):
        self.lines = ['#include "stage.h"']
        self.accessLines = []

    def add(self, line):
        self.lines.append(line)
        return len(self.lines)

    def addCase(self, program):
        CaseText(self, len(self.accessLines), program).write()

    def finish(self):
        self.add("int main(int count, char** words) {")
        self.add("  switch (count > 1 ? atoi(words[1]) : -1) {")
        for case in range(len(self.accessLines)):
            self.add(f"    case {case}: c{case}_thread0(0); return 0;")
        self.add("  }")
        self.add("  return 2;")
        self.add("}")
        return "\n".join(self.lines) + "\n"


class CaseText:
    """One program within the file; all its names begin with the case's prefix."""

    def __init__(self, text, case, program):
        self.text, self.prefix, self.program = text, f"c{case}_", program
        self.where = {}
        text.accessLines.append(self.where)

    def write(self):
        self.declare()
        for index, step in enumerate(self.program.steps):
            self.writeHelpers(index, step)
        for thread in reversed(range(self.program.threads)):
            self.writeThread(thread)

    # --- declarations ---

    def declare(self):
        fields = {"record": [], "block": []}
        for variable in self.program.variables:
            holder = variable.place.replace("->", ".").split(".")[0]
            array = f"[{variable.count}]" if variable.count > 1 else ""
            if holder in fields:
                fields[holder].append(f"{TYPES[variable.size]} {variable.name}{array};")
            else:
                self.text.add(f"static KEPT {TYPES[variable.size]} {self.prefix}{variable.name}{array};")
        for holder, star in (("record", ""), ("block", "*")):
            members = " ".join(fields[holder]) or "char unused;"
            self.text.add(f"static KEPT struct {self.prefix}{holder} {{ {members} }} {star}{self.prefix}{holder};")
        self.text.add(f"static pthread_t {self.prefix}threads[{self.program.threads}];")
        for name, kind in self.program.objects.items():
            self.text.add(f"static {self.typeOf(kind)} {self.prefix}{name};")
        for fiber in self.program.hosts:
            self.text.add(f"static void *{self.prefix}fiber{fiber}, *{self.prefix}home{fiber};")

    def typeOf(self, kind):
        if kind.startswith("atomic"):
            return f"_Atomic {TYPES[int(kind.split()[1])]}"
        return {"spin": "pthread_spinlock_t", "semaphore": "sem_t", "credits": "sem_t", "rwlock": "pthread_rwlock_t",
                "condition": "pthread_cond_t", "ready": "int", "once": "pthread_once_t"}.get(
                    kind, "pthread_barrier_t" if kind.startswith("barrier") else "pthread_mutex_t")

    def begin(self, name, kind):
        place = f"&{self.prefix}{name}"
        if kind in MUTEX_KINDS:
            return (f"pthread_mutexattr_t a; pthread_mutexattr_init(&a); "
                    f"pthread_mutexattr_settype(&a, PTHREAD_MUTEX_{MUTEX_KINDS[kind]}); pthread_mutex_init({place}, &a);")
        if kind.startswith("barrier"):
            return f"pthread_barrier_init({place}, 0, {kind.split()[1]});"
        return {"spin": f"pthread_spin_init({place}, 0);", "semaphore": f"sem_init({place}, 0, 1);",
                "credits": f"sem_init({place}, 0, 0);", "rwlock": f"pthread_rwlock_init({place}, 0);",
                "condition": f"pthread_cond_init({place}, 0);"}.get(kind, "")

    # --- accesses ---

    def place(self, access, element):
        variable = access.variable
        text = self.prefix + variable.place
        return f"{text}[{element}]" if variable.count > 1 else text

    def statement(self, access):
        place = self.place(access, access.first)
        if access.count > 1:
            return f"memset(&{place}, 1, {access.count * access.variable.size});"
        if access.variable.size == 16:
            return {"read": f"{{ Pair pair = {place}; use(pair.first + pair.second); }}",
                    "write": f"{place} = (Pair){{1, 2}};",
                    "rmw": f"{place}.first += 1; {place}.second += 1;"}[access.how]
        return {"read": f"use((long){place});", "write": f"{place} = 7;", "rmw": f"{place} += 1;"}[access.how]

    def writeHelpers(self, index, step):
        """Functions in which accesses stand that are not in the thread's own function."""
        name = f"{self.prefix}call{step.number}"
        if step.op == "once_first":
            line = self.text.add(f"static void {name}(void) {{ {self.statement(step.access)} }}")
        elif step.access and step.form in ("call", "nested"):
            line = self.text.add(f"static __attribute__((noinline)) void {name}(void) {{ {self.statement(step.access)} }}")
        else:
            return
        self.where[step.number] = line
        if step.form == "nested":
            self.text.add(f"static __attribute__((noinline)) void {name}outer(void) {{ {name}(); use(1); }}")

    def access(self, step, _access):
        name = f"{self.prefix}call{step.number}"
        return {"call": f"{name}();", "nested": f"{name}outer();",
                "loop": f"for (int i = 0; i < 3; ++i) {{ {self.statement(step.access)} use(i); }}"}.get(
                    step.form, self.statement(step.access))

    # --- synchronisation ---

    def form(self, step, plain, attempt, timed):
        call = {"try": attempt, "timed": timed}.get(step.form) or plain
        return f"MUST({call});"

    def lock(self, step, name):
        place = f"&{self.prefix}{name}"
        if self.program.objects[name] == "spin":
            return self.form(step, f"pthread_spin_lock({place})", f"pthread_spin_trylock({place})", "")
        return self.form(step, f"pthread_mutex_lock({place})", f"pthread_mutex_trylock({place})",
                         f"pthread_mutex_timedlock({place}, &farFuture)")

    def unlock(self, step, name):
        kind = "spin" if self.program.objects[name] == "spin" else "mutex"
        return f"MUST(pthread_{kind}_unlock(&{self.prefix}{name}));"

    def rdlock(self, step, name, how="rd"):
        place = f"&{self.prefix}{name}"
        return self.form(step, f"pthread_rwlock_{how}lock({place})", f"pthread_rwlock_try{how}lock({place})",
                         f"pthread_rwlock_timed{how}lock({place}, &farFuture)")

    def wrlock(self, step, name):
        return self.rdlock(step, name, "wr")

    def rdunlock(self, step, name):
        return f"MUST(pthread_rwlock_unlock(&{self.prefix}{name}));"

    wrunlock = rdunlock

    def wait(self, step, name):
        place = f"&{self.prefix}{name}"
        return self.form(step, f"sem_wait({place})", f"sem_trywait({place})", f"sem_timedwait({place}, &farFuture)")

    def post(self, step, name):
        return f"MUST(sem_post(&{self.prefix}{name}));"

    def leave(self, step, name):
        return ""

    def cond_woken(self, step, *_):
        return ""

    def cond_signal(self, step, condition, ready):
        return f"{self.prefix}{ready} = 1; pthread_cond_signal(&{self.prefix}{condition});"

    def once_first(self, step, name, _access):
        return f"pthread_once(&{self.prefix}{name}, {self.prefix}call{step.number});"

    def once_again(self, step, name):
        return f"pthread_once(&{self.prefix}{name}, abort);"

    def create(self, step, thread):
        return f"MUST(pthread_create(&{self.prefix}threads[{thread}], 0, {self.prefix}thread{thread}, 0));"

    def join(self, step, thread):
        return f"MUST(pthread_join({self.prefix}threads[{thread}], 0));"

    def load(self, step, name, order):
        place = f"&{self.prefix}{name}"
        if step.form == "failed cas":
            kind = TYPES[int(self.program.objects[name].split()[1])]
            return (f"{{ {kind} old = 99; MUST(atomic_compare_exchange_strong_explicit({place}, &old, 98, "
                    f"memory_order_{order}, memory_order_{order})); }}")
        return f"use((long)atomic_load_explicit({place}, memory_order_{order}));"

    def store(self, step, name, order):
        return f"atomic_store_explicit(&{self.prefix}{name}, 1, memory_order_{order});"

    def rmw(self, step, name, order):
        place = f"&{self.prefix}{name}"
        if step.form == "cas":
            kind = TYPES[int(self.program.objects[name].split()[1])]
            return (f"{{ {kind} old = atomic_load_explicit({place}, memory_order_relaxed); "
                    f"MUST(!atomic_compare_exchange_strong_explicit({place}, &old, old + 1, memory_order_{order}, "
                    "memory_order_relaxed)); }")
        call = "atomic_exchange_explicit" if step.form == "exchange" else "atomic_fetch_add_explicit"
        return f"use((long){call}({place}, 2, memory_order_{order}));"

    def fence(self, step, order):
        return f"atomic_thread_fence(memory_order_{order});"

    # --- fibers: one stack serves all, since only the detector has to believe in them ---

    def fiber(self, step, fiber):
        return f"{self.prefix}home{fiber} = snag_fiber_current(); {self.prefix}fiber{fiber} = snag_fiber_create();"

    def switch(self, step, target, how):
        place = f"{self.prefix}fiber{target}" if target in self.program.hosts else f"{self.prefix}home{step.thread}"
        return f"snag_fiber_switch_to({place}, {int(how == 'unordered')});"

    def fiber_end(self, step, fiber):
        return f"snag_fiber_destroy({self.prefix}fiber{fiber});"

    # --- threads ---

    def arrive(self, name):
        return f"pthread_barrier_wait(&{self.prefix}{name});"

    def cond_wait(self, step, condition, mutex, ready):
        arguments = f"&{self.prefix}{condition}, &{self.prefix}{mutex}"
        call = f"pthread_cond_timedwait({arguments}, &farFuture)" if step.form == "timed" else \
            f"pthread_cond_wait({arguments})"
        return f"do MUST({call}); while (!{self.prefix}{ready});"

    def writeStep(self, index, step):
        """A step that may block passes the turn on before it does; the step after it waits for its own turn."""
        if step.op == "arrive":
            self.text.add(f"  turn({index}); done(); {self.arrive(*step.args)}")
        elif step.op == "cond_wait":
            self.text.add(f"  turn({index}); done(); {self.cond_wait(step, *step.args)}")
        else:
            line = self.text.add(f"  turn({index}); {getattr(self, step.op)(step, *step.args)} done();")
            if step.access:
                self.where.setdefault(step.number, line)

    def writeThread(self, thread):
        self.text.add(f"static void* {self.prefix}thread{thread}(void* unused) {{")
        if thread == 0:
            self.text.add(f"  {self.prefix}block = malloc(sizeof *{self.prefix}block);")
            for name, kind in self.program.objects.items():
                self.text.add(f"  {{ {self.begin(name, kind)} }}")
        for index, step in enumerate(self.program.steps):
            if self.program.hosts.get(step.thread, step.thread) == thread:
                self.writeStep(index, step)
        # What a fiber did before a switch without order races with the free as well, which the oracle does not look at.
        if thread == 0 and not any(step.op == "switch" and "unordered" in step.args for step in self.program.steps):
            self.text.add(f"  free({self.prefix}block);")
        self.text.add("  return 0;")
        self.text.add("}")
