#include "report/report_sink.h"

#include <new>

#include "platform/platform.h"
#include "report/misuse_builder.h"
#include "report/race_report.h"
#include "report/record_writer.h"
#include "report/report_builder.h"
#include "report/text_writer.h"

namespace snag {

// What building and writing one finding needs.
struct ReportScratch {
  static constexpr size_t kTextBytes = 1 << 20;

  RaceReport report;
  uint8_t record[RecordWriter::kBufferBytes];
  char text[kTextBytes];
};

ReportSink::ReportSink(const ReportConfig& config) : config_(config), stream_(config.logDir) {}

ReportScratch& ReportSink::scratch() {
  if (scratch_ == nullptr) scratch_ = static_cast<ReportScratch*>(platform::reserve(sizeof(ReportScratch), 4096));
  return *scratch_;
}

void ReportSink::onRace(const Race& race) {
  if (detector_ == nullptr) return;
  char text[64];
  Misuse misuse;
  if (config_.asMisuse != nullptr && config_.asMisuse(race, &misuse, text, sizeof text))
    return onMisuse(*race.thread, misuse);
  const uint64_t pair = pairKey(caughtSide(race), earlierSide(*detector_, race));
  const uintptr_t word = race.racingAddress & ~uintptr_t{7};
  if (seen_.isExhausted(pair) || seen_.hasWord(pair, word)) return;
  const uint64_t object = objectIdentity(*detector_, config_.findHeapBlock, race.racingAddress);
  if (seen_.hasObject(pair, object)) return;
  reportNew({pair, object, word},
            [&](RaceReport& finding) { buildReport(*detector_, config_.findHeapBlock, race, finding); });
}

void ReportSink::onMisuse(ThreadState&, const Misuse& misuse) {
  if (detector_ == nullptr) return;
  const uint64_t places = misuseKey(*detector_, misuse);
  const uintptr_t word = misuse.object & ~uintptr_t{7};
  if (seen_.isExhausted(places) || seen_.hasWord(places, word)) return;
  const uint64_t object = objectIdentity(*detector_, config_.findHeapBlock, misuse.object);
  if (seen_.hasObject(places, object)) return;
  reportNew({places, object, word},
            [&](RaceReport& finding) { buildMisuse(*detector_, config_.findHeapBlock, misuse, finding); });
}

template <typename Build>
void ReportSink::reportNew(const Identity& identity, Build build) {
  {
    SpinGuard guard(lock_);
    if (finished_ || !seen_.add(identity.places, identity.object, identity.word)) return;
    RaceReport& finding = *new (&scratch().report) RaceReport;
    build(finding);
    send(finding);
    if (config_.found != nullptr) config_.found(finding);
    if (findings_ != 1) return;
  }
  if (config_.halt != nullptr) config_.halt();
}

void ReportSink::send(RaceReport& finding) {
  finding.sequence = findings_ + 1;
  stream_.open(config_, scratch().record, sizeof(scratch().record));
  const size_t bytes = writeFinding(finding, scratch().record, sizeof(scratch().record));
  const bool isSent = stream_.send(scratch().record, bytes);
  if (stream_.state() != RecordStream::State::File) keepText(finding);
  if (!isSent) printKeptText();
  __atomic_store_n(&findings_, finding.sequence, __ATOMIC_RELEASE);
}

// A tool may turn out not to work after all, for want of a library for instance: no finding must be lost to that.
void ReportSink::keepText(const RaceReport& finding) {
  TextBuffer out(scratch().text + keptText_, sizeof(scratch().text) - keptText_);
  writeText(finding, platform::processId(), out);
  keptText_ += out.length();
}

// One write, so that other output does not get between the lines.
void ReportSink::printKeptText() {
  TextBuffer out(scratch().text + keptText_, sizeof(scratch().text) - keptText_);
  if (!cureIsPrinted_) writeCure(stream_.startedTool(), stream_.lookedAt(), out);
  cureIsPrinted_ = true;
  platform::printError(scratch().text, keptText_ + out.length());
  keptText_ = 0;
}

uint32_t ReportSink::finish(const RunNumbers& numbers) {
  if (!lockForFinish()) return findings();
  if (!finished_) {
    finished_ = true;
    const bool hasLog = config_.logDir != nullptr && config_.logDir[0] != 0;
    if (hasLog) stream_.open(config_, scratch().record, sizeof(scratch().record));
    if (stream_.isOpen()) sendSummary(numbers);
  }
  lock_.unlock();
  return findings();
}

// A signal handler may end the process on a thread that is in the middle of a report: then there is nobody to wait for.
bool ReportSink::lockForFinish() {
  constexpr int kAttempts = 4'000'000;  // some seconds
  for (int i = 0; i < kAttempts; ++i) {
    if (lock_.tryLock()) return true;
    platform::yield();
  }
  return false;
}

void ReportSink::sendSummary(const RunNumbers& numbers) {
  using record::Tag;
  RecordWriter out(scratch().record, sizeof(scratch().record));
  out.begin(record::RecordKind::Summary);
  out.u32(Tag::SummaryFindings, findings_);
  out.u64(Tag::SummaryRaces, numbers.detector.races);
  out.u64(Tag::SummaryForgotten, numbers.detector.forgotten);
  out.u32(Tag::SummaryThreads, numbers.detector.threads);
  out.u64(Tag::SummaryChecks, numbers.detector.counts.checks.get());
  out.u32(Tag::SummaryModules, numbers.modules);
  stream_.send(scratch().record, out.end());

  uint32_t counted = 0;
  if (stream_.waitForCount(&counted))
    __atomic_store_n(&findings_, counted, __ATOMIC_RELEASE);
  else if (keptText_ > 0)
    printKeptText();
}

void ReportSink::afterForkInChild() {
  stream_.drop();
  keptText_ = 0;
  __atomic_store_n(&findings_, 0, __ATOMIC_RELEASE);
  finished_ = false;
  lock_.reset();
}

}  // namespace snag
