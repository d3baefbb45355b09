#include "report/report_builder.h"

#include <gmock/gmock.h>

#include "report_fixture.h"

namespace snag {
namespace {

using record::FindingKind;
using record::ObjectKind;
using record::Tag;
using test::Fields;
using test::TestSite;
using testing::UnorderedElementsAre;

constexpr uint8_t kRead = SNAG_SITE_READ, kWrite = SNAG_SITE_WRITE, kRmw = SNAG_SITE_READ | SNAG_SITE_WRITE;

struct KindCase {
  uint32_t one, other;
  FindingKind kind;
};

TEST(FindingKind, IsDecidedByWhatTheSidesDoAndNotByTheirOrder) {
  const KindCase cases[] = {
      {kRead, kWrite, FindingKind::DataRace},
      {kWrite, kWrite, FindingKind::DataRace},
      {kRmw, kRead, FindingKind::DataRace},
      {kRmw, kRmw, FindingKind::LostUpdate},
      {kRmw, kWrite, FindingKind::LostUpdate},
      {kWrite | SNAG_SITE_PART_OF_RMW, kWrite, FindingKind::LostUpdate},
      {kRmw | SNAG_SITE_ATOMIC, kWrite, FindingKind::LostUpdate},
      {kRmw, kWrite | SNAG_SITE_ALLOCATE, FindingKind::DataRace},
      {kRmw, kWrite | SNAG_SITE_FREE, FindingKind::UseAfterFreeRace},
      {kRead, kWrite | SNAG_SITE_FREE, FindingKind::UseAfterFreeRace},
      {kRead | SNAG_SITE_VPTR, kWrite | SNAG_SITE_VPTR, FindingKind::VirtualCallVsDestructor},
      {kWrite | SNAG_SITE_VPTR, kWrite | SNAG_SITE_VPTR, FindingKind::DataRace},
      {kRead | SNAG_SITE_VPTR, kWrite, FindingKind::DataRace},
      {kRead | SNAG_SITE_VPTR, kWrite | SNAG_SITE_FREE, FindingKind::UseAfterFreeRace},
  };
  for (const KindCase& one : cases) {
    EXPECT_EQ(findingKind(one.one, one.other), one.kind) << one.one << " and " << one.other;
    EXPECT_EQ(findingKind(one.other, one.one), one.kind) << one.other << " and " << one.one;
  }
}

class ReportBuilderTest : public test::ReportTest {
 protected:
  void addModule(const char* path, uintptr_t start, uintptr_t end, bool hasData) {
    platform::ModuleInfo module;
    strncpy(module.path, path, sizeof(module.path) - 1);
    module.bias = module.start = start;
    module.end = end;
    module.inData = hasData;
    module.inCode = !hasData;
    module.buildIdBytes = 2;
    module.buildId[0] = 0xab;
    module.buildId[1] = 0xcd;
    fake::fakeProcess().modules.push_back(module);
  }

  const TestSite increment{kRmw, 9, "increment", "stats", "Stats::hits"};
  const TestSite print{kRead, 20, "print"};
};

TEST_F(ReportBuilderTest, BothAccessesAreDescribed) {
  start();
  access(one, increment, 64, 0x4100);
  access(two, print, 64, 0x4200);
  const Fields caught = finding().nested(Tag::Access, 0), earlier = finding().nested(Tag::Access, 1);
  EXPECT_EQ(caught.number(Tag::AccessKind), kRead);
  EXPECT_EQ(caught.number(Tag::AccessThread), 2u);
  EXPECT_EQ(caught.number(Tag::AccessAddress), space.base() + 64);
  EXPECT_EQ(caught.number(Tag::AccessSize), 8u);
  EXPECT_EQ(caught.nested(Tag::Site).number(Tag::SiteLine), 20u);
  EXPECT_EQ(caught.at(Tag::Stack).stack().at(0).address, 0x4200u);

  EXPECT_EQ(earlier.number(Tag::AccessKind), kRmw);
  EXPECT_EQ(earlier.number(Tag::AccessThread), 1u);
  EXPECT_EQ(earlier.at(Tag::Stack).stack().at(0).address, 0x4100u);
  const Fields site = earlier.nested(Tag::Site);
  EXPECT_EQ(site.text(Tag::SiteFunction), "increment");
  EXPECT_EQ(site.text(Tag::SiteFile), "/src/shop.cpp");
  EXPECT_EQ(site.number(Tag::SiteColumn), 7u);
  EXPECT_EQ(site.text(Tag::SiteVariable), "stats");
  EXPECT_EQ(site.text(Tag::SiteField), "Stats::hits");
}

TEST_F(ReportBuilderTest, RacingBytesAndTheirValueAreGiven) {
  start();
  memcpy(reinterpret_cast<void*>(space.base() + 64), "\1\2\3\4\5\6\7\10", 8);
  access(one, increment, 64);
  detector->access(*two, {print, 1, 0x4200, 0}, space.base() + 66, 4, kRead);
  EXPECT_EQ(finding().number(Tag::Address), space.base() + 66);
  EXPECT_EQ(finding().number(Tag::Size), 4u);
  EXPECT_EQ(finding().text(Tag::ValueBefore), "\3\4\5\6");
}

TEST_F(ReportBuilderTest, KindIsLostUpdateForTwoIncrements) {
  start();
  access(one, increment, 64);
  access(two, increment, 64);
  EXPECT_EQ(finding().number(Tag::Kind), static_cast<uint32_t>(FindingKind::LostUpdate));
}

TEST_F(ReportBuilderTest, ThreadsAreNamedWithAllTheirCreators) {
  start();
  ThreadState* grandchild = add(two, 303);
  strcpy(grandchild->record->name, "loader");
  access(one, increment, 64);
  access(grandchild, print, 64);
  std::vector<uint64_t> numbers;
  for (size_t i = 0; i < finding().count(Tag::Thread); ++i) {
    const Fields thread = finding().nested(Tag::Thread, i);
    const uint64_t number = thread.number(Tag::ThreadNumber);
    numbers.push_back(number);
    EXPECT_EQ(thread.has(Tag::ThreadCreator), number != 0);
    if (number != 3) continue;
    EXPECT_EQ(thread.number(Tag::ThreadCreator), 2u);
    EXPECT_EQ(thread.number(Tag::ThreadOsId), 303u);
    EXPECT_EQ(thread.text(Tag::ThreadName), "loader");
    EXPECT_EQ(thread.at(Tag::ThreadStack).stack().at(0).address, 0x7000u + 303);
  }
  EXPECT_THAT(numbers, UnorderedElementsAre(3, 2, 1, 0));
}

TEST_F(ReportBuilderTest, FinishedThreadIsSaidToBeFinished) {
  start();
  access(one, increment, 64);
  detector->finishThread(*one);
  access(two, print, 64);
  for (size_t i = 0; i < finding().count(Tag::Thread); ++i) {
    const Fields thread = finding().nested(Tag::Thread, i);
    EXPECT_EQ(thread.number(Tag::ThreadFinished), thread.number(Tag::ThreadNumber) == 1 ? 1u : 0u);
  }
}

TEST_F(ReportBuilderTest, GlobalIsFoundInItsModule) {
  addModule("/lib/libshop.so", space.base(), space.base() + 4096, true);
  start();
  access(one, increment, 64);
  access(two, increment, 64);
  const Fields object = finding().nested(Tag::Object);
  EXPECT_EQ(object.number(Tag::ObjectKindTag), static_cast<uint32_t>(ObjectKind::Global));
  EXPECT_EQ(object.number(Tag::ObjectOffset), 64u);
  const Fields module = finding().nested(Tag::Module, object.number(Tag::ObjectModule));
  EXPECT_EQ(module.number(Tag::ModuleIndex), object.number(Tag::ObjectModule));
  EXPECT_EQ(module.text(Tag::ModulePath), "/lib/libshop.so");
  EXPECT_EQ(module.number(Tag::ModuleBias), space.base());
  EXPECT_EQ(module.text(Tag::ModuleBuildId), "\xab\xcd");
}

TEST_F(ReportBuilderTest, CodeIsNoGlobal) {
  addModule("/lib/libshop.so", space.base(), space.base() + 4096, false);
  start();
  access(one, increment, 64);
  access(two, increment, 64);
  const Fields object = finding().nested(Tag::Object);
  EXPECT_EQ(object.number(Tag::ObjectKindTag), static_cast<uint32_t>(ObjectKind::Unknown));
  EXPECT_FALSE(object.has(Tag::ObjectModule));
}

TEST_F(ReportBuilderTest, EachModuleIsListedOnce) {
  addModule("/bin/server", 0x4000, 0x8000, false);
  start();
  access(one, increment, 64, 0x4100);
  access(two, increment, 64, 0x4200);
  ASSERT_EQ(finding().count(Tag::Module), 1u);
  const auto frame = finding().nested(Tag::Access).at(Tag::Stack).stack().at(0);
  EXPECT_EQ(frame.module, 0u);
  EXPECT_EQ(frame.offset, 0x200u);
}

TEST_F(ReportBuilderTest, HeapBlockIsGivenWithItsAllocation) {
  start();
  const ContextId allocation = detector->contextFor(*one, {nullptr, 77, 0x4900, 0});
  test::heapBlocks = {{space.base() + 32, 100, allocation, 1, false}};
  access(one, increment, 64);
  access(two, increment, 64);
  const Fields object = finding().nested(Tag::Object);
  EXPECT_EQ(object.number(Tag::ObjectKindTag), static_cast<uint32_t>(ObjectKind::Heap));
  EXPECT_EQ(object.number(Tag::ObjectStart), space.base() + 32);
  EXPECT_EQ(object.number(Tag::ObjectSize), 100u);
  EXPECT_EQ(object.number(Tag::ObjectThread), 1u);
  EXPECT_EQ(object.at(Tag::ObjectStack).stack().at(0).address, 0x4900u);
}

TEST_F(ReportBuilderTest, StackAndThreadLocalStorageBelongToTheirThread) {
  start();
  two->record->stackStart = space.base();
  two->record->stackEnd = space.base() + 4096;
  two->record->tlsStart = space.base() + 8192;
  two->record->tlsEnd = space.base() + 8192 + 512;
  const TestSite other{kRmw, 30};
  access(one, increment, 64);
  access(two, increment, 64);
  access(one, other, 8192);
  access(two, other, 8192);
  EXPECT_EQ(finding(0).nested(Tag::Object).number(Tag::ObjectKindTag), static_cast<uint32_t>(ObjectKind::Stack));
  EXPECT_EQ(finding(0).nested(Tag::Object).number(Tag::ObjectThread), 2u);
  EXPECT_EQ(finding(1).nested(Tag::Object).number(Tag::ObjectKindTag), static_cast<uint32_t>(ObjectKind::ThreadLocal));
}

TEST_F(ReportBuilderTest, LocksHeldByEachSideAreGiven) {
  addModule("/bin/server", space.base() + 4096, space.base() + 8192, true);
  start();
  const uintptr_t lock = space.base() + 4096 + 128;
  detector->lockAcquired(*one, {nullptr, 5, 0x4500, 0}, lock, LockMode::Read);
  access(one, increment, 64);
  access(two, increment, 64);
  EXPECT_FALSE(finding().nested(Tag::Access, 0).has(Tag::Lock));
  const Fields held = finding().nested(Tag::Access, 1).nested(Tag::Lock);
  EXPECT_EQ(held.number(Tag::LockAddress), lock);
  EXPECT_EQ(held.number(Tag::LockModeTag), static_cast<uint32_t>(record::LockMode::Read));
  EXPECT_EQ(held.at(Tag::LockStack).stack().at(0).address, 0x4500u);
  EXPECT_EQ(held.number(Tag::LockOffset), 128u);
  EXPECT_TRUE(held.has(Tag::LockModule));
}

TEST_F(ReportBuilderTest, LockThatOneOfTwoSidesHeldIsTheUsualOne) {
  start();
  detector->lockAcquired(*one, {nullptr, 5, 0x4500, 0}, space.base() + 4096, LockMode::Write);
  access(one, increment, 64);
  access(two, increment, 64);
  EXPECT_EQ(finding().nested(Tag::UsualLock).number(Tag::LockAddress), space.base() + 4096);
  EXPECT_EQ(finding().number(Tag::UsualLockHeld), 1u);
  EXPECT_EQ(finding().number(Tag::UsualLockTotal), 2u);
}

TEST_F(ReportBuilderTest, LockOfFewAccessesIsNotUsual) {
  start();
  access(mainThread, print, 64, 0x4300);
  access(two, print, 64, 0x4400);
  detector->lockAcquired(*one, {nullptr, 5, 0x4500, 0}, space.base() + 4096, LockMode::Write);
  access(one, increment, 64);
  EXPECT_EQ(finding().count(Tag::Lock), 0u);
  EXPECT_TRUE(finding().nested(Tag::Access, 0).has(Tag::Lock));
  EXPECT_FALSE(finding().has(Tag::UsualLock)) << "one of three";
}

TEST_F(ReportBuilderTest, LockThatBothSidesHoldForReadingIsNoAdvice) {
  start();
  const uintptr_t lock = space.base() + 4096;
  detector->lockAcquired(*one, {nullptr, 5, 0x4500, 0}, lock, LockMode::Read);
  detector->lockAcquired(*two, {nullptr, 5, 0x4500, 0}, lock, LockMode::Read);
  access(one, increment, 64);
  access(two, increment, 64);
  EXPECT_FALSE(finding().has(Tag::UsualLock));
}

}  // namespace
}  // namespace snag
