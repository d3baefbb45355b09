#include "analysis/field_groups.h"

#include "access.h"
#include "analysis/constant_offset.h"
#include "analysis/quiet_calls.h"
#include "snag/hooks.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/Statistic.h"
#include "llvm/Analysis/TargetLibraryInfo.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Function.h"
#include "llvm/IR/Module.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/KnownBits.h"

#include <map>
#include <tuple>

#define DEBUG_TYPE "snag-field-groups"

using namespace llvm;

STATISTIC(NumGroups, "Groups of accesses that are tested together");
STATISTIC(NumGrouped, "Accesses in such groups");

static cl::opt<bool> groupSwitch("snag-field-groups", cl::init(true), cl::Hidden,
                                 cl::desc("Test neighbouring fields together"));

namespace snag {
namespace {

constexpr size_t kMaxWords = 4;
constexpr uint64_t kMaxSize = 32;
constexpr int64_t kWordBytes = 8;

struct Member {
  Access* access;
  int64_t offset;
  unsigned order;  // in the block
};
using Members = SmallVector<Member, 4>;

class Grouper {
 public:
  Grouper(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls, const TargetLibraryInfo& library)
      : layout_(function.getParent()->getDataLayout()),
        function_(function),
        found_(found),
        quietCalls_(quietCalls),
        library_(library) {}

  void run() {
    for (Access& access : found_.accesses)
      if (isCandidate(access)) checksAt_[access.before].push_back(&access);
    for (BasicBlock& block : function_) visit(block);
  }

 private:
  static bool isCandidate(const Access& access) {
    return !access.dropped && !access.isMoved && !access.callsOut && access.shape == AccessShape::Fixed &&
           access.size <= kMaxSize && isPowerOf2_64(access.size);
  }

  void visit(BasicBlock& block) {
    unsigned order = 0;
    for (Instruction& instruction : block) {
      if (auto checks = checksAt_.find(&instruction); checks != checksAt_.end())
        for (Access* access : checks->second)
          if (auto address = baseAndOffset(access->address, layout_))
            open_[{address->base, (access->kind & SNAG_SITE_WRITE) != 0}].push_back({access, address->offset, order++});
      if (!quietCalls_.isQuiet(instruction, library_) || !quietCalls_.surelyContinues(instruction)) close();
    }
    close();
  }

  void close() {
    for (auto& [key, members] : open_)
      if (members.size() > 1) split(key.first, key.second, members);
    open_.clear();
  }

  // Where the base lies in its shadow word, if an access that surely happens tells.
  std::optional<unsigned> residue(const Members& members) const {
    for (const Member& member : members) {
      KnownBits known = computeKnownBits(member.access->address, layout_);
      if (member.access->alignment) known.Zero.setLowBits(Log2(*member.access->alignment));
      if ((known.Zero | known.One).countr_one() < 3) continue;
      return (known.One.extractBitsAsZExtValue(3, 0) - static_cast<uint64_t>(member.offset)) % kWordBytes;
    }
    return std::nullopt;
  }

  // Groups of neighbours, of at most kMaxWords words each.
  void split(Value* base, bool isWrite, Members& members) {
    std::optional<unsigned> place = residue(members);
    if (!place) return;
    sort(members,
         [](const Member& a, const Member& b) { return std::tie(a.offset, a.order) < std::tie(b.offset, b.order); });
    AccessGroup group{base, -static_cast<int64_t>(*place), isWrite, {}, {}};
    Members chosen;
    auto finish = [&] {
      if (chosen.size() > 1) add(group, chosen);
      group.words.clear();
      chosen.clear();
    };
    for (const Member& member : members) {
      auto words = group.words;
      cover(words, member.offset + *place, member.access->size);
      if (words.size() > kMaxWords) {
        finish();
        words.clear();
        cover(words, member.offset + *place, member.access->size);
      }
      if (words.size() > kMaxWords) continue;
      group.words = std::move(words);
      chosen.push_back(member);
    }
    finish();
  }

  static void cover(std::map<int64_t, uint8_t>& words, int64_t begin, uint64_t size) {
    for (int64_t byte = begin; byte < begin + static_cast<int64_t>(size); ++byte)
      words[byte & -kWordBytes] |= 1u << (byte & (kWordBytes - 1));
  }

  void add(AccessGroup group, Members& chosen) {
    sort(chosen, [](const Member& a, const Member& b) { return a.order < b.order; });
    for (const Member& member : chosen) {
      member.access->isGrouped = true;
      group.members.push_back(member.access);
    }
    found_.groups.push_back(std::move(group));
    ++NumGroups;
    NumGrouped += chosen.size();
  }

  const DataLayout& layout_;
  Function& function_;
  FunctionAccesses& found_;
  const QuietCalls& quietCalls_;
  const TargetLibraryInfo& library_;
  DenseMap<const Instruction*, SmallVector<Access*, 1>> checksAt_;
  MapVector<std::pair<Value*, bool>, Members, std::map<std::pair<Value*, bool>, unsigned>> open_;
};

}  // namespace

void groupFields(Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                 const TargetLibraryInfo& library) {
  if (groupSwitch && found.accesses.size() > 1) Grouper(function, found, quietCalls, library).run();
}

}  // namespace snag
