// A report as every format tells it, whether the finding is a race (two accesses) or a misuse (steps): who did what
// where, and what belongs to it.
#ifndef SNAG_RENDER_STORY_H
#define SNAG_RENDER_STORY_H

#include "render/renderer.h"

#include <optional>
#include <string>
#include <vector>

namespace snag::render {

// One access of a race or one step of a misuse. The pointers point into the finding.
struct Moment {
  std::string text;                               // "Thread T2 writes 4 bytes, no locks held"
  std::string note;                               // "in std::vector<int>::push_back", "where is not known"; often empty
  std::optional<uint32_t> thread;                 // missing if unknown
  const model::ResolvedStack* stack;              // may be empty, never null
  const model::ResolvedFrame* place;              // in the user's code; null if unknown
  std::vector<const model::ResolvedLock*> locks;  // held then
};

// A place that explains: where the object was allocated, where a thread was created, where a lock was taken.
struct Related {
  std::string text;
  const model::ResolvedFrame* place;
};

struct Story {
  std::string title;  // "lost update on 'Stats::hits' (global 'stats')"
  std::string sentence;
  std::vector<Moment> moments;
  std::vector<Related> related;
  std::string fix;
  std::string suppression;            // a rule, or empty
  const model::ResolvedFrame* place;  // where a tool should point; null if no place is known
};

// What stands in a report's first line.
std::string titleText(const model::ResolvedFinding& finding);

Story tell(const model::ResolvedFinding& finding);

// "no locks held" or "holding lock 'm' (taken at app.cpp:7:3)".
std::string locksText(const std::vector<model::ResolvedLock>& locks);

// "main" or "T2".
std::string threadId(const std::optional<uint32_t>& number);

// "T2 'worker'".
std::string threadName(const model::ResolvedFinding& finding, const std::optional<uint32_t>& number);

}  // namespace snag::render

#endif  // SNAG_RENDER_STORY_H
