// From records to reports: resolves findings, groups them, and hands each group to the renderer when it is complete.
#ifndef SNAG_MODEL_SESSION_H
#define SNAG_MODEL_SESSION_H

#include "model/filter.h"
#include "model/grouping.h"
#include "model/path_map.h"
#include "model/record_reader.h"
#include "model/resolver.h"
#include "model/source_text.h"
#include "model/suppressions.h"
#include "render/renderer.h"

#include <chrono>
#include <deque>
#include <optional>
#include <vector>

namespace snag::model {

// What one process's records said about the run as a whole.
struct StreamFacts {
  std::optional<Process> process;
  std::optional<Summary> summary;
  size_t findings = 0;
};

class Session : public RecordSink {
 public:
  using Clock = std::chrono::steady_clock;

  // A group is held back this long after its last member, so that members of one bug share a report.
  static constexpr std::chrono::milliseconds kQuietTime{500};

  Session(Symbolizer& symbolizer, SourceText& source, render::Renderer& renderer)
      : resolver_(symbolizer), source_(source), renderer_(renderer) {}

  // Rules that silence reports; a process's records may name more of them.
  void suppress(const std::string& file);

  // Only reports that the filter wants are rendered and counted.
  void filterBy(Filter filter) { filter_ = std::move(filter); }
  // Source paths are replaced before anything is looked up in them.
  void mapPaths(PathMap paths) { paths_ = std::move(paths); }

  // Records of another process follow.
  void beginStream() { streams_.emplace_back(); }

  void process(Process process) override;
  void finding(Finding finding) override;
  void summary(Summary summary) override;
  void problem(const std::string& message) override {
    ++damages_;
    renderer_.problem(message);
  }

  // Resolving can be slow, so findings queue up: the reader's side is never made to wait for debug info.
  bool hasWork() const { return !queue_.empty(); }
  size_t queued() const { return queue_.size(); }
  void workOnce(Clock::time_point now);
  // Renders the groups that have been quiet long enough.
  void renderDue(Clock::time_point now);
  // When renderDue has something to do next; nothing if no group is held back.
  std::optional<Clock::time_point> nextDue() const;
  bool sawSummary() const { return !streams_.empty() && streams_.back().summary.has_value(); }

  // Renders all that is left and the final lines. Returns the number of reports, suppressed ones left out.
  size_t finish();
  size_t suppressedReports() const { return suppressedReports_; }
  size_t filteredReports() const { return filteredReports_; }
  // Places where records could not be read, so that findings may be missing.
  size_t damages() const { return damages_; }

  const std::vector<StreamFacts>& streams() const { return streams_; }

 private:
  struct Queued {
    Finding finding;
    uint32_t processId;
  };
  struct Progress {
    Clock::time_point lastMember;
    bool rendered = false;            // or suppressed
    SuppressionRule* rule = nullptr;  // that silences the group, because it matches one of its members
  };

  StreamFacts& stream();
  void nameBySource(ResolvedLock& lock);
  void renderGroup(size_t index);
  size_t renderedReports() const;
  void addRules(render::Totals& totals) const;
  render::Totals totals() const;

  Resolver resolver_;
  SourceText& source_;
  render::Renderer& renderer_;
  std::deque<Queued> queue_;
  Grouping grouping_;
  std::vector<Progress> progress_;  // one a group
  std::vector<StreamFacts> streams_;
  size_t lateMembers_ = 0;
  Suppressions suppressions_;
  size_t suppressedReports_ = 0;
  Filter filter_;
  size_t filteredReports_ = 0;
  PathMap paths_;
  size_t damages_ = 0;
};

}  // namespace snag::model

#endif  // SNAG_MODEL_SESSION_H
