// The findings that a project knows and has decided to live with for now: a JSON file that people edit, review and
// merge.
//
//   {
//     "snag_baseline": 1,
//     "findings": [
//       {
//         "fingerprint": "7f3a…", "kind": …, "title": …, "place": …,     what it was when it was entered
//         "first_seen": "2026-11-21", "reason": "", "owner": "",
//         "expires": "2027-01-31"                                        after that day it counts as new; "" never
//       }
//     ]
//   }
//
// Sorted by fingerprint, one member a line, so that git can merge. Members that this version does not know are kept.
#ifndef SNAG_MODEL_BASELINE_H
#define SNAG_MODEL_BASELINE_H

#include <llvm/Support/JSON.h>

#include <map>
#include <stdexcept>
#include <string>

namespace snag::model {

// What is wrong with a baseline file and what to do, as whole sentences.
struct BaselineError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Baseline {
 public:
  struct Entry {
    llvm::json::Object members;
    bool seen = false;

    std::string text(const char* member) const;
    // "lost update on 'hits' (7f3a…)".
    std::string name() const;
  };
  enum class Knows { Nothing, Yes, NoLonger };

  // Throws BaselineError. `text` is the whole file; `name` stands for it in messages.
  static Baseline parse(const std::string& text, const std::string& name);
  static Baseline read(const std::string& path);

  // Marks the entry as seen. `today` and the day of expiry are YYYY-MM-DD, and the finding is known on that day still.
  Knows see(const std::string& fingerprint, const std::string& today);
  // Enters a finding, or gives a known one its new words; what people wrote stays.
  void enter(const std::string& fingerprint, const std::string& kind, const std::string& title,
             const std::string& place, const std::string& today);
  void removeUnseen();

  const std::map<std::string, Entry>& entries() const { return entries_; }
  std::string text() const;
  // Replaces the file in one step. Throws BaselineError.
  void write(const std::string& path) const;

 private:
  std::map<std::string, Entry> entries_;  // by fingerprint
};

// YYYY-MM-DD, in UTC so that machines agree.
std::string today();

}  // namespace snag::model

#endif  // SNAG_MODEL_BASELINE_H
