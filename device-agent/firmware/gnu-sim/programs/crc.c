/* CRC-32 over 4 KB, many times: loads, shifts, a tight loop. */
#ifndef TURNS
#define TURNS 10
#endif

static unsigned table[256];
static unsigned char data[4096];

int main(void) {
  unsigned crc;
  for (unsigned i = 0; i < 256; i++) {
    unsigned c = i;
    for (int bit = 0; bit < 8; bit++) c = c & 1 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
    table[i] = c;
  }
  for (int i = 0; i < 4096; i++) data[i] = i * 7 + 3;
  for (int turn = 0; turn < TURNS; turn++) {
    crc = ~0u;
    for (int i = 0; i < 4096; i++) crc = table[(crc ^ data[i]) & 255] ^ (crc >> 8);
    if (~crc != 0x5E4E1995u) return 1;
  }
  return 0;
}
