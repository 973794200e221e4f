/* All ways to put eight queens on a board: calls, recursion, the stack. */
#ifndef TURNS
#define TURNS 10
#endif

static int columns[8];

static int safe(int row, int column) {
  for (int r = 0; r < row; r++) {
    int c = columns[r];
    if (c == column || c - column == row - r || column - c == row - r) return 0;
  }
  return 1;
}

static int solutions(int row) {
  int count = 0;
  if (row == 8) return 1;
  for (int c = 0; c < 8; c++)
    if (safe(row, c)) {
      columns[row] = c;
      count += solutions(row + 1);
    }
  return count;
}

int main(void) {
  int ok = 1;
  for (int turn = 0; turn < TURNS; turn++) ok &= solutions(0) == 92;
  return ok ? 0 : 1;
}
