#include "core/shadow_word.h"

#include <gtest/gtest.h>

#include "core/detail_block.h"

namespace snag {
namespace {

TEST(ShadowWord, HalvesLieWhereInstrumentedCodeLooks) {
  const ShadowWord word({SegmentId{0x123456}, 0x0f}, {SegmentId{0xabcdef}, 0xf0});
  EXPECT_EQ(word.bits(), 0xf0abcdef'0f123456u);
  EXPECT_EQ(word.writer().id, SegmentId{0x123456});
  EXPECT_EQ(word.writer().bytes, 0x0f);
  EXPECT_EQ(word.reader().id, SegmentId{0xabcdef});
  EXPECT_EQ(word.reader().bytes, 0xf0);
  EXPECT_FALSE(word.isEscaped());
}

TEST(ShadowWord, EscapeIsNeitherEmptyNorAHistory) {
  EXPECT_FALSE(ShadowWord().isEscaped());
  for (const uint32_t detail : {1u, 0xffffffu, 0x1000000u, 0xffffffffu}) {
    EXPECT_TRUE(ShadowWord::escapedTo(detail).isEscaped());
    EXPECT_EQ(ShadowWord::escapedTo(detail).detail(), detail);
  }
}

TEST(ShadowWord, EscapeSaysToWhatKindOfBlock) {
  for (const uint32_t number : {1u, 0xffffffu, 0x1000000u, 0x7fffffffu}) {
    const ShadowWord detail = ShadowWord::escapedTo(number), atomic = ShadowWord::atomicAt(number);
    EXPECT_FALSE(detail.isAtomic()) << number;
    EXPECT_EQ(detail.isDetailOnly(), number <= 0xffffff) << number;
    if (detail.isDetailOnly()) EXPECT_EQ(detail.bits(), number);
    EXPECT_TRUE(atomic.isEscaped() && atomic.isAtomic()) << number;
    EXPECT_FALSE(atomic.isDetailOnly()) << number;
    EXPECT_EQ(atomic.atomicBlock(), number);
  }
  EXPECT_TRUE(ShadowWord::atomicAt(0x3000000).isAtomic()) << "the lower half is empty";
  const HalfWord halves[] = {{}, {SegmentId{0x80}, 0xff}, {SegmentId{0x80}, 0x01}, {SegmentId{0xffffff}, 0xff}};
  for (const HalfWord writer : halves)
    for (const HalfWord reader : halves) {
      EXPECT_FALSE(ShadowWord(writer, reader).isAtomic());
      EXPECT_FALSE(ShadowWord(writer, reader).isDetailOnly());
    }
  EXPECT_FALSE(ShadowWord::escapedWithCrowd(5, SegmentId{0x80}).isAtomic());
  EXPECT_FALSE(ShadowWord::escapedWithCrowd(5, SegmentId{0x80}).isDetailOnly());
  EXPECT_FALSE(ShadowWord::splitReaders({SegmentId{0x80}, 0x0f}, SegmentId{7}).isDetailOnly());
  EXPECT_FALSE(ShadowWord::splitWriters({SegmentId{7}, 0x0f}, SegmentId{0x80}).isAtomic());
}

TEST(ShadowWord, SplitIsNeitherEscapedNorAnOrdinaryWord) {
  const HalfWord some{SegmentId{5}, 0x0f};
  for (const SegmentId others : {SegmentId{1}, SegmentId{0xfffff0}})
    for (const ShadowWord word : {ShadowWord::splitReaders(some, others), ShadowWord::splitWriters(some, others)}) {
      EXPECT_TRUE(word.isSplit());
      EXPECT_FALSE(word.isEscaped());
    }
  EXPECT_FALSE(ShadowWord().isSplit());
  EXPECT_FALSE(ShadowWord::escapedTo(1).isSplit());
  EXPECT_FALSE(ShadowWord::escapedTo(0x1000001).isSplit());
  EXPECT_FALSE(ShadowWord({SegmentId{1}, 0x01}, {SegmentId{2}, 0x80}).isSplit());
}

TEST(ShadowWord, ByteMaskCoversExactlyTheAccess) {
  EXPECT_EQ(byteMask(0, 8), 0xff);
  EXPECT_EQ(byteMask(7, 1), 0x80);
  EXPECT_EQ(byteMask(2, 4), 0x3c);
}

TEST(WordHistory, SurvivesAWordThatFits) {
  const ShadowWord word({SegmentId{7}, 0x3c}, {SegmentId{9}, 0xff});
  ShadowWord back;
  ASSERT_TRUE(WordHistory::fromWord(word).toWord(&back));
  EXPECT_EQ(back, word);
}

TEST(WordHistory, TwoThatShareAllBytesFitIntoASplitWord) {
  WordHistory history;
  history.setWriter(0xff, SegmentId{7});
  history.setWriter(0x66, SegmentId{8});
  ShadowWord word;
  ASSERT_TRUE(history.toWord(&word));
  EXPECT_TRUE(word.isSplit());
  const WordHistory back = WordHistory::fromWord(word);
  EXPECT_EQ(back.writtenBy(SegmentId{7}), 0x99);
  EXPECT_EQ(back.writtenBy(SegmentId{8}), 0x66);
  EXPECT_EQ(back.readBy(kNoSegment), 0xff);
}

TEST(WordHistory, ThreeOrTwoAndAReaderDoNot) {
  WordHistory history;
  history.setReader(0xff, SegmentId{7});
  history.setReader(0x0f, SegmentId{8});
  ShadowWord word;
  ASSERT_TRUE(history.toWord(&word));
  history.setWriter(0x01, SegmentId{9});
  EXPECT_FALSE(history.toWord(&word));
  history.setWriter(0x01, kNoSegment);
  history.setReader(0x01, SegmentId{9});
  EXPECT_FALSE(history.toWord(&word));
}

TEST(WordHistory, TwoWritersDoNotFitIntoAWord) {
  WordHistory history;
  history.writers[0] = SegmentId{7};
  history.writers[5] = SegmentId{8};
  ShadowWord word;
  EXPECT_FALSE(history.toWord(&word));
}

TEST(WordHistory, TellsWhichBytesAnIdIsBehind) {
  WordHistory history;
  history.setWriter(0x3c, SegmentId{7});
  history.setWriter(0x04, SegmentId{8});
  history.setReader(0x81, SegmentId{0xfffff0});
  EXPECT_EQ(history.writtenBy(SegmentId{7}), 0x38);
  EXPECT_EQ(history.writtenBy(SegmentId{8}), 0x04);
  EXPECT_EQ(history.writtenBy(kNoSegment), 0xc3);
  EXPECT_EQ(history.readBy(SegmentId{0xfffff0}), 0x81);
  EXPECT_EQ(history.readBy(SegmentId{7}), 0);
}

TEST(WordHistory, FitsIntoAWordAsSoonAsItsBytesAgree) {
  WordHistory history;
  history.setWriter(0x0f, SegmentId{7});
  history.setWriter(0x10, SegmentId{8});
  history.setReader(0xff, SegmentId{9});
  ShadowWord word;
  EXPECT_FALSE(history.toWord(&word));
  history.setWriter(0x0f, SegmentId{8});
  ASSERT_TRUE(history.toWord(&word));
  EXPECT_EQ(word, ShadowWord({SegmentId{8}, 0x1f}, {SegmentId{9}, 0xff}));
}

}  // namespace
}  // namespace snag
