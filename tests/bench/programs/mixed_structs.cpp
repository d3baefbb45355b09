// Bench: groups=kernels; args=200000 400; quick=30000 15; valgrind=3000 10
// Passes over an array of small records with fields of several sizes; each thread updates its part and reads a shared
// table of rates.
#include "../support.h"

struct Item {
  int price;
  bool sold;
  char kind;
  short quantity;
  bool reserved;
  char region;
  int visits;
};

struct Rate {
  bool open;
  char discount;
  int limit;
};

static void update(Item& item, const Rate& rate) {
  ++item.visits;
  if (item.sold) {
    item.sold = --item.quantity > 0;
    item.reserved = false;
  } else if (rate.open && item.price < rate.limit) {
    item.reserved = item.kind != 'x';
    item.price += rate.discount;
    item.quantity = short(item.quantity + 1);
  } else {
    item.sold = item.reserved;
    item.price -= item.region;
    item.region = char('a' + (item.visits + item.region) % 16);
  }
}

static Item randomItem(uint64_t* seed) {
  Item item{};
  item.price = int(randomBelow(seed, 1000));
  item.sold = randomBelow(seed, 2);
  item.kind = char('a' + randomBelow(seed, 26));
  item.quantity = short(randomBelow(seed, 10));
  item.region = char('a' + randomBelow(seed, 16));
  return item;
}

int main(int argc, char** argv) {
  long count = argumentOr(argc, argv, 1, 200000), rounds = argumentOr(argc, argv, 2, 400);
  int threads = int(argumentOr(argc, argv, 3, 2));
  uint64_t seed = 29;
  std::vector<Item> items(count);
  for (Item& item : items) item = randomItem(&seed);
  std::vector<Rate> rates(16);
  for (Rate& rate : rates)
    rate = {randomBelow(&seed, 4) > 0, char(randomBelow(&seed, 20)), int(randomBelow(&seed, 1000))};
  onThreads(threads, [&](int index) {
    Range mine = shareOf(count, threads, index);
    for (long round = 0; round < rounds; ++round)
      for (long i = mine.first; i < mine.last; ++i) update(items[i], rates[size_t(items[i].region - 'a') % 16]);
  });
  uint64_t sum = 0;
  for (const Item& item : items) sum = fold(fold(sum, uint64_t(item.price)), uint64_t(item.quantity) + item.sold);
  printChecksum(sum);
}
