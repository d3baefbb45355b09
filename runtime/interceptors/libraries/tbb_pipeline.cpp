// oneTBB's pipelines: the library hands items from filter to filter, and lets a serial filter work on one item after
// another, through structures that nobody sees. A filter works through its virtual function, which the program has;
// while a pipeline runs, its filters have tables of virtual functions of ours. So have the nodes that make the filters.
#include "interceptors/libraries/library_model.h"
#include "interceptors/openmp/sync_clock.h"

using namespace snag;
using namespace snag::library;

extern "C" {
void _ZN3tbb6detail2r117parallel_pipelineERNS0_2d118task_group_contextEmRKNS2_11filter_nodeE(void* context,
                                                                                             size_t tokens, void* node);
void* _ZN3tbb6detail2r115allocate_memoryEm(size_t bytes);
void* _ZN3tbb6detail2r122cache_aligned_allocateEm(size_t bytes);
}

namespace {

SNAG_REAL(_ZN3tbb6detail2r117parallel_pipelineERNS0_2d118task_group_contextEmRKNS2_11filter_nodeE);
SNAG_REAL(_ZN3tbb6detail2r115allocate_memoryEm);
SNAG_REAL(_ZN3tbb6detail2r122cache_aligned_allocateEm);

// --- items between two filters --------------------------------------------------------------------------

// What was done with an item before the filter got it. An item is a pointer or a small value: several may be alike.
class Waiting {
 public:
  ~Waiting() {
    for (Entry* entry : buckets_)
      while (entry != nullptr) {
        Entry* next = entry->next;
        arenaDelete(entry);
        entry = next;
      }
  }
  void put(const void* item) {
    RuntimeScope scope;
    if (!scope) return;
    SpinGuard guard(lock_);
    Entry*& head = bucket(item);
    Entry* entry = head;
    while (entry != nullptr && entry->item != item) entry = entry->next;
    if (entry == nullptr) {
      entry = arenaNew<Entry>();
      entry->item = item;
      entry->next = head;
      head = entry;
    }
    ++entry->count;
    detector().releaseTo(scope.thread(), entry->clock);
  }
  void take(const void* item) {
    RuntimeScope scope;
    if (!scope) return;
    SpinGuard guard(lock_);
    for (Entry** link = &bucket(item); *link != nullptr; link = &(*link)->next) {
      Entry* entry = *link;
      if (entry->item != item) continue;
      detector().acquireFrom(scope.thread(), entry->clock);
      if (--entry->count != 0) return;
      *link = entry->next;
      arenaDelete(entry);
      return;
    }
  }

 private:
  struct Entry {
    const void* item = nullptr;
    size_t count = 0;
    VectorClock clock;
    Entry* next = nullptr;
  };
  static constexpr size_t kBuckets = 64;
  Entry*& bucket(const void* item) { return buckets_[addressOf(item) * 0x9e37'79b9'7f4a'7c15 >> 58]; }

  SpinLock lock_;  // protects the rest
  Entry* buckets_[kBuckets] = {};
};

// --- filters --------------------------------------------------------------------------------------------

struct Stage;

// Lives while the library's function runs.
struct Pipeline {
  Stage* first = nullptr;
  Stage* last = nullptr;  // changes only while the filters are made
  SyncClock begin;        // what happened before
  SyncClock ended;        // what was done with items that are through: they make room for others
  SyncClock all;          // what all filters did
};

// Every filter begins so; the library has the others.
struct Filter {
  void* const* table;
  void* unused[2];
  unsigned mode;
  bool isSerial() const { return (mode & 1) != 0; }
};
enum FilterFunction { kWork, kDestroy, kDelete, kFinalize, kFilterFunctions };
using Work = void* (*)(Filter* filter, void* item);
using Destroy = void (*)(Filter* filter);
using Finalize = void (*)(Filter* filter, void* item);

// Of one filter in one pipeline; its end is the filter's.
struct Stage {
  void* const* original;
  Pipeline* pipeline;
  Stage* next = nullptr;
  Waiting waiting;
  SyncClock turns;  // of a serial filter, one after another
  void* information[2];
  void* functions[kFilterFunctions];
};
Stage& stageOf(const Filter* filter) {
  return *reinterpret_cast<Stage*>(addressOf(filter->table) - offsetof(Stage, functions));
}

void* work(Filter* filter, void* item) {
  Stage& stage = stageOf(filter);
  Pipeline& pipeline = *stage.pipeline;
  pipeline.begin.acquire();
  if (&stage == pipeline.first)
    pipeline.ended.acquire();
  else
    stage.waiting.take(item);
  if (filter->isSerial()) stage.turns.acquire();
  void* result = reinterpret_cast<Work>(stage.original[kWork])(filter, item);
  if (filter->isSerial()) stage.turns.release();
  if (stage.next != nullptr)
    stage.next->waiting.put(result);
  else
    pipeline.ended.release();
  pipeline.all.release();
  return result;
}

// Of an item that does not get further because the pipeline was cancelled.
void finalize(Filter* filter, void* item) {
  Stage& stage = stageOf(filter);
  stage.pipeline->all.acquire();
  reinterpret_cast<Finalize>(stage.original[kFinalize])(filter, item);
  stage.pipeline->all.release();
}

void destroy(Filter* filter) {
  Stage& stage = stageOf(filter);
  stage.pipeline->all.acquire();
  reinterpret_cast<Destroy>(stage.original[kDestroy])(filter);
  arenaDelete(&stage);
}

void follow(Pipeline& pipeline, Filter* filter) {
  auto* stage = arenaNew<Stage>();
  stage->original = filter->table;
  stage->pipeline = &pipeline;
  stage->information[0] = filter->table[-2];
  stage->information[1] = filter->table[-1];
  stage->functions[kWork] = reinterpret_cast<void*>(work);
  stage->functions[kDestroy] = reinterpret_cast<void*>(destroy);
  stage->functions[kDelete] = filter->table[kDelete];
  stage->functions[kFinalize] = reinterpret_cast<void*>(finalize);
  (pipeline.last != nullptr ? pipeline.last->next : pipeline.first) = stage;
  pipeline.last = stage;
  filter->table = stage->functions;
}

// --- nodes that make filters ----------------------------------------------------------------------------

constinit thread_local Pipeline* pipelineInTheMaking = nullptr;

// Nodes are shared by pipelines, and each makes its filter once for each of them.
struct Node {
  void* const* table;
  intptr_t references;
  Node *left, *right;
};
enum NodeFunction { kMake, kDestroyNode, kDeleteNode, kNodeFunctions };
using Make = Filter* (*)(const Node* node);

// One for each class of nodes, kept for good.
struct NodeTable {
  void* const* original;
  NodeTable* next;
  void* information[2];
  void* functions[kNodeFunctions];
};
constinit SpinLock nodeTablesLock;
constinit NodeTable* nodeTables = nullptr;  // by nodeTablesLock

Filter* makeFilter(const Node* node) {
  auto& table = *reinterpret_cast<NodeTable*>(addressOf(node->table) - offsetof(NodeTable, functions));
  Filter* filter = reinterpret_cast<Make>(table.original[kMake])(node);
  if (filter != nullptr && pipelineInTheMaking != nullptr) follow(*pipelineInTheMaking, filter);
  return filter;
}

void followNode(Node& node) {
  if (node.left != nullptr && node.right != nullptr) {
    followNode(*node.left);
    followNode(*node.right);
    return;
  }
  SpinGuard guard(nodeTablesLock);
  NodeTable* table = nodeTables;
  while (table != nullptr && table->original != node.table && table->functions != node.table) table = table->next;
  if (table == nullptr) {
    table = nodeTables = arenaNew<NodeTable>(NodeTable{node.table, nodeTables, {node.table[-2], node.table[-1]}, {}});
    for (size_t i = 0; i < kNodeFunctions; ++i) table->functions[i] = node.table[i];
    table->functions[kMake] = reinterpret_cast<void*>(makeFilter);
  }
  node.table = table->functions;
}

// The library hands out again what came back from other threads unseen.
void* noteNew(void* memory, size_t bytes) {
  if (RuntimeScope scope; scope && memory != nullptr) detector().forgetRange(addressOf(memory), bytes);
  return memory;
}

}  // namespace

SNAG_INTERCEPTOR void _ZN3tbb6detail2r117parallel_pipelineERNS0_2d118task_group_contextEmRKNS2_11filter_nodeE(
    void* context, size_t tokens, void* node) {
  if (!runtimeIsActive())
    return real__ZN3tbb6detail2r117parallel_pipelineERNS0_2d118task_group_contextEmRKNS2_11filter_nodeE(context, tokens,
                                                                                                        node);
  auto* pipeline = arenaNew<Pipeline>();
  followNode(*static_cast<Node*>(node));
  pipeline->begin.release();
  Pipeline* outer = pipelineInTheMaking;
  pipelineInTheMaking = pipeline;
  real__ZN3tbb6detail2r117parallel_pipelineERNS0_2d118task_group_contextEmRKNS2_11filter_nodeE(context, tokens, node);
  pipelineInTheMaking = outer;
  pipeline->all.acquire();
  arenaDelete(pipeline);
}

SNAG_INTERCEPTOR void* _ZN3tbb6detail2r115allocate_memoryEm(size_t bytes) {
  return noteNew(real__ZN3tbb6detail2r115allocate_memoryEm(bytes), bytes);
}
SNAG_INTERCEPTOR void* _ZN3tbb6detail2r122cache_aligned_allocateEm(size_t bytes) {
  return noteNew(real__ZN3tbb6detail2r122cache_aligned_allocateEm(bytes), bytes);
}
