#include <gmock/gmock.h>

#include "report_fixture.h"

namespace snag {
namespace {

using fake::fakeProcess;
using record::FindingKind;
using record::StepRole;
using record::Tag;
using test::Fields;
using testing::HasSubstr;

class MisuseTest : public test::ReportTest {
 protected:
  static constexpr uintptr_t kFirstLock = 64, kSecondLock = 128;

  static Misuse misuseOf(MisuseKind kind, uintptr_t object) {
    Misuse misuse;
    misuse.kind = kind;
    misuse.object = object;
    return misuse;
  }

  uintptr_t at(uintptr_t offset) const { return space.base() + offset; }

  MisuseStep step(MisuseRole role, ThreadState* thread, uintptr_t pc, uintptr_t lock, uintptr_t held = 0) {
    const ContextId here = detector->contextFor(*thread, {nullptr, pc, pc, 0});
    return {role, thread->record, here, at(lock), held == 0 ? 0 : at(held), held == 0 ? kNoContext : here};
  }

  // `one` destroys what `two` took.
  void destroyOfLocked(uintptr_t lock, uintptr_t caughtPc = 0x4000, uintptr_t otherPc = 0x5000) {
    Misuse misuse = misuseOf(MisuseKind::DestroyOfLocked, at(lock));
    misuse.add(step(MisuseRole::Caught, one, caughtPc, lock));
    misuse.add(step(MisuseRole::Acquired, two, otherPc, lock));
    detector->reportMisuse(*one, misuse);
  }

  void inversion(ThreadState* caught, ThreadState* other, uintptr_t caughtPc, uintptr_t otherPc) {
    Misuse misuse = misuseOf(MisuseKind::LockOrderInversion, at(kFirstLock));
    misuse.add(step(MisuseRole::Caught, caught, caughtPc, kFirstLock, kSecondLock));
    misuse.add(step(MisuseRole::Acquired, other, otherPc, kSecondLock, kFirstLock));
    detector->reportMisuse(*caught, misuse);
  }
};

TEST_F(MisuseTest, TheRecordTellsTheStoryStepByStep) {
  start();
  inversion(one, two, 0x4000, 0x5000);
  const Fields fields = finding();
  EXPECT_EQ(fields.number(Tag::Kind), static_cast<uint64_t>(FindingKind::LockOrderInversion));
  EXPECT_EQ(fields.number(Tag::Address), at(kFirstLock));
  EXPECT_FALSE(fields.has(Tag::Access));
  ASSERT_EQ(fields.count(Tag::Step), 2u);
  const Fields caught = fields.nested(Tag::Step, 0), earlier = fields.nested(Tag::Step, 1);
  EXPECT_EQ(caught.number(Tag::StepRoleTag), static_cast<uint64_t>(StepRole::Caught));
  EXPECT_EQ(caught.number(Tag::StepThread), one->record->number);
  EXPECT_EQ(caught.at(Tag::StepStack).stack().at(0).address, 0x4000u);
  EXPECT_EQ(caught.nested(Tag::StepObject).number(Tag::LockAddress), at(kFirstLock));
  EXPECT_EQ(caught.nested(Tag::StepHeld).number(Tag::LockAddress), at(kSecondLock));
  EXPECT_EQ(caught.nested(Tag::StepHeld).at(Tag::LockStack).stack().at(0).address, 0x4000u);
  EXPECT_EQ(earlier.number(Tag::StepRoleTag), static_cast<uint64_t>(StepRole::Acquired));
  EXPECT_EQ(earlier.number(Tag::StepThread), two->record->number);
  EXPECT_EQ(fields.count(Tag::Thread), 3u) << "both threads and their creator";
}

TEST_F(MisuseTest, ATextStandsForWhatHasNoAddress) {
  start();
  Misuse misuse = misuseOf(MisuseKind::SignalUnsafeCall, 0);
  misuse.text = "malloc";
  misuse.add({MisuseRole::Caught, one->record, detector->contextFor(*one, {nullptr, 1, 0x4000, 0})});
  detector->reportMisuse(*one, misuse);
  EXPECT_EQ(finding().text(Tag::SubjectText), "malloc");
  EXPECT_FALSE(finding().has(Tag::Subject));
}

TEST_F(MisuseTest, TheSamePlaceAndLockIsOneFinding) {
  start();
  for (int i = 0; i < 10; ++i) destroyOfLocked(kFirstLock, 0x4000, 0x5000 + static_cast<uintptr_t>(i));
  EXPECT_EQ(sink->findings(), 1u);
  destroyOfLocked(kFirstLock, 0x4800);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(MisuseTest, ACycleIsTheSameFromWhicheverSideItIsCaught) {
  start();
  inversion(one, two, 0x4000, 0x5000);
  inversion(two, one, 0x5000, 0x4000);
  EXPECT_EQ(sink->findings(), 1u);
  inversion(one, two, 0x4000, 0x6000);
  EXPECT_EQ(sink->findings(), 2u);
}

TEST_F(MisuseTest, MisusesAndRacesAreCountedTogether) {
  start();
  const test::TestSite write{SNAG_SITE_WRITE, 9};
  access(one, write, 256);
  access(two, write, 256);
  destroyOfLocked(kFirstLock);
  EXPECT_EQ(sink->findings(), 2u);
  EXPECT_EQ(finding(1).number(Tag::Sequence), 2u);
}

TEST_F(MisuseTest, WithoutAToolTheStoryIsPrintedAsText) {
  fakeProcess().tools.clear();
  start();
  destroyOfLocked(kFirstLock);
  sink->finish({detector->statistics(), 1});
  EXPECT_THAT(fakeProcess().errors, HasSubstr("ERROR: Snag: mutex misuse: destroy of a locked mutex on '0x"));
  EXPECT_THAT(fakeProcess().errors, HasSubstr("caught here: thread 1"));
  EXPECT_THAT(fakeProcess().errors, HasSubstr("took it: thread 2"));
  EXPECT_THAT(fakeProcess().errors, HasSubstr("SUMMARY: Snag: mutex misuse: destroy of a locked mutex at 0x4000"));
}

}  // namespace
}  // namespace snag
