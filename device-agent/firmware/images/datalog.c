/*
 * A data logger's partition across losses of power. Boot 1 finds it as linked, erases it and saves a page; boot 2 finds the page, and
 * starts an erase under which power goes; boot 3 finds the partition torn and makes it whole again.
 */
#include "ft900.h"

#define PARTITION 0x3E000u
#define SIGNATURE 0xF7D1D106u
#define FILL 0xAA55AA55u
__attribute__((section(".log"))) const u32 partition[] = {SIGNATURE};
static u32 page[64];
static u32 back[64];

static void fill(u32 word)
{
    for (int i = 0; i < 64; i++) {
        page[i] = word;
    }
}

static void format(void)
{
    flash_command(FLASH_ERASE_SECTOR, PARTITION, 0, 0);
    fill(FILL);
    page[0] = SIGNATURE;
    flash_command(FLASH_FROM_RAM, PARTITION, page, 256);
    fill(FILL);
    page[63] = 0xF7D10403u;
    flash_command(FLASH_FROM_RAM, PARTITION + 0xF00, page, 256);
}

static u32 read(int number, int word)
{
    flash_command(FLASH_TO_RAM, PARTITION + 256u * (u32)number, back, 256);
    return back[word];
}

static void save(void)
{
    for (u32 i = 0; i < 64; i++) {
        page[i] = 0x01010101u * i;
    }
    flash_command(FLASH_FROM_RAM, PARTITION + 256, page, 256);
    for (u32 i = 0; i < 64; i++) {
        check(read(1, (int)i) == 0x01010101u * i, "the page reads back");
    }
}

int main(void)
{
    u32 head = read(0, 0);
    if (head == SIGNATURE && read(0, 1) == 0xFFFFFFFF) {
        check(program_word(PARTITION) == SIGNATURE, "program memory holds the signature");
        format();
        check(read(1, 0) == 0xFFFFFFFF, "an erased page is all ones");
        check(program_word(PARTITION + 4) == 0xFFFFFFFF, "program memory still holds what was there at the reset");
        save();
        fill(0x0F0F0F0F);
        flash_command(FLASH_FROM_RAM, PARTITION + 512, page, 256);
        fill(0x33333333);
        flash_command(FLASH_FROM_RAM, PARTITION + 512, page, 256);
        check(read(2, 5) == 0x03030303, "programming only clears bits");
        print("boot 1: saved\n");
        return result();
    }
    if (head == SIGNATURE && read(0, 1) == FILL && read(1, 7) == 0x07070707u) {
        check(program_word(PARTITION + 4) == FILL, "program memory was loaded from flash");
        print("boot 2: found, erasing\n");
        flash_start(FLASH_ERASE_SECTOR, PARTITION, 0, 0);
        for (;;) {
        }
    }
    print("boot 3: torn\n");
    format();
    save();
    print("whole again\n");
    return result();
}
