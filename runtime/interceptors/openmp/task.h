// OpenMP's teams and tasks as far as they order memory accesses, whichever OpenMP runtime makes them.
//
// A task runs on the state of the thread that executes it: tasks that one thread executes one after another are ordered
// for Snag although OpenMP does not order them. Everything else is exact: a task learns what its creator knew when it
// made the task and what its dependences bring; who waits for a task learns what it did.
#ifndef SNAG_INTERCEPTORS_OPENMP_TASK_H
#define SNAG_INTERCEPTORS_OPENMP_TASK_H

#include "core/arena.h"
#include "interceptors/openmp/sync_clock.h"

namespace snag::openmp {

// Lives as long as somebody holds a reference; made with one.
template <typename Derived>
class Counted {
 public:
  Derived* hold() {
    users_.fetch_add(1, std::memory_order_relaxed);
    return static_cast<Derived*>(this);
  }
  void drop() {
    if (users_.fetch_sub(1, std::memory_order_acq_rel) == 1) arenaDelete(static_cast<Derived*>(this));
  }

 private:
  std::atomic<uint32_t> users_{1};
};

// The threads of one parallel region.
class Team : public Counted<Team> {
 public:
  ~Team();
  SyncClock start;       // what happened before the region
  SyncClock end;         // what its implicit tasks did
  SyncClock barrier[2];  // of even and of odd barriers: nobody may learn from a barrier that it has not reached yet
  SyncClock ordered;     // of ordered regions, one after another
  // Of a loop's iteration (doacross). Iterations share clocks at random.
  SyncClock& iteration(uint64_t hash);

 private:
  static constexpr uint32_t kIterations = 256;
  struct Iterations {
    SyncClock clocks[kIterations];
  };
  std::atomic<Iterations*> iterations_{nullptr};  // made when the first is asked for
};

struct TaskGroup : Counted<TaskGroup> {
  SyncClock completed;
  TaskGroup* outer = nullptr;
};

enum class DependenceKind : uint8_t { In, Out, Mutex, Set };
inline constexpr size_t kDependenceKinds = 4;

// What tasks that depend on one address in one way left; of one parent, since only siblings depend on each other.
struct DependenceObject {
  uintptr_t address;
  DependenceObject* next;
  SyncClock done[kDependenceKinds];
};

class Task : public Counted<Task> {
 public:
  // `parent` null for implicit and initial tasks, `team` null outside parallel regions.
  Task(Task* parent, Team* team);
  ~Task();

  Team* team() const { return team_; }

  // --- barriers of an implicit task ---
  void enterBarrier();
  void leaveBarrier();
  // Between the two, or right after the second for a thread that leaves before it lets the others go.
  SyncClock* barrierOf(uint32_t passed) { return team_ != nullptr ? &team_->barrier[passed & 1] : nullptr; }
  uint32_t barriersPassed() const { return barriers_; }

  // --- life of an explicit task; start and complete run on the thread that executes it ---
  void addDependence(uintptr_t address, DependenceKind kind);
  void addDependenceOnAll() { dependsOnAll_ = true; }
  void start();
  // `executor`: the implicit task of the executing thread, null if unknown.
  void complete(const Task* executor);

  // --- waiting ---
  void taskwait() { children_.acquire(); }
  void beginGroup();
  void endGroup();
  void waitForGroup() {
    if (group_ != nullptr) group_->completed.acquire();
  }

  // --- implicit tasks of one thread, innermost first; null-terminated ---
  Task* outer = nullptr;

  // What an untied task did before it went on elsewhere.
  SyncClock resumption;
  bool isUntied = false;
  bool isTaskwait = false;  // stands for a taskwait with dependences
  uint32_t dimensions = 0;  // of the doacross loop that it executes

 private:
  struct Dependence {
    DependenceObject* object;
    DependenceKind kind;
    Dependence* next;
  };
  DependenceObject* dependenceObject(uintptr_t address);
  template <typename Visit>
  void forEachDependence(Visit&& visit);

  Task* const parent_;
  Team* const team_;
  TaskGroup* group_ = nullptr;  // innermost one that it is in
  TaskGroup* const ownGroup_;   // in which it was made
  SyncClock created_;
  SyncClock children_;  // what its completed children did
  uint32_t barriers_ = 0;
  bool dependsOnAll_ = false;
  Dependence* dependences_ = nullptr;
  struct Objects {
    static constexpr size_t kBuckets = 512;
    DependenceObject* buckets[kBuckets] = {};
  };
  SpinLock objectsLock_;        // protects the table
  Objects* objects_ = nullptr;  // of its children; made when one has a dependence
  SyncClock onAll_;             // what children that depend on all memory did
};

}  // namespace snag::openmp

#endif  // SNAG_INTERCEPTORS_OPENMP_TASK_H
