#include "insert/access_inserter.h"

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

bool isWrite(const Access& access) { return access.kind & SNAG_SITE_WRITE; }

KnownBits lowBits(Value* address, const Access& access) {
  KnownBits known = computeKnownBits(address, access.before->getModule()->getDataLayout());
  if (access.alignment) known.Zero.setLowBits(Log2(*access.alignment));
  return known;
}

// An access that lies in one shadow word for sure.
bool isNaturallyAligned(const Access& access) {
  return access.size <= 8 && isPowerOf2_64(access.size) &&
         lowBits(access.address, access).countMinTrailingZeros() >= Log2_64(access.size);
}

// The bits of a half word that the test compares: the segment, and the bytes [address, address + size).
Value* comparedBits(IRBuilder<>& builder, const Access& access, Value* address) {
  uint32_t bytes = ((1u << access.size) - 1) << kByteMaskShift;
  KnownBits known = lowBits(access.address, access);
  if (((known.Zero | known.One).getLoBits(3)).countr_one() >= 3)
    return builder.getInt32(kSegmentBits | bytes << known.One.extractBitsAsZExtValue(3, 0));
  Value* offset = builder.CreateAnd(builder.CreateTrunc(address, builder.getInt32Ty()), 7);
  return builder.CreateOr(builder.CreateShl(builder.getInt32(bytes), offset), kSegmentBits);
}

// True (i1) unless `half` is this thread's current segment and covers the compared bytes; `bits` null: all of them.
Value* isForeign(IRBuilder<>& builder, Value* half, Value* own, Value* bits) {
  if (!bits) return builder.CreateICmpNE(half, own);
  return builder.CreateICmpNE(builder.CreateAnd(builder.CreateXor(half, own), bits), builder.getInt32(0));
}

// Relaxed, so that it is neither assumed invariant nor merged with another: hooks and other threads change these.
Value* relaxedLoad(IRBuilder<>& builder, Type* type, Value* address, unsigned bytes) {
  LoadInst* load = ours(builder.CreateAlignedLoad(type, address, Align(bytes)));
  load->setAtomic(AtomicOrdering::Monotonic);
  return load;
}

Value* shadowWord(IRBuilder<>& builder, Value* address) {
  Value* shadow = builder.CreateAnd(builder.CreateXor(address, SNAG_SHADOW_XOR), ~7ull);
  return relaxedLoad(builder, builder.getInt64Ty(), builder.CreateIntToPtr(shadow, builder.getPtrTy()), 8);
}

Value* readerHalf(IRBuilder<>& builder, Value* word) {
  return builder.CreateTrunc(builder.CreateLShr(word, 32), builder.getInt32Ty());
}

// A block in front of `before` that is entered, rarely, if `condition` holds; returns its terminator.
Instruction* splitCold(Value* condition, Instruction* before) {
  return SplitBlockAndInsertIfThen(condition, before, false,
                                   MDBuilder(before->getContext()).createUnlikelyBranchWeights());
}

}  // namespace

void AccessInserter::insert(const Access& access) {
  bool hasSize = access.shape != AccessShape::Range && access.shape != AccessShape::Packed && access.size <= 255;
  Value* site = sites_.site({*access.instruction, access.address, hasSize ? access.size : 0, access.kind});
  switch (access.shape) {
    case AccessShape::Fixed: return fixed(access, site);
    case AccessShape::Range: return range(access, access.sizeValue, site);
    case AccessShape::Packed: return packed(access, site);
    case AccessShape::Lanes:
    case AccessShape::Gather: return lanes(access, site);
  }
}

void AccessInserter::fixed(const Access& access, Value* site) {
  Builder builder(access.before);
  if (isNaturallyAligned(access)) return inlineCheck(access, site);
  if (!HookTable::hasAccessHook(access.size)) return range(access, builder.getInt64(access.size), site);
  hooks_.call(builder, HookTable::accessHook(access.size, isWrite(access)), {access.address, site, context_.word()});
}

void AccessInserter::range(const Access& access, Value* size, Value* site) {
  Builder builder(access.before);
  Value* bytes = builder.CreateZExtOrTrunc(size, builder.getInt64Ty());
  hooks_.call(builder, isWrite(access) ? Hook::write_range : Hook::read_range,
              {access.address, bytes, site, context_.word()});
}

void AccessInserter::packed(const Access& access, Value* site) {
  Builder builder(access.before);
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
  Builder builder(access.before);
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

// Before:  access     After:  word = shadow(address); own = thread.ownHalf
//                             if (the writer half is not own && (it is a write || the reader half is not own)) [cold]
//                               __snag_{read,write}N(address, site, context)
//                             access
void AccessInserter::inlineCheck(const Access& access, Value* site) {
  Builder builder(access.before);
  Value* address = builder.CreatePtrToInt(access.address, builder.getInt64Ty());
  Value* bits = access.size == 8 ? nullptr : comparedBits(builder, access, address);
  Value* word = shadowWord(builder, address);
  Value* own = relaxedLoad(builder, builder.getInt32Ty(), hooks_.threadField(HookTable::kOwnHalf), 4);
  Value* unknown = isForeign(builder, builder.CreateTrunc(word, builder.getInt32Ty()), own, bits);
  Instruction* slow;
  if (isWrite(access))
    slow = splitCold(unknown, access.before);
  else if (bits)
    slow =
        splitCold(builder.CreateAnd(unknown, isForeign(builder, readerHalf(builder, word), own, bits)), access.before);
  else {
    // A branch for each half: measured a quarter faster for 8 bytes, but a sixth slower where bytes are masked.
    Builder second(SplitBlockAndInsertIfThen(unknown, access.before, false));
    second.SetCurrentDebugLocation(debugLocationFor(*access.before));
    slow = splitCold(isForeign(second, readerHalf(second, word), own, bits), &*second.GetInsertPoint());
  }
  Builder slowBuilder(slow);
  slowBuilder.SetCurrentDebugLocation(debugLocationFor(*access.before));
  hooks_.call(slowBuilder, HookTable::accessHook(access.size, isWrite(access)),
              {access.address, site, context_.word()});
}

}  // namespace snag
