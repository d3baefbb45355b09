// process.h for unit tests: everything in memory.
#include "platform/process.h"

#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "platform/fake/fake_process.h"

namespace snag {

namespace fake {

FakeProcess& fakeProcess() {
  static FakeProcess process;
  return process;
}

namespace {

bool copyText(const std::string& text, char* out, size_t capacity) {
  const size_t length = text.copy(out, capacity - 1);
  out[length] = 0;
  return length > 0 && length == text.size();
}

platform::Channel addOutput(const char* path, bool isTool) {
  auto& outputs = fakeProcess().outputs;
  outputs.push_back({path, isTool, true, false, {}});
  platform::Channel channel;
  channel.descriptor = static_cast<int>(outputs.size() - 1);
  return channel;
}

FakeOutput* outputOf(const platform::Channel& channel) {
  return channel.isOpen() ? &fakeProcess().outputs.at(static_cast<size_t>(channel.descriptor)) : nullptr;
}

}  // namespace
}  // namespace fake

namespace platform {

using fake::fakeProcess;

uint32_t processId() { return fakeProcess().processId; }

bool executablePath(char* out, size_t capacity) { return fake::copyText(fakeProcess().executable, out, capacity); }

bool workingDirectory(char* out, size_t capacity) {
  return fake::copyText(fakeProcess().workingDirectory, out, capacity);
}

bool startEnvironment(const char* name, char* out, size_t capacity) {
  const auto& environment = fakeProcess().environment;
  const auto found = environment.find(name);
  return found != environment.end() && fake::copyText(found->second, out, capacity);
}

bool copyMemory(uintptr_t address, void* out, size_t bytes) {
  const iovec to{out, bytes}, from{reinterpret_cast<void*>(address), bytes};
  return process_vm_readv(getpid(), &to, 1, &from, 1, 0) == static_cast<ssize_t>(bytes);
}

bool findModule(uintptr_t address, ModuleInfo* out) {
  for (const ModuleInfo& module : fakeProcess().modules)
    if (module.start <= address && address < module.end) {
      *out = module;
      return true;
    }
  return false;
}

Channel openFile(const char* path) {
  const bool canBeCreated = fakeProcess().filesCanBeCreated && fakeProcess().files.insert(path).second;
  return canBeCreated ? fake::addOutput(path, false) : Channel{};
}

void createDirectory(const char*) {}

bool fileIsExecutable(const char* path) { return fakeProcess().tools.contains(path); }

bool writeAll(const Channel& channel, const void* data, size_t bytes) {
  fake::FakeOutput* output = fake::outputOf(channel);
  if (output == nullptr || !output->isOpen || fakeProcess().writingFails) return false;
  const auto* first = static_cast<const uint8_t*>(data);
  output->bytes.insert(output->bytes.end(), first, first + bytes);
  return true;
}

void endWriting(const Channel& channel) {
  if (fake::FakeOutput* output = fake::outputOf(channel)) output->isEnded = true;
}

bool readAll(const Channel&, void* data, size_t bytes, int) {
  const std::optional<uint32_t>& answer = fakeProcess().toolAnswer;
  if (!answer || bytes != sizeof(*answer)) return false;
  memcpy(data, &*answer, bytes);
  return true;
}

void closeChannel(Channel& channel) {
  if (fake::FakeOutput* output = fake::outputOf(channel)) output->isOpen = false;
  channel = Channel{};
}

Channel startTool(const char* path) {
  return fakeProcess().tools.contains(path) ? fake::addOutput(path, true) : Channel{};
}

void printError(const char* text, size_t bytes) { fakeProcess().errors.append(text, bytes); }

}  // namespace platform
}  // namespace snag
