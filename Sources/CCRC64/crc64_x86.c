#include "internal.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define FOLDING __attribute__((target("pclmul,sse4.1")))

// A block moved on by as many bits as the factors stand for, and the block that stands there.
FOLDING static inline __m128i fold(__m128i block, __m128i factors, __m128i next) {
    __m128i high = _mm_clmulepi64_si128(block, factors, 0x00);
    __m128i low = _mm_clmulepi64_si128(block, factors, 0x11);
    return _mm_xor_si128(_mm_xor_si128(high, low), next);
}

FOLDING static inline __m128i load(const uint8_t *bytes) {
    return _mm_loadu_si128((const __m128i *)bytes);
}

// Four blocks of 128 bits are on their way at once, since a multiplication takes several cycles but one can begin in
// each. In the end one block is left, which stands for all bytes before it and goes through the tables.
FOLDING uint64_t azure_crc64_folded(uint64_t state, const uint8_t *bytes, size_t count) {
    __m128i by_512 = load((const uint8_t *)azure_crc64_folding.by_512);
    __m128i by_128 = load((const uint8_t *)azure_crc64_folding.by_128);
    __m128i a = _mm_xor_si128(load(bytes), _mm_set_epi64x(0, (long long)state));
    __m128i b = load(bytes + 16);
    __m128i c = load(bytes + 32);
    __m128i d = load(bytes + 48);
    bytes += 64, count -= 64;
    for (; count >= 64; bytes += 64, count -= 64) {
        a = fold(a, by_512, load(bytes));
        b = fold(b, by_512, load(bytes + 16));
        c = fold(c, by_512, load(bytes + 32));
        d = fold(d, by_512, load(bytes + 48));
    }
    b = fold(a, by_128, b);
    c = fold(b, by_128, c);
    d = fold(c, by_128, d);
    for (; count >= 16; bytes += 16, count -= 16) d = fold(d, by_128, load(bytes));

    uint8_t block[16];
    _mm_storeu_si128((__m128i *)block, d);
    return azure_crc64_raw(azure_crc64_raw(0, block, sizeof block), bytes, count);
}
#endif
