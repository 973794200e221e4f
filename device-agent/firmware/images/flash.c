/* The flash controller, used as sheet 4.9 tells. */
#include "ft900.h"

static void wait(void)
{
    while (FLASH(0x0D) & 0x40) {
    }
}

static void address(int offset, u32 value)
{
    FLASH(offset) = (u8)value;
    FLASH(offset + 1) = (u8)(value >> 8);
    FLASH(offset + 2) = (u8)(value >> 16);
}

/* Starts a command and returns while it is under way. */
void flash_start(u8 command, u32 flash, const void *ram, u32 length)
{
    while (FLASH(0x0B)) {
    }
    wait();
    address(0x00, (u32)ram >> 2);
    address(0x03, flash);
    address(0x06, length == 0 ? 0 : length - 1);
    FLASH(0x09) = FLASH_ENABLE;
    wait();
    FLASH(0x09) = command;
}

void flash_command(u8 command, u32 flash, const void *ram, u32 length)
{
    flash_start(command, flash, ram, length);
    wait();
    FLASH(0x0B) = 1;
}

u32 program_word(u32 where)
{
    u32 word;
    __asm__ volatile("lpmi.l %0,%1,0" : "=r"(word) : "r"(where));
    return word;
}
