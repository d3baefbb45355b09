// Happens-before from its definition: events, edges between them and everything that follows by transitivity. No
// clocks.
//
// It remembers every access to every byte for as long as no later access stands for it, and says "race" for each
// remembered access that conflicts with the current one and does not happen before it. Slow and plain on purpose.
#ifndef SNAG_TESTS_MODEL_NAIVE_MODEL_H
#define SNAG_TESTS_MODEL_NAIVE_MODEL_H

#include <bitset>
#include <compare>
#include <map>
#include <set>
#include <vector>

#include "trace.h"

namespace snag::model {

// One racing pair as the detector counts them: the current event, one word, and what one earlier segment did there.
struct TraceRace {
  uint32_t event;    // index in the trace
  uint32_t word;     // offset of the eight bytes
  uint32_t thread;   // of the earlier access
  uint32_t segment;  // of the earlier access: see NaiveModel::segmentOf
  bool isWrite;      // the earlier access
  bool isAtomic;     // the earlier access

  auto operator<=>(const TraceRace&) const = default;
};

// Which bytes of the word race, as masks. Those in `required` race with an access that nothing later stands for; a
// detector may name the others as well, for it need not notice everywhere that something stands for them.
struct RacingBytes {
  uint8_t required = 0;
  uint8_t allowed = 0;
};

class NaiveModel {
 public:
  static constexpr size_t kMaxEvents = 1024;
  // Whether a detector must notice at once that a read stands for an earlier read.
  explicit NaiveModel(bool noticesReads = true) : noticesReads_(noticesReads) {}

  // Performs the event; the races it completes are in races() afterwards.
  void perform(const Event& event);
  const std::map<TraceRace, RacingBytes>& races() const { return races_; }

  // Whether the event with the first index happens before the one with the second (later) one.
  bool happensBefore(uint32_t earlier, uint32_t later) const { return past_[later][earlier]; }
  // How many releases the event's thread had performed before it. Some do not count: a thread that gives a lock back
  // and takes it again, unseen by others, goes on with the segment it was in; what it did in between has its own.
  uint32_t segmentOf(uint32_t event) const { return segments_[event]; }
  // The same, but for a segment that has gone on after another one: the number of that. Atomic accesses go by it.
  uint32_t epochOf(uint32_t event) const { return epochs_[event]; }

 private:
  using Events = std::set<uint32_t>;
  using Past = std::bitset<kMaxEvents>;

  struct Access {
    uint32_t event, thread, segment;
    bool isWrite, isAtomic;
    uint8_t bytes;           // of its word, for atomics: the location is known by them
    bool redundant = false;  // something later stands for it: whoever races with it races with that
  };
  struct Thread {
    Events last;          // its latest event, or what it starts after
    Events acquireFence;  // releases that relaxed loads have read from
    Events releaseFence;  // its latest release fence
    uint32_t segment = 0;
    uint32_t segments = 0;  // how many it has begun
    uint32_t epoch = 0;     // by which its atomic accesses are known: the segment's, unless it went on after others
    uint32_t ignoring = 0;
    bool hasActed = false;     // in its segment
    bool hasAccessed = false;  // plainly, in its segment
    Events givenBack;          // the release of a lock that ended a segment that it may go on with
  };
  struct Sync {
    Events byWriters, byReaders;  // releases; locks tell the two apart
  };

  void after(const Events& sources);
  void learn(const Events& releases);
  void takeBack(Thread& thread, const Events& releases);
  void performAtomic(const Event& event, Thread& thread);
  void access(const Event& event, Thread& thread);
  static void beginSegment(Thread& thread);
  void forget(uint32_t start, uint32_t end);
  void giveBack(uint32_t start, uint32_t end);
  void checkByte(uint32_t address, const Access& now);
  void repeat(std::vector<Access>& history, const Access& now);
  void rememberAtomic(std::vector<Access>& history, const Access& now);
  void rememberPlain(std::vector<Access>& history, const Access& now);
  void dropSync(uint32_t start, uint32_t end);
  void countRace(uint32_t address, const Access& earlier);

  const bool noticesReads_;
  uint32_t now_ = 0;
  std::vector<Past> past_;          // for each event, all that happens before it
  std::vector<uint32_t> segments_;  // for each event
  std::vector<uint32_t> epochs_;    // likewise
  Events learned_;                  // releases of locks and objects that somebody has acquired
  std::map<uint32_t, Thread> threads_;
  std::map<uint32_t, Sync> syncs_;                  // by address of the lock or object
  std::map<uint32_t, Events> messages_;             // by byte: what an acquire load of it learns
  std::map<uint32_t, std::vector<Access>> memory_;  // by byte: remembered accesses
  std::map<TraceRace, RacingBytes> races_;
};

}  // namespace snag::model

#endif  // SNAG_TESTS_MODEL_NAIVE_MODEL_H
