/* What the string instructions do, against the same in plain C. */
#ifndef TURNS
#define TURNS 10
#endif

static char a[300], b[300], c[300];

static unsigned length(const char *s) {
  unsigned n;
  __asm__ volatile("strlen.b %0,%1" : "=r"(n) : "r"(s) : "memory");
  return n;
}

static int order(const char *s, const char *t) {
  int n;
  __asm__ volatile("strcmp.b %0,%1,%2" : "=r"(n) : "r"(s), "r"(t) : "memory");
  return n;
}

static char *append(char *to, const char *from) {
  __asm__ volatile("stpcpy.b %0,%1" : "+r"(to) : "r"(from) : "memory");
  return to;
}

static void copy(char *to, const char *from, unsigned n) {
  __asm__ volatile("memcpy.b %0,%1,%2" : : "r"(to), "r"(from), "r"(n) : "memory");
}

static void fill(char *to, int with, unsigned n) {
  __asm__ volatile("memset.b %0,%1,%2" : : "r"(to), "r"(with), "r"(n) : "memory");
}

int main(void) {
  for (int turn = 0; turn < TURNS; turn++)
  for (int size = 1; size < 256; size++) {
    fill(a, 'x', 299);
    fill(b, 'y', 299);
    for (int i = 0; i < size; i++) a[i] = 'a' + i % 26;
    a[size] = 0;
    if (length(a) != (unsigned)size) return 1;
    if (append(b, a) != b + size || b[size] != 0 || b[size + 1] != 'y') return 2;
    if (order(a, b) != 0) return 3;
    b[size - 1]++;
    if (order(a, b) != -1 || order(b, a) != 1) return 4;
    copy(c, a, size + 1);
    for (int i = 0; i <= size; i++)
      if (c[i] != a[i]) return 5;
    /* Overlapping: each byte is copied after the one before it. */
    copy(c + 1, c, size);
    for (int i = 0; i <= size; i++)
      if (c[i] != a[0]) return 6;
  }
  return 0;
}
