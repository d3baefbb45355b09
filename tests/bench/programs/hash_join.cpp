// Bench: groups=kernels; args=10000000; quick=150000; valgrind=20000
// Joins orders with customers: both are split by hash, then each thread joins the partitions it owns in a hash table
// with open addressing.
#include "../support.h"

#include <barrier>

struct Customer {
  uint32_t id, region;
};

struct Order {
  uint32_t customer, amount;
};

constexpr int kRegions = 16;
constexpr int kPartitions = 32;

static uint32_t hashOf(uint32_t key) { return key * 2654435761u; }
static int partitionOf(uint32_t key) { return int(hashOf(key) >> 27); }

template <class Row>
using Partitions = std::vector<std::vector<Row>>;

class Table {
 public:
  explicit Table(size_t rows) {
    size_t size = 16;
    while (size < 2 * rows) size *= 2;
    slots_.resize(size);
  }

  void insert(Customer customer) { *find(customer.id) = customer; }
  uint32_t regionOf(uint32_t id) { return find(id)->region; }

 private:
  Customer* find(uint32_t id) {
    size_t slot = hashOf(id) & (slots_.size() - 1);
    while (slots_[slot].id != id && slots_[slot].id != 0) slot = (slot + 1) & (slots_.size() - 1);
    return &slots_[slot];
  }

  std::vector<Customer> slots_;
};

static void join(std::vector<Partitions<Customer>>& customers, std::vector<Partitions<Order>>& orders, int partition,
                 std::vector<uint64_t>& revenue) {
  size_t rows = 0;
  for (auto& part : customers) rows += part[partition].size();
  Table table(rows);
  for (auto& part : customers)
    for (Customer customer : part[partition]) table.insert(customer);
  for (auto& part : orders)
    for (Order order : part[partition]) revenue[table.regionOf(order.customer)] += order.amount;
}

int main(int argc, char** argv) {
  long orderCount = argumentOr(argc, argv, 1, 10000000), customerCount = orderCount / 8;
  int threads = int(argumentOr(argc, argv, 2, 2));
  std::vector<Partitions<Customer>> customers(threads, Partitions<Customer>(kPartitions));
  std::vector<Partitions<Order>> orders(threads, Partitions<Order>(kPartitions));
  std::vector<std::vector<uint64_t>> revenue(threads, std::vector<uint64_t>(kRegions));
  std::barrier splitDone(threads);
  onThreads(threads, [&](int index) {
    Range mine = shareOf(customerCount, threads, index);
    for (long id = mine.first + 1; id <= mine.last; ++id)
      customers[index][partitionOf(uint32_t(id))].push_back({uint32_t(id), uint32_t(id * 7 % kRegions)});
    mine = shareOf(orderCount, threads, index);
    for (long i = mine.first; i < mine.last; ++i) {
      uint64_t seed = uint64_t(i) + 1;
      uint32_t customer = uint32_t(1 + randomBelow(&seed, uint64_t(customerCount)));
      orders[index][partitionOf(customer)].push_back({customer, uint32_t(randomBelow(&seed, 1000))});
    }
    splitDone.arrive_and_wait();
    mine = shareOf(kPartitions, threads, index);
    for (long i = mine.first; i < mine.last; ++i) join(customers, orders, int(i), revenue[index]);
  });
  uint64_t sum = 0;
  for (int region = 0; region < kRegions; ++region) {
    uint64_t total = 0;
    for (auto& part : revenue) total += part[region];
    sum = fold(sum, total);
  }
  printChecksum(sum);
}
