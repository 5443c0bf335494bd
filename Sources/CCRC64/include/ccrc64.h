#ifndef AZURE_SWIFT_CCRC64_H
#define AZURE_SWIFT_CCRC64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// CRC-64/NVME: reflected, polynomial 0xad93d23594c93659, begins and ends with all bits turned.
// A checksum of nothing is 0; each function takes and gives finished checksums.

/// Goes on with a checksum, the fastest way that this machine has.
uint64_t azure_crc64_update(uint64_t checksum, const void *bytes, size_t count);

/// Goes on with a checksum without any special instructions.
uint64_t azure_crc64_update_portable(uint64_t checksum, const void *bytes, size_t count);

/// Whether this machine has instructions that multiply without carries, and they are used.
bool azure_crc64_is_accelerated(void);

/// The checksum of two texts in a row, from that of each and the length of the second.
uint64_t azure_crc64_combine(uint64_t first, uint64_t second, uint64_t second_count);

#endif
