#include "render/story.h"

#include "model/advice.h"
#include "model/finding_kind.h"
#include "model/misuse_text.h"
#include "model/sentence.h"
#include "model/text_format.h"
#include "render/object_text.h"

#include <algorithm>
#include <set>

namespace snag::render {

using namespace model;

namespace {

Moment accessMoment(const ResolvedFinding& finding, int side) {
  const Access& raw = finding.access(side);
  const ResolvedAccess& access = finding.accesses[side];
  Moment moment;
  moment.text = capitalised(threadText(raw.thread)) + " " + accessText(raw) + (side == 1 ? " earlier" : "") + ", " +
                locksText(access.locks);
  moment.thread = raw.thread;
  moment.stack = &access.stack;
  moment.place = access.stack.userFrame();
  for (const ResolvedLock& lock : access.locks) moment.locks.push_back(&lock);
  if (raw.isForgotten())
    moment.note = "between two synchronisations of " + threadText(raw.thread) + "; the exact line was forgotten";
  else if (!access.through.empty())
    moment.note = "in " + access.through;
  return moment;
}

Moment stepMoment(const ResolvedFinding& finding, size_t index) {
  const ResolvedStep& step = finding.steps[index];
  Moment moment;
  moment.text = stepText(finding, index);
  moment.thread = finding.raw.steps[index].thread;
  moment.stack = &step.stack;
  moment.place = step.stack.userFrame();
  if (step.held) moment.locks.push_back(&*step.held);
  if (step.stack.frames.empty()) moment.note = "where is not known";
  return moment;
}

// Adds places once each: two threads created by one loop are one place.
class RelatedList {
 public:
  void add(const std::string& text, const ResolvedStack& stack) {
    const ResolvedFrame* frame = stack.userFrame();
    if (frame == nullptr || frame->place.line == 0) return;
    const std::string key = text + frame->place.file + ":" + std::to_string(frame->place.line);
    if (seen_.insert(key).second) list.push_back({text, frame});
  }
  std::vector<Related> list;

 private:
  std::set<std::string> seen_;
};

bool takesPart(const Story& story, uint32_t thread) {
  return std::ranges::any_of(story.moments, [&](const Moment& moment) { return moment.thread == thread; });
}

void addRelated(const ResolvedFinding& finding, Story& story) {
  RelatedList related;
  related.add("The memory was allocated here", finding.allocation);
  for (const ResolvedThread& thread : finding.threads)
    if (thread.number != 0 && takesPart(story, thread.number))
      related.add(capitalised(threadText(thread.number)) + " was created here", thread.created);
  for (const Moment& moment : story.moments)
    for (const ResolvedLock* lock : moment.locks)
      related.add(capitalised(lockText(*lock)) + " was taken here", lock->taken);
  if (finding.usualLock)
    related.add(capitalised(lockText(*finding.usualLock)) + " is held by other accesses", finding.usualLock->taken);
  story.related = std::move(related.list);
}

}  // namespace

std::string locksText(const std::vector<ResolvedLock>& locks) {
  std::vector<std::string> parts;
  for (const ResolvedLock& lock : locks) {
    const ResolvedFrame* taken = lock.taken.userFrame();
    parts.push_back(lockText(lock) + (lock.mode == LockMode::Read ? " for reading" : "") +
                    (taken == nullptr ? "" : " (taken at " + shortPlace(*taken) + ")"));
  }
  return parts.empty() ? "no locks held" : "holding " + joined(parts);
}

std::string threadId(const std::optional<uint32_t>& number) {
  if (!number) return "unknown thread";
  return *number == 0 ? "main" : "T" + std::to_string(*number);
}

std::string threadName(const ResolvedFinding& finding, const std::optional<uint32_t>& number) {
  const Thread* thread = number ? finding.raw.findThread(*number) : nullptr;
  return threadId(number) + (thread == nullptr || thread->name.empty() ? "" : " " + inQuotes(thread->name));
}

std::string titleText(const ResolvedFinding& finding) {
  return kindName(finding.raw.kind) + " on " + subjectText(finding) +
         (finding.raw.address == 0 ? "" : " (" + shortObject(finding) + ")");
}

Story tell(const ResolvedFinding& finding) {
  Story story;
  story.title = titleText(finding);
  story.sentence = plainSentence(finding);
  if (finding.raw.isMisuse())
    for (size_t i = 0; i < finding.steps.size(); ++i) story.moments.push_back(stepMoment(finding, i));
  else
    for (int side : {0, 1}) story.moments.push_back(accessMoment(finding, side));
  addRelated(finding, story);
  story.fix = fixAdvice(finding);
  story.suppression = suppressionRule(finding);
  story.place = finding.place(0) != nullptr ? finding.place(0) : finding.place(1);
  return story;
}

}  // namespace snag::render
