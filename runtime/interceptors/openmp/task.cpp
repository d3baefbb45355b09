#include "interceptors/openmp/task.h"

namespace snag::openmp {
namespace {

// Whether a task that depends in this way waits for an earlier one that depends in that way. Tasks of a mutexinoutset
// may run in any order, but not at the same time.
constexpr bool waitsFor(DependenceKind kind, DependenceKind earlier) {
  const bool isShared = kind == DependenceKind::In || kind == DependenceKind::Set;
  return !isShared || kind != earlier;
}

void deleteChain(DependenceObject* object) {
  while (object != nullptr) {
    DependenceObject* next = object->next;
    arenaDelete(object);
    object = next;
  }
}

}  // namespace

// --- teams ----------------------------------------------------------------------------------------------

Team::~Team() { arenaDelete(iterations_.load(std::memory_order_relaxed)); }

SyncClock& Team::iteration(uint64_t hash) {
  Iterations* known = iterations_.load(std::memory_order_acquire);
  if (known == nullptr) {
    auto* made = arenaNew<Iterations>();
    if (iterations_.compare_exchange_strong(known, made, std::memory_order_acq_rel))
      known = made;
    else
      arenaDelete(made);
  }
  return known->clocks[hash % kIterations];
}

// --- tasks ----------------------------------------------------------------------------------------------

Task::Task(Task* parent, Team* team)
    : parent_(parent != nullptr ? parent->hold() : nullptr),
      team_(team != nullptr ? team->hold() : nullptr),
      group_(parent != nullptr && parent->group_ != nullptr ? parent->group_->hold() : nullptr),
      ownGroup_(group_ != nullptr ? group_->hold() : nullptr) {
  if (parent != nullptr) created_.release();
}

Task::~Task() {
  while (group_ != nullptr && group_ != ownGroup_) endGroup();
  if (group_ != nullptr) group_->drop();
  if (ownGroup_ != nullptr) ownGroup_->drop();
  while (Dependence* dependence = dependences_) {
    dependences_ = dependence->next;
    arenaDelete(dependence);
  }
  if (objects_ != nullptr)
    for (DependenceObject* object : objects_->buckets) deleteChain(object);
  arenaDelete(objects_);
  if (parent_ != nullptr) parent_->drop();
  if (team_ != nullptr) team_->drop();
}

void Task::enterBarrier() {
  if (team_ != nullptr) team_->barrier[barriers_ & 1].release();
}

void Task::leaveBarrier() {
  if (team_ != nullptr) team_->barrier[barriers_++ & 1].acquire();
}

// --- dependences ----------------------------------------------------------------------------------------

// On the parent: found or made.
DependenceObject* Task::dependenceObject(uintptr_t address) {
  SpinGuard guard(objectsLock_);
  if (objects_ == nullptr) objects_ = arenaNew<Objects>();
  DependenceObject*& head = objects_->buckets[(address >> 3) % Objects::kBuckets];
  for (DependenceObject* object = head; object != nullptr; object = object->next)
    if (object->address == address) return object;
  auto* made = arenaNew<DependenceObject>();
  made->address = address;
  made->next = head;
  return head = made;
}

void Task::addDependence(uintptr_t address, DependenceKind kind) {
  if (parent_ == nullptr) return;
  auto* dependence = arenaNew<Dependence>();
  dependence->object = parent_->dependenceObject(address);
  dependence->kind = kind;
  dependence->next = dependences_;
  dependences_ = dependence;
}

// Objects stay where they are until the parent goes. Those on all memory visit every object there is.
template <typename Visit>
void Task::forEachDependence(Visit&& visit) {
  for (Dependence* dependence = dependences_; dependence != nullptr; dependence = dependence->next)
    visit(*dependence->object, dependence->kind);
  if (!dependsOnAll_ || parent_ == nullptr) return;
  SpinGuard guard(parent_->objectsLock_);
  if (parent_->objects_ == nullptr) return;
  for (DependenceObject* object : parent_->objects_->buckets)
    for (; object != nullptr; object = object->next) visit(*object, DependenceKind::Out);
}

void Task::start() {
  created_.acquire();
  if (isUntied) resumption.acquire();
  forEachDependence([](DependenceObject& object, DependenceKind kind) {
    for (size_t i = 0; i < kDependenceKinds; ++i)
      if (waitsFor(kind, static_cast<DependenceKind>(i))) object.done[i].acquire();
  });
  if (parent_ != nullptr && (dependences_ != nullptr || dependsOnAll_)) parent_->onAll_.acquire();
}

void Task::complete(const Task* executor) {
  if (parent_ == nullptr) return;
  parent_->children_.release();
  if (ownGroup_ != nullptr) ownGroup_->completed.release();
  forEachDependence(
      [](DependenceObject& object, DependenceKind kind) { object.done[static_cast<size_t>(kind)].release(); });
  if (dependsOnAll_) parent_->onAll_.release();
  // The team's next barrier waits for the task: the one at which the executing thread is, or will be next.
  if (team_ == nullptr) return;
  const bool isKnown = executor != nullptr && executor->team_ == team_;
  if (!isKnown || (executor->barriers_ & 1) == 0) team_->barrier[0].release();
  if (!isKnown || (executor->barriers_ & 1) == 1) team_->barrier[1].release();
}

// --- groups ---------------------------------------------------------------------------------------------

void Task::beginGroup() {
  auto* inner = arenaNew<TaskGroup>();
  inner->outer = group_;
  group_ = inner;
}

void Task::endGroup() {
  if (group_ == ownGroup_) return;
  TaskGroup* ended = group_;
  ended->completed.acquire();
  group_ = ended->outer;
  ended->drop();
}

}  // namespace snag::openmp
