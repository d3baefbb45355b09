#include "insert/access_inserter.h"

#include "analysis/constant_offset.h"
#include "insert/call_context.h"
#include "insert/hook_table.h"
#include "insert/site_table.h"
#include "snag/hooks.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Support/KnownBits.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace snag {
namespace {

constexpr uint32_t kSegmentBits = 0x00ffffff;
constexpr unsigned kByteMaskShift = 24;

// What the check is given: in front of a loop not what the access itself is given.
Value* addressOf(const Access& access) { return access.checkedAddress ? access.checkedAddress : access.address; }

bool isWrite(const Access& access) { return access.kind & SNAG_SITE_WRITE; }

KnownBits lowBits(Value* address, const Access& access) {
  KnownBits known = computeKnownBits(address, access.before->getModule()->getDataLayout());
  if (access.alignment) known.Zero.setLowBits(Log2(*access.alignment));
  return known;
}

constexpr uint64_t kMaxInlineSize = 32;

// An access that lies in one shadow word, or covers a few completely, for sure.
bool isTestable(const Access& access) {
  return access.size <= kMaxInlineSize && isPowerOf2_64(access.size) &&
         lowBits(access.address, access).countMinTrailingZeros() >= std::min(Log2_64(access.size), 3u);
}

bool isWholeWords(const Access& access) { return access.size >= 8; }

// The bits of a half word that the test compares, if they are known: the segment, and the bytes [address, address +
// size). Null: all of them.
Value* comparedBits(IRBuilder<>& builder, const Access& access) {
  KnownBits known = lowBits(access.address, access);
  if (isWholeWords(access) || (known.Zero | known.One).countr_one() < 3) return nullptr;
  uint32_t bytes = ((1u << access.size) - 1) << kByteMaskShift;
  return builder.getInt32(kSegmentBits | bytes << known.One.extractBitsAsZExtValue(3, 0));
}

// Plain, so that the processor compares in memory. Two tests may share what was read if no call is between them: then
// no release is either, and what the thread had then it still has.
Value* plainLoad(IRBuilder<>& builder, Type* type, Value* address, unsigned bytes) {
  return ours(builder.CreateAlignedLoad(type, address, Align(bytes)));
}

// Where the shadow word of a number that is an address stands; `isWord`: it surely is the address of a word.
Value* shadowOf(IRBuilder<>& builder, Value* address, bool isWord) {
  Value* shadow = builder.CreateXor(address, SNAG_SHADOW_XOR);
  if (!isWord) shadow = builder.CreateAnd(shadow, ~7ull);
  shadow = builder.CreateAdd(shadow, builder.getInt64(SNAG_SHADOW_OFFSET));  // becomes part of the loads
  return builder.CreateIntToPtr(shadow, builder.getPtrTy());
}

ShadowWords shadowWords(IRBuilder<>& builder, const Access& access) {
  bool isWord = lowBits(access.address, access).countMinTrailingZeros() >= 3;
  Value* address = builder.CreatePtrToInt(addressOf(access), builder.getInt64Ty());
  Value* first = shadowOf(builder, address, isWord);
  ShadowWords words{first};
  for (uint64_t offset = 8; offset < access.size; offset += 8)
    words.push_back(builder.CreateConstGEP1_64(builder.getInt8Ty(), first, offset));
  return words;
}

enum Half { kWriter = 0, kReader = 4 };  // where in the word

Value* halfOf(IRBuilder<>& builder, Value* word, Half which) {
  Value* place = which == kReader ? builder.CreateConstGEP1_64(builder.getInt8Ty(), word, which) : word;
  return plainLoad(builder, builder.getInt32Ty(), place, 4);
}

Value* either(IRBuilder<>& builder, Value* first, Value* second) {
  return first ? builder.CreateOr(first, second) : second;
}

// True (i1) unless this half of every word names the segment of `own` and covers the word's compared bytes; `bits`
// empty: all of them.
Value* isForeign(IRBuilder<>& builder, const ShadowWords& words, Half which, Value* own, ArrayRef<Value*> bits) {
  Value* difference = nullptr;
  for (unsigned index = 0; index < words.size(); ++index) {
    Value* half = halfOf(builder, words[index], which);
    if (words.size() == 1 && bits.empty()) return builder.CreateICmpNE(half, own);
    Value* differing = builder.CreateXor(half, own);
    if (!bits.empty()) differing = builder.CreateAnd(differing, bits[index]);
    difference = either(builder, difference, differing);
  }
  return builder.CreateICmpNE(difference, builder.getInt32(0));
}

// True unless both halves of every word name the segment of `own` and one or the other covers each compared byte: an
// object some of whose fields this segment has written and others only read.
Value* isForeignInBoth(IRBuilder<>& builder, const ShadowWords& words, Value* own, ArrayRef<Value*> bits) {
  Value* difference = nullptr;
  for (unsigned index = 0; index < words.size(); ++index) {
    Value* writer = builder.CreateXor(halfOf(builder, words[index], kWriter), own);
    Value* reader = builder.CreateXor(halfOf(builder, words[index], kReader), own);
    Value* segment = builder.CreateAnd(builder.CreateOr(writer, reader), kSegmentBits);
    // Own's bytes are all set, so a byte that is missing in a half is a difference.
    Value* missing = builder.CreateAnd(builder.CreateAnd(writer, reader), bits[index]);
    difference = either(builder, difference, builder.CreateOr(segment, missing));
  }
  return builder.CreateICmpNE(difference, builder.getInt32(0));
}

// A block in front of `before` that is entered, rarely, if `condition` holds; returns its terminator.
Instruction* splitCold(Value* condition, Instruction* before) {
  return SplitBlockAndInsertIfThen(condition, before, false,
                                   MDBuilder(before->getContext()).createUnlikelyBranchWeights());
}

// What to call when an inline test has failed: the hook that makes the rest of the test, if there is a rest.
Hook hookAfterTest(const Access& access, bool isTestComplete) {
  bool goesOn = !isTestComplete && HookTable::hasCheckHook(access.size) && isTestable(access);
  return goesOn ? HookTable::checkHook(access.size, isWrite(access))
                : HookTable::accessHook(access.size, isWrite(access));
}

}  // namespace

Value* AccessInserter::siteOf(const Access& access) {
  bool hasSize = access.shape != AccessShape::Range && access.shape != AccessShape::Packed && access.size <= 255;
  return sites_.site({*access.instruction, access.address, hasSize ? access.size : 0, access.kind});
}

void AccessInserter::insert(const Access& access) {
  Value* site = siteOf(access);
  switch (access.shape) {
    case AccessShape::Fixed:
      return access.checkedBytes ? range(access, access.checkedBytes, site) : fixed(access, site);
    case AccessShape::Range: return range(access, access.sizeValue, site);
    case AccessShape::Packed: return packed(access, site);
    case AccessShape::Lanes:
    case AccessShape::Gather: return lanes(access, site);
  }
}

void AccessInserter::fixed(const Access& access, Value* site) {
  Builder builder(access.before, *access.instruction);
  if (isTestable(access)) {
    if (!access.callsOut) return inlineCheck(access, site);
    if (HookTable::hasCheckHook(access.size)) {
      hooks_.call(builder, HookTable::checkHook(access.size, isWrite(access)),
                  {addressOf(access), site, context_.word()});
      return;
    }
  }
  if (!HookTable::hasAccessHook(access.size)) return range(access, builder.getInt64(access.size), site);
  hooks_.call(builder, HookTable::accessHook(access.size, isWrite(access)), {addressOf(access), site, context_.word()});
}

void AccessInserter::range(const Access& access, Value* size, Value* site) {
  Builder builder(access.before, *access.instruction);
  Value* bytes = builder.CreateZExtOrTrunc(size, builder.getInt64Ty());
  hooks_.call(builder, isWrite(access) ? Hook::write_range : Hook::read_range,
              {addressOf(access), bytes, site, context_.word()});
}

void AccessInserter::packed(const Access& access, Value* site) {
  Builder builder(access.before, *access.instruction);
  Value* count = builder.getInt64(access.lanes);
  if (access.mask) {
    Value* bits = builder.CreateBitCast(access.mask, builder.getIntNTy(access.lanes));
    count = builder.CreateZExtOrTrunc(
        builder.CreateUnaryIntrinsic(Intrinsic::ctpop,
                                     builder.CreateZExt(bits, builder.getIntNTy(std::max(access.lanes, 8u)))),
        builder.getInt64Ty());
  }
  range(access, builder.CreateMul(count, builder.getInt64(access.size)), site);
}

// One hook for each lane; lanes that are known to be off cost nothing, lanes known to be on need no flag.
void AccessInserter::lanes(const Access& access, Value* site) {
  Builder builder(access.before, *access.instruction);
  auto* constantMask = dyn_cast_or_null<Constant>(access.mask);
  for (unsigned lane = 0; lane < access.lanes; ++lane) {
    Constant* known = constantMask ? constantMask->getAggregateElement(lane) : nullptr;
    if (known && known->isNullValue()) continue;
    Value* address = access.shape == AccessShape::Gather
                         ? builder.CreateExtractElement(access.address, builder.getInt32(lane))
                         : builder.CreateConstGEP1_64(builder.getInt8Ty(), access.address, lane * access.size);
    bool surelyOn = !access.mask || (known && known->isOneValue());
    if (surelyOn && !access.activeLanes && HookTable::hasAccessHook(access.size)) {
      hooks_.call(builder, HookTable::accessHook(access.size, isWrite(access)), {address, site, context_.word()});
      continue;
    }
    Value* active = access.mask ? builder.CreateExtractElement(access.mask, builder.getInt32(lane)) : builder.getTrue();
    if (access.activeLanes)
      active = builder.CreateAnd(active, builder.CreateICmpULT(builder.getInt32(lane), access.activeLanes));
    hooks_.call(builder, isWrite(access) ? Hook::write_lane : Hook::read_lane,
                {address, builder.getInt64(access.size), builder.CreateZExt(active, builder.getInt32Ty()), site,
                 context_.word()});
  }
}

// Before:  access     After:  words = shadow(address); own = thread.ownHalf
//                             if (the writer halves are not own && (it is a write || the reader halves are not own)
//                                 && (it is a write || the reader halves are not thread.sharedHalf [cold])) [cold]
//                               __snag_[check_]{read,write}N(address, site, context)
//                             access
// Of a word whose bytes are not known until it runs all eight are compared: usually all are the segment's. What this
// leaves open the check hook finds out.
void AccessInserter::inlineCheck(const Access& access, Value* site) {
  Builder builder(access.before, *access.instruction);
  SmallVector<Value*, 1> bits;
  if (Value* known = comparedBits(builder, access)) bits.push_back(known);
  ShadowWords words = shadowWords(builder, access);
  Value* own = plainLoad(builder, builder.getInt32Ty(), hooks_.threadField(HookTable::kOwnHalf), 4);
  Value* unknown = isForeign(builder, words, kWriter, own, bits);
  Instruction* slow;
  if (isWrite(access))
    slow = splitCold(unknown, access.before);
  else if (!bits.empty())
    slow = splitCold(builder.CreateAnd(unknown, isForeign(builder, words, kReader, own, bits)), access.before);
  else {
    // A branch for each half: measured a quarter faster for 8 bytes, but a sixth slower where bytes are masked.
    Builder second(SplitBlockAndInsertIfThen(unknown, access.before, false), *access.instruction);
    slow = splitCold(isForeign(second, words, kReader, own, bits), &*second.GetInsertPoint());
  }
  if (!isWrite(access)) slow = unlessShared(access, words, bits, slow);
  Builder slowBuilder(slow, *access.instruction);
  bool isTestComplete = isWholeWords(access) || !bits.empty();
  hooks_.call(slowBuilder, hookAfterTest(access, isTestComplete), {addressOf(access), site, context_.word()});
}

// The third comparison of a read, apart from the two that usually pass: data that several threads read.
Instruction* AccessInserter::unlessShared(const Access& access, const ShadowWords& words, ArrayRef<Value*> bits,
                                          Instruction* slow) {
  Builder builder(slow, *access.instruction);
  Value* shared = plainLoad(builder, builder.getInt32Ty(), hooks_.threadField(HookTable::kSharedHalf), 4);
  return splitCold(isForeign(builder, words, kReader, shared, bits), slow);
}

// Before:  first … last     After:  one test of the words of all, as above; in its cold block each access' own hook
//                                   first … last
void AccessInserter::insert(const AccessGroup& group) {
  const Access& first = *group.members.front();
  Builder builder(first.before);
  int64_t firstWord = group.words.begin()->first;
  Value* start = builder.CreatePtrToInt(group.base, builder.getInt64Ty());
  start = builder.CreateAdd(start, builder.getInt64(group.start + firstWord));
  Value* shadow = shadowOf(builder, start, true);
  ShadowWords words;
  SmallVector<Value*, 4> bits;
  for (auto& [offset, bytes] : group.words) {
    words.push_back(builder.CreateConstGEP1_64(builder.getInt8Ty(), shadow, offset - firstWord));
    bits.push_back(builder.getInt32(kSegmentBits | uint32_t{bytes} << kByteMaskShift));
  }
  Value* own = plainLoad(builder, builder.getInt32Ty(), hooks_.threadField(HookTable::kOwnHalf), 4);
  Value* unknown = isForeign(builder, words, kWriter, own, bits);
  if (!group.isWrite) unknown = builder.CreateAnd(unknown, isForeign(builder, words, kReader, own, bits));
  Instruction* slow = splitCold(unknown, first.before);
  if (!group.isWrite) {
    const bool areWhole = all_of(group.members, [](const Access* member) { return isWholeWords(*member); });
    slow = unlessShared(first, words, areWhole ? ArrayRef<Value*>() : ArrayRef<Value*>(bits), slow);
    if (!areWhole) {
      Builder mixed(slow, *first.instruction);
      slow = splitCold(isForeignInBoth(mixed, words, own, bits), slow);
    }
  }
  for (const Access* access : group.members) {
    Builder slowBuilder(slow, *access->instruction);
    int64_t offset = baseAndOffset(access->address, first.before->getModule()->getDataLayout())->offset;
    Value* address = slowBuilder.CreateConstGEP1_64(slowBuilder.getInt8Ty(), group.base, offset);
    hooks_.call(slowBuilder, hookAfterTest(*access, false), {address, siteOf(*access), context_.word()});
  }
}

}  // namespace snag
