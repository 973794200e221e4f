/* Quicksort through a function pointer, division for the numbers: computed calls, the FFU. */
#ifndef TURNS
#define TURNS 10
#endif

typedef int compare(int, int);

static int numbers[2000];

static int ascending(int a, int b) { return a < b ? -1 : a > b; }
static int descending(int a, int b) { return ascending(b, a); }

static void sort(int *from, int *to, compare *by) {
  while (from < to) {
    int pivot = from[(to - from) / 2], *low = from, *high = to;
    while (low <= high) {
      while (by(*low, pivot) < 0) low++;
      while (by(*high, pivot) > 0) high--;
      if (low <= high) {
        int swapped = *low;
        *low++ = *high;
        *high-- = swapped;
      }
    }
    sort(from, high, by);
    from = low;
  }
}

int main(void) {
  unsigned seed = 1;
  for (int turn = 0; turn < TURNS; turn++) {
    for (int i = 0; i < 2000; i++) {
      seed = seed * 1103515245u + 12345u;
      numbers[i] = (int)(seed / 65536u % 32768u) - 16384;
    }
    sort(numbers, numbers + 1999, turn & 1 ? descending : ascending);
    for (int i = 1; i < 2000; i++)
      if (turn & 1 ? numbers[i - 1] < numbers[i] : numbers[i - 1] > numbers[i]) return 1;
  }
  return 0;
}
