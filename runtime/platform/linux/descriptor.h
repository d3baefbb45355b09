// File descriptors that the program does not stumble over. For this folder only.
#ifndef SNAG_PLATFORM_LINUX_DESCRIPTOR_H
#define SNAG_PLATFORM_LINUX_DESCRIPTOR_H

#include "platform/process.h"

namespace snag::platform {

// Moves a close-on-exec descriptor to a high number, as far as the limits allow; returns where it is now.
int moveDescriptorUp(int descriptor);

// Takes over a descriptor just opened, or an error number: then the channel is not open.
Channel channelOf(int descriptor);

}  // namespace snag::platform

#endif  // SNAG_PLATFORM_LINUX_DESCRIPTOR_H
