#include "render/drawing.h"

#include "model/advice.h"
#include "model/text_format.h"
#include "render/escape.h"
#include "render/object_text.h"

#include <algorithm>
#include <vector>

namespace snag::render {

using namespace model;

namespace {

constexpr int kWidth = 760;
constexpr int kLeft = 170;  // names of threads stand before it
constexpr int kLane = 62;   // height of a thread's lane without locks
constexpr int kBar = 20;    // and of each lock in it
constexpr size_t kMostBars = 4;
constexpr int kReach = 85;  // how far a bar goes to both sides of the moment
constexpr size_t kLongestLabel = 40;
constexpr size_t kLongestName = 24;  // of what stands left of a lane
constexpr size_t kLongestBarText = 24;

std::string attribute(const char* name, int64_t value) {
  return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

std::string label(int64_t x, int64_t y, const std::string& text, const char* anchor = "start") {
  return "<text" + attribute("x", x) + attribute("y", y) + " text-anchor=\"" + anchor + "\">" +
         xmlText(shortened(text, kLongestLabel)) + "</text>";
}

std::string line(const char* what, int64_t x1, int64_t y1, int64_t x2, int64_t y2) {
  return std::string("<line class=\"") + what + "\"" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
         attribute("y2", y2) + "/>";
}

std::string bar(const char* what, int64_t x, int64_t y, int64_t width, int64_t height) {
  return std::string("<rect class=\"") + what + "\"" + attribute("x", x) + attribute("y", y) +
         attribute("width", width) + attribute("height", height) + "/>";
}

std::string svg(int height, const std::string& title, const std::string& content) {
  return "<svg role=\"img\" viewBox=\"0 0 " + std::to_string(kWidth) + " " + std::to_string(height) + "\" width=\"" +
         std::to_string(kWidth) + "\"><title>" + xmlText(title) + "</title>" + content + "</svg>";
}

// Lays moments out: the first one of a story was caught last.
class Timeline {
 public:
  Timeline(const ResolvedFinding& finding, const Story& story) : finding_(finding), story_(story) {
    for (const Moment& moment : story.moments)
      if (std::ranges::find(threads_, moment.thread) == threads_.end()) threads_.push_back(moment.thread);
  }

  std::string draw() {
    std::string content;
    for (size_t lane = 0; lane < threads_.size(); ++lane) {
      content += label(0, laneY(lane) + 5, shortened(threadName(finding_, threads_[lane]), kLongestName));
      content += line("thread", kLeft, laneY(lane), kWidth - 10, laneY(lane));
    }
    for (size_t i = 0; i < story_.moments.size(); ++i) content += moment(i);
    content += missingEdge();
    const int bottom = laneY(threads_.size());
    content += label(kWidth - 10, bottom - 22, "time →", "end");
    return svg(bottom - 10, "Timeline: " + story_.title, content);
  }

 private:
  // Of the line of a thread; below the last one of a further one.
  int laneY(size_t lane) const {
    int y = 40;
    for (size_t above = 0; above < lane; ++above) y += kLane + kBar * static_cast<int>(barsIn(above));
    return y;
  }
  size_t barsIn(size_t lane) const {
    size_t most = 0;
    for (const Moment& moment : story_.moments)
      if (moment.thread == threads_[lane]) most = std::max(most, std::min(moment.locks.size(), kMostBars));
    return most;
  }
  int laneOf(const Moment& moment) const {
    return laneY(static_cast<size_t>(std::ranges::find(threads_, moment.thread) - threads_.begin()));
  }
  int x(size_t index) const {
    const int step = (kWidth - kLeft - 120) / static_cast<int>(story_.moments.size());
    return kLeft + 90 + step * static_cast<int>(story_.moments.size() - 1 - index);
  }

  std::string moment(size_t index) const {
    const Moment& moment = story_.moments[index];
    const int y = laneOf(moment);
    std::string content;
    for (size_t i = 0; i < moment.locks.size() && i < kMostBars; ++i) {
      const int64_t below = y + 12 + static_cast<int64_t>(i) * kBar;
      content += bar("held", x(index) - kReach, below, 2 * kReach, kBar - 2);
      content += label(x(index), below + 13, shortened(barText(moment, i), kLongestBarText), "middle");
    }
    content += "<circle class=\"access\" r=\"7\"" + attribute("cx", x(index)) + attribute("cy", y) + "/>";
    const std::string where = moment.place == nullptr ? "place unknown" : shortPlace(*moment.place);
    return content + label(x(index), y - 15, where, "middle");
  }

  // The last bar stands for those for which there is no room.
  static std::string barText(const Moment& moment, size_t index) {
    if (index + 1 == kMostBars && moment.locks.size() > kMostBars)
      return "and " + std::to_string(moment.locks.size() - index) + " more locks";
    return (moment.locks[index]->mode == LockMode::Read ? "reads under " : "holds ") + lockText(*moment.locks[index]);
  }

  // Between the first two of a race: here an edge ought to be.
  std::string missingEdge() const {
    if (finding_.raw.isMisuse() || story_.moments.size() < 2) return {};
    const int x1 = x(1), y1 = laneOf(story_.moments[1]), x2 = x(0), y2 = laneOf(story_.moments[0]);
    return line("missing", x1, y1, x2, y2) + label((x1 + x2) / 2 + 16, (y1 + y2) / 2 + 8, "nothing orders these");
  }

  const ResolvedFinding& finding_;
  const Story& story_;
  std::vector<std::optional<uint32_t>> threads_;
};

// The object as a strip of bytes, what each access reaches below it.
class Layout {
 public:
  explicit Layout(const ResolvedFinding& finding) : finding_(finding), extent_(extentOf(finding)) {}

  bool isKnown() const {
    const uint64_t bytes = finding_.raw.size;
    return extent_.size != 0 && bytes != 0 && extent_.offset <= extent_.size && bytes <= extent_.size - extent_.offset;
  }

  std::string draw() {
    const int64_t from = x(extent_.offset), racing = std::max<int64_t>(4, x(extent_.offset + finding_.raw.size) - from);
    std::string content = bar("bytes", kMargin, kTop, kStrip, kHeight);
    content += bar("raced", std::min<int64_t>(from, kWidth - kMargin - 4), kTop, racing, kHeight) + cells();
    content += label(kMargin, 16, "0") + label(kWidth - kMargin, 16, counted(extent_.size, "byte"), "end");
    content += label(clamped(from + racing / 2), kTop + kHeight + 18,
                     "race on " + counted(finding_.raw.size, "byte") + " at offset " + std::to_string(extent_.offset),
                     "middle");
    int y = kTop + kHeight + 36;
    for (int side : {1, 0}) content += reach(side, y);
    return svg(y - 10, "Layout: " + longObject(finding_), content);
  }

 private:
  static constexpr int kMargin = 10, kTop = 24, kHeight = 22, kStrip = kWidth - 2 * kMargin;
  static constexpr uint64_t kMostCells = 64;

  // Relative in floating point: objects may be larger than what an integer product holds.
  int64_t x(uint64_t offset) const {
    return kMargin + static_cast<int64_t>(static_cast<double>(offset) / static_cast<double>(extent_.size) * kStrip);
  }
  static int64_t clamped(int64_t middle) { return std::clamp<int64_t>(middle, 120, kWidth - 120); }

  std::string cells() const {
    std::string lines;
    for (uint64_t byte = 1; extent_.size <= kMostCells && byte < extent_.size; ++byte)
      lines += line("cell", x(byte), kTop, x(byte), kTop + kHeight);
    return lines;
  }

  // The bytes of one access, if they lie in the object.
  std::string reach(int side, int& y) const {
    const Access& access = finding_.access(side);
    const uint64_t start = finding_.raw.address - extent_.offset;
    if (finding_.raw.isMisuse() || access.size == 0 || access.address < start) return {};
    const uint64_t first = access.address - start;
    if (first >= extent_.size || access.size > extent_.size - first) return {};
    const std::string text =
        threadId(access.thread) + ": " + counted(access.size, "byte") + " at offset " + std::to_string(first);
    const std::string drawn = line("reach", x(first), y, std::max(x(first) + 4, x(first + access.size)), y) +
                              label(clamped((x(first) + x(first + access.size)) / 2), y + 17, text, "middle");
    y += 30;
    return drawn;
  }

  const ResolvedFinding& finding_;
  const Extent extent_;
};

}  // namespace

std::string timelineSvg(const ResolvedFinding& finding, const Story& story) { return Timeline(finding, story).draw(); }

std::string layoutSvg(const ResolvedFinding& finding) {
  Layout layout(finding);
  return layout.isKnown() ? layout.draw() : std::string();
}

}  // namespace snag::render
