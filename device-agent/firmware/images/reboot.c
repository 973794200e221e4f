/* Soft reboots: by the flash controller, of the CPU alone, and on revision C by the reset register. What each leaves alone shows. */
#include "ft900.h"

#define MARK 0x50F7B007u
__attribute__((section(".noinit"))) static u32 mark;
__attribute__((section(".noinit"))) static u32 boots;
static u8 scratch[256] __attribute__((aligned(4)));

static void reboot(u8 command)
{
    flash_start(command, 0, scratch, 256);
    check(0, "nothing runs after a reboot command");
    for (;;) {
    }
}

int main(void)
{
    if (mark != MARK) {
        mark = MARK;
        boots = 0;
    }
    boots++;
    print("boot ");
    print_number(boots);
    print("\n");
    if (boots == 1) {
        PAD(30) = 0x08;
        reboot(FLASH_TO_RAM_REBOOT);
    }
    if (boots == 2) {
        check(PAD(30) == 0x04, "a reboot resets the pads");
        PAD(30) = 0x08;
        reboot(FLASH_TO_RAM_CPU_RESET);
    }
    if (boots == 3) {
        check(PAD(30) == 0x08, "a reset of the CPU leaves the pads");
        FLASH(0x0B) = 1;
        if (!revision_is_b()) {
            check(SYS_RST == 0, "no reset by the register yet");
            SYS_RST = 0x02;
            check(0, "nothing runs after a soft reset");
        }
    }
    if (boots == 4) {
        check(PAD(30) == 0x04, "a soft reset resets the pads");
        check(SYS_RST == 0x02, "the register tells of it");
        SYS_RST = 0xFD;
        check(SYS_RST == 0, "until it is cleared");
    }
    mark = 0;
    return result();
}
