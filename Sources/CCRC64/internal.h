#ifndef AZURE_SWIFT_CRC64_H
#define AZURE_SWIFT_CRC64_H

#include "ccrc64.h"

// 0xad93d23594c93659, reflected.
#define AZURE_CRC64_POLYNOMIAL UINT64_C(0x9a6c9329ac4bc9b5)
// Below this, tables are as fast.
#define AZURE_CRC64_MIN_FOLDED 128

// What the words of a block of 128 bits are multiplied with to move it on by so many bits.
struct azure_crc64_folding {
    uint64_t by_512[2];
    uint64_t by_128[2];
};

extern struct azure_crc64_folding azure_crc64_folding;

// The state after these bytes, without the turned bits at both ends.
uint64_t azure_crc64_raw(uint64_t state, const uint8_t *bytes, size_t count);

// The same for at least AZURE_CRC64_MIN_FOLDED bytes, on machines that have the instructions.
uint64_t azure_crc64_folded(uint64_t state, const uint8_t *bytes, size_t count);

#endif
