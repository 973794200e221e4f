/* Timers: one-shot, continuous with interrupt and prescaler, counting up and down, stop. */
#include "ft900.h"

enum { A, B, C, D };
static volatile u32 ticks;

static void set(int timer, u16 start, int up, int once, int prescaled)
{
    TIMER(1) = (u8)(0x10 << timer);
    TIMER(6) = (u8)timer;
    TIMER(8) = (u8)start;
    TIMER(9) = (u8)(start >> 8);
    TIMER(3) = (u8)((TIMER(3) & ~(0x11 << timer)) | once << timer | up << (4 + timer));
    TIMER(2) = (u8)((TIMER(2) & ~(0x10 << timer)) | prescaled << (4 + timer));
    TIMER(4) = (u8)(1 << timer);
}

static void start(int timer)
{
    TIMER(1) = (u8)(1 << timer);
}

static u32 count(int timer)
{
    TIMER(6) = (u8)(timer << 2);
    u32 high = TIMER(0xD);
    return high << 8 | TIMER(0xC);
}

static int expired(int timer)
{
    return TIMER(5) >> 2 * timer & 1;
}

static void on_timer(void)
{
    check(expired(B), "the interrupt comes with timer B pending");
    TIMER(5) = (u8)((TIMER(5) & 0xAA) | 1 << 2 * B);
    ticks++;
}

int main(void)
{
    TIMER(0) = 1;
    TIMER(0) = 2;
    check(TIMER(1) == 0, "start and stop bits read 0");

    /* 1 ms on A, counted in laps of B with 10 us. */
    for (int timer = A; timer <= D; timer++) {
        TIMER(6) = (u8)timer;
        TIMER(0xA) = 99;
        TIMER(0xB) = 0;
    }
    set(A, 999, 0, 1, 1);
    set(B, 999, 1, 0, 0);
    attach(IRQ_TIMERS, on_timer);
    TIMER(5) = 2 << 2 * B;
    IRQ_MASK = 0;
    start(B);
    start(A);
    while (!expired(A)) {
    }
    u32 seen = ticks;
    IRQ_MASK = 0x80;
    print("ticks in 1 ms: ");
    print_number(seen);
    print("\n");
    check(seen >= 99 && seen <= 101, "100 ticks of 10 us in 1 ms");
    TIMER(1) = 0x10 << B;
    TIMER(5) = 0x55 | 2 << 2 * B;
    u32 first = count(A);
    check(first == count(A), "a one-shot stands when it has expired");

    set(C, 0xFFFF, 1, 0, 0);
    start(C);
    u32 before = count(C);
    check(count(C) > before, "counts up");
    set(D, 0xFFFF, 0, 0, 0);
    start(D);
    before = count(D);
    check(count(D) < before, "counts down");
    TIMER(1) = 0x10 << D;
    before = count(D);
    check(count(D) == before, "a stopped timer stands");
    TIMER(1) = 0x10 << C;
    check((TIMER(5) & 0xAA) == 2 << 2 * B, "interrupt enables read back");
    return result();
}
