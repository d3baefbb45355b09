// Bench: groups=kernels pointer-chasing; args=300000 12; quick=40000 2; valgrind=4000 1
// Breadth-first search, level by level; threads claim vertices with compare-exchange and collect their own frontier.
#include "../support.h"

#include <atomic>
#include <barrier>

struct Graph {
  std::vector<uint32_t> firstEdge, target;
};

static Graph randomGraph(long vertices) {
  Graph graph;
  uint64_t seed = 5;
  for (long vertex = 0; vertex < vertices; ++vertex) {
    graph.firstEdge.push_back(uint32_t(graph.target.size()));
    graph.target.push_back(uint32_t((vertex + 1) % vertices));
    for (uint64_t i = randomBelow(&seed, 12); i > 0; --i)
      graph.target.push_back(uint32_t(randomBelow(&seed, uint64_t(vertices))));
  }
  graph.firstEdge.push_back(uint32_t(graph.target.size()));
  return graph;
}

class Search {
 public:
  Search(const Graph& graph, int threads, uint32_t start)
      : graph_(graph), threads_(threads), level_(graph.firstEdge.size() - 1), next_(threads), phase_(threads) {
    for (auto& level : level_) level.store(-1, std::memory_order_relaxed);
    level_[start].store(0, std::memory_order_relaxed);
    frontier_ = {start};
  }

  void run(int index) {
    for (int level = 1; !frontier_.empty(); ++level) {
      Range mine = shareOf(long(frontier_.size()), threads_, index);
      for (long i = mine.first; i < mine.last; ++i) visitNeighbours(frontier_[i], level, next_[index]);
      phase_.arrive_and_wait();
      if (index == 0) gatherFrontier();
      phase_.arrive_and_wait();
    }
  }

  uint64_t checksum() const {
    uint64_t sum = 0;
    for (auto& level : level_) sum = fold(sum, uint64_t(level.load(std::memory_order_relaxed)));
    return sum;
  }

 private:
  void visitNeighbours(uint32_t vertex, int level, std::vector<uint32_t>& found) {
    for (uint32_t edge = graph_.firstEdge[vertex]; edge < graph_.firstEdge[vertex + 1]; ++edge) {
      std::atomic<int>& reached = level_[graph_.target[edge]];
      int unvisited = -1;
      if (reached.load(std::memory_order_relaxed) < 0 && reached.compare_exchange_strong(unvisited, level))
        found.push_back(graph_.target[edge]);
    }
  }

  void gatherFrontier() {
    frontier_.clear();
    for (auto& part : next_) {
      frontier_.insert(frontier_.end(), part.begin(), part.end());
      part.clear();
    }
  }

  const Graph& graph_;
  int threads_;
  std::vector<std::atomic<int>> level_;
  std::vector<uint32_t> frontier_;
  std::vector<std::vector<uint32_t>> next_;
  std::barrier<> phase_;
};

int main(int argc, char** argv) {
  long vertices = argumentOr(argc, argv, 1, 300000), searches = argumentOr(argc, argv, 2, 12);
  int threads = int(argumentOr(argc, argv, 3, 2));
  Graph graph = randomGraph(vertices);
  uint64_t sum = 0;
  for (long i = 0; i < searches; ++i) {
    Search search(graph, threads, uint32_t(i * 37 % vertices));
    onThreads(threads, [&](int index) { search.run(index); });
    sum = fold(sum, search.checksum());
  }
  printChecksum(sum);
}
