// What the pass knows about the memory accesses of one function: filled by collect, thinned by the analyses,
// turned into code by insert. Plain data.
#ifndef SNAG_INSTRUMENT_ACCESS_H
#define SNAG_INSTRUMENT_ACCESS_H

#include "llvm/ADT/SmallVector.h"
#include "llvm/IR/InstrTypes.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Support/Alignment.h"

#include <cstdint>
#include <map>
#include <vector>

namespace llvm {
class Loop;
class SCEV;
}  // namespace llvm

namespace snag {

// How the bytes of an access are given.
enum class AccessShape {
  Fixed,   // `size` bytes at `address`
  Range,   // `sizeValue` bytes at `address`
  Packed,  // as many elements of `size` bytes at `address` as `mask` has active lanes (expandload, compressstore)
  Lanes,   // one element of `size` bytes for each lane that `mask` allows, at consecutive addresses
  Gather,  // the same, at the addresses in the vector `address`
};

// A non-atomic access. The instruction stays as it is; the check goes before `before`.
struct Access {
  llvm::Instruction* instruction;
  llvm::Instruction* before;
  llvm::Value* address;
  AccessShape shape = AccessShape::Fixed;
  uint64_t size = 0;
  llvm::MaybeAlign alignment = std::nullopt;
  uint8_t kind = 0;                    // SNAG_SITE_*
  llvm::Value* sizeValue = nullptr;    // Range
  llvm::Value* mask = nullptr;         // vector shapes; null: every lane
  llvm::Value* activeLanes = nullptr;  // vp.*: lanes at and past this number are inactive; may be null
  unsigned lanes = 0;                  // vector shapes
  bool dropped = false;                // an analysis proved that no check is needed
  bool isGrouped = false;              // its test is its group's
  bool isMoved = false;                // its check is a LoopRun's
  bool callsOut = false;               // its test is in a hook, not inline
  // Filled in before a moved check is inserted: the address, and the bytes if it is a range.
  llvm::Value* checkedAddress = nullptr;
  llvm::Value* checkedBytes = nullptr;
};

// A check in front of a loop: of one place, or of everything that an access (and its copies) touches in all rounds.
struct LoopRun {
  Access* access;
  llvm::Loop* loop;
  const llvm::SCEV* start;   // address in the first round, lowest of the copies
  const llvm::SCEV* rounds;  // how often the loop goes back; null: always the same place
  int64_t step;
  uint64_t bytesPerRound;
};

// Accesses whose inline tests are one, in front of the first of them.
struct AccessGroup {
  llvm::Value* base;
  int64_t start;  // distance from the base to the start of a shadow word's bytes
  bool isWrite;
  std::map<int64_t, uint8_t> words;       // which bytes of the words at these distances from `start` are accessed
  llvm::SmallVector<Access*, 4> members;  // in program order
};

// The source operand that says which operation and order an atomic turned out to be.
struct AtomicAccess {
  llvm::Instruction* instruction;
  llvm::Value* address;
  llvm::Value* size;                  // i64
  uint8_t kind;                       // SNAG_SITE_*, ATOMIC included
  uint32_t operation;                 // SNAG_ATOMIC_*
  llvm::Value* order;                 // i32, C11 numbering
  bool comparesAndExchanges = false;  // then: on failure a load with `failureOrder`
  llvm::Value* failureOrder = nullptr;
};

struct Fence {
  llvm::Instruction* instruction;
  llvm::Value* order;
};

struct FunctionAccesses {
  std::vector<Access> accesses;  // in program order within each block; none is added once groups are formed
  std::vector<AccessGroup> groups;
  std::vector<LoopRun> runs;
  std::vector<AtomicAccess> atomics;
  std::vector<Fence> fences;
  std::vector<llvm::CallBase*> calls;  // may run other instrumented code
  bool empty() const { return accesses.empty() && atomics.empty() && fences.empty() && calls.empty(); }
};

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ACCESS_H
