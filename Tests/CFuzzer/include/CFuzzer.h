#ifndef AZURE_SWIFT_CFUZZER_H
#define AZURE_SWIFT_CFUZZER_H

#include <stddef.h>
#include <stdint.h>

/// Runs libFuzzer: returns when it has done what its arguments say, and ends the process when it has found something.
///
/// The function is part of the compiler's runtime library, which has no header of its own.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif
