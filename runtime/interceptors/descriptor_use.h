// Use and end of descriptors, as accesses to words that stand for them: a use reads the word, a close writes it. So a
// close that nothing orders with a use of the same descriptor is found like a race, and told as what it is.
#ifndef SNAG_INTERCEPTORS_DESCRIPTOR_USE_H
#define SNAG_INTERCEPTORS_DESCRIPTOR_USE_H

#include "core/misuse.h"
#include "core/race.h"
#include "interceptors/library_call.h"

namespace snag {

// Instrumented code uses the descriptor. Before the real call, and before whatever order the call itself gives.
void noteUse(int descriptor, const LibraryCall& call);
// The call failed with EBADF: somebody may have closed the descriptor just now.
void noteBadUse(int descriptor, const LibraryCall& call);
// The descriptor is about to end, or to become another file; after this its number starts anew.
void noteClosing(int descriptor, const LibraryCall& call);
// Its number means a new file, or none.
void forgetUses(int descriptor);

// ReportConfig::asMisuse.
bool asDescriptorRace(const Race& race, Misuse* misuse, char* text, size_t capacity);

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_DESCRIPTOR_USE_H
