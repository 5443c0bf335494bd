#include "internal.h"

// How polynomials over two elements lie in integers here: reflected, the bit of value 1 << 63 is the coefficient of
// x^0 and that of value 1 is the one of x^63.

uint64_t azure_crc64_tables[8][256];
struct azure_crc64_folding azure_crc64_folding;

// a times x, modulo the polynomial.
static uint64_t times_x(uint64_t a) {
    return (a >> 1) ^ (AZURE_CRC64_POLYNOMIAL & (0 - (a & 1)));
}

// a times b, modulo the polynomial.
static uint64_t times(uint64_t a, uint64_t b) {
    uint64_t product = 0;
    for (int bit = 63; bit >= 0; bit--) {
        product ^= a & (0 - (b >> bit & 1));
        a = times_x(a);
    }
    return product;
}

// x to a power, modulo the polynomial.
static uint64_t power_of_x(uint64_t exponent) {
    const uint64_t one = UINT64_C(1) << 63;
    uint64_t result = one;
    for (uint64_t square = one >> 1; exponent != 0; exponent >>= 1, square = times(square, square)) {
        if (exponent & 1) result = times(result, square);
    }
    return result;
}

// Before anything else runs: 16 KiB of tables, in some ten microseconds.
__attribute__((constructor)) static void prepare(void) {
    for (int byte = 0; byte < 256; byte++) {
        uint64_t value = (uint64_t)byte;
        for (int bit = 0; bit < 8; bit++) value = times_x(value);
        azure_crc64_tables[0][byte] = value;
    }
    for (int byte = 0; byte < 256; byte++) {
        for (int table = 1; table < 8; table++) {
            uint64_t value = azure_crc64_tables[table - 1][byte];
            azure_crc64_tables[table][byte] = azure_crc64_tables[0][value & 0xff] ^ (value >> 8);
        }
    }
    // A product of two reflected words comes out multiplied by x once more than the register counts, so that each
    // exponent is one less. The word that stands first in memory has the higher powers, by 64.
    azure_crc64_folding.by_512[0] = power_of_x(512 + 64 - 1);
    azure_crc64_folding.by_512[1] = power_of_x(512 - 1);
    azure_crc64_folding.by_128[0] = power_of_x(128 + 64 - 1);
    azure_crc64_folding.by_128[1] = power_of_x(128 - 1);
}

static uint64_t load(const uint8_t *bytes) {
    uint64_t value;
    __builtin_memcpy(&value, bytes, sizeof value);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    value = __builtin_bswap64(value);
#endif
    return value;
}

uint64_t azure_crc64_raw(uint64_t state, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t word = state ^ load(bytes);
        state = 0;
        for (int index = 0; index < 8; index++) {
            state ^= azure_crc64_tables[7 - index][word >> (8 * index) & 0xff];
        }
    }
    for (; count > 0; bytes++, count--) {
        state = azure_crc64_tables[0][(state ^ *bytes) & 0xff] ^ (state >> 8);
    }
    return state;
}

uint64_t azure_crc64_update_portable(uint64_t checksum, const void *bytes, size_t count) {
    return ~azure_crc64_raw(~checksum, bytes, count);
}

uint64_t azure_crc64_update(uint64_t checksum, const void *bytes, size_t count) {
#if defined(__x86_64__)
    if (count >= AZURE_CRC64_MIN_FOLDED && azure_crc64_is_accelerated()) {
        return ~azure_crc64_folded(~checksum, bytes, count);
    }
#endif
    return azure_crc64_update_portable(checksum, bytes, count);
}

bool azure_crc64_is_accelerated(void) {
#if defined(__x86_64__)
    return __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("sse4.1");
#else
    return false;
#endif
}

uint64_t azure_crc64_combine(uint64_t first, uint64_t second, uint64_t second_count) {
    // Eight times the count can be more than 64 bits hold; x to the eighth, to the count, is the same.
    uint64_t factor = UINT64_C(1) << 63;
    for (uint64_t square = power_of_x(8); second_count != 0; second_count >>= 1, square = times(square, square)) {
        if (second_count & 1) factor = times(factor, square);
    }
    return times(first, factor) ^ second;
}
