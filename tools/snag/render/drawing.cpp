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
constexpr int kLane = 70;
constexpr size_t kLongestLabel = 40;

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
      content += label(0, laneY(lane) + 5, threadName(finding_, threads_[lane]));
      content += line("thread", kLeft, laneY(lane), kWidth - 10, laneY(lane));
    }
    for (size_t i = 0; i < story_.moments.size(); ++i) content += moment(i);
    content += missingEdge();
    return svg(static_cast<int>(threads_.size()) * kLane + 30, "Timeline: " + story_.title, content);
  }

 private:
  static int laneY(size_t lane) { return static_cast<int>(lane) * kLane + 45; }
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
    for (const ResolvedLock* lock : moment.locks) {
      content += bar("held", x(index) - 70, y - 9, 140, 18);
      content += label(x(index), y + 26, "holds " + lockText(*lock), "middle");
      break;  // one bar; the text lists them all
    }
    content += "<circle class=\"access\" r=\"7\"" + attribute("cx", x(index)) + attribute("cy", y) + "/>";
    const std::string where = moment.place == nullptr ? "place unknown" : shortPlace(*moment.place);
    return content + label(x(index), y - 15, where, "middle");
  }

  // Between the first two of a race: here an edge ought to be.
  std::string missingEdge() const {
    if (finding_.raw.isMisuse() || story_.moments.size() < 2) return {};
    const int x1 = x(1), y1 = laneOf(story_.moments[1]), x2 = x(0), y2 = laneOf(story_.moments[0]);
    return line("missing", x1, y1, x2, y2) + label((x1 + x2) / 2, (y1 + y2) / 2 - 4, "nothing orders these", "middle");
  }

  const ResolvedFinding& finding_;
  const Story& story_;
  std::vector<std::optional<uint32_t>> threads_;
};

}  // namespace

std::string timelineSvg(const ResolvedFinding& finding, const Story& story) { return Timeline(finding, story).draw(); }

std::string layoutSvg(const ResolvedFinding& finding) {
  const Extent extent = extentOf(finding);
  const uint64_t bytes = finding.raw.size;
  if (extent.size == 0 || bytes == 0 || extent.offset > extent.size || bytes > extent.size - extent.offset) return {};
  const int width = kWidth - 20;
  // Relative in floating point: objects may be larger than what an integer product holds.
  const auto scaled = [&](uint64_t value) {
    return static_cast<int64_t>(static_cast<double>(value) / static_cast<double>(extent.size) * width);
  };
  const int64_t from = 10 + scaled(extent.offset);
  const int64_t racing = std::max<int64_t>(4, scaled(bytes));
  std::string content =
      bar("bytes", 10, 24, width, 22) + bar("raced", std::min<int64_t>(from, width + 6), 24, racing, 22);
  content += label(10, 16, "0") + label(kWidth - 10, 16, counted(extent.size, "byte"), "end");
  content += label(std::clamp<int64_t>(from + racing / 2, 120, kWidth - 120), 64,
                   "race on " + counted(bytes, "byte") + " at offset " + std::to_string(extent.offset), "middle");
  return svg(72, "Layout: " + longObject(finding), content);
}

}  // namespace snag::render
