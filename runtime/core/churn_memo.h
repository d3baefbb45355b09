// A thread's memory of the words whose many readers it had to put together anew, segment after segment.
//
// Most words share their set of readers with their neighbours, and one new set serves them all. A few are read in every
// segment by everyone: those are worth a crowd (crowd.h) of their own.
#ifndef SNAG_CORE_CHURN_MEMO_H
#define SNAG_CORE_CHURN_MEMO_H

#include "core/types.h"

namespace snag {

class ChurnMemo {
 public:
  // Once more for that word; returns how often that was so lately.
  uint32_t note(uintptr_t wordAddress) {
    const auto tag = static_cast<uint32_t>(wordAddress >> 3);
    Entry& entry = entries_[(tag * 0x9e37'79b9u) >> 28];
    if (entry.tag != tag) entry = {tag, 0};
    return ++entry.count;
  }

 private:
  struct Entry {
    uint32_t tag, count;
  };
  Entry entries_[16] = {};
};

}  // namespace snag

#endif  // SNAG_CORE_CHURN_MEMO_H
