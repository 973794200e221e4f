/*
 * The watchdog: three kicks, then silence. On both revisions its interrupt comes first; revision B's handler then reboots by the flash
 * controller, on revision C the second expiry resets the chip, which the status register tells once.
 */
#include "ft900.h"

#define FIRST_ROUND 0x57D06000u
__attribute__((section(".noinit"))) static u32 round_mark;
static u8 scratch[256] __attribute__((aligned(4)));

static void on_watchdog(void)
{
    print("level 1\n");
    TIMER(2) |= 0x04;
    if (revision_is_b()) {
        flash_start(FLASH_TO_RAM_REBOOT, 0, scratch, 256);
    }
    for (;;) {
    }
}

int main(void)
{
    if (round_mark == FIRST_ROUND) {
        round_mark = 0;
        print("back\n");
        if (!revision_is_b()) {
            check(TIMER_WDG_STATUS == 1, "the status tells of the watchdog");
            check(TIMER_WDG_STATUS == 0, "reading clears it");
            check(SYS_RST == 0, "neither the pin nor software did it");
        }
        return result();
    }
    round_mark = FIRST_ROUND;
    if (!revision_is_b()) {
        check(TIMER_WDG_STATUS == 0, "no watchdog before the first round");
    }
    attach(IRQ_WATCHDOG, on_watchdog);
    TIMER(0) = 1;
    TIMER(0) = 2;
    TIMER(7) = 17;
    TIMER(2) = 0x02;
    TIMER(2) = 0x09;
    for (int kick = 1; kick <= 3; kick++) {
        for (volatile int i = 0; i < 4000; i++) {
        }
        TIMER(2) |= 0x02;
        print("kick ");
        print_number((u32)kick);
        print("\n");
    }
    for (;;) {
    }
}
