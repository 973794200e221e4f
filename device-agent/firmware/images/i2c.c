/* The I2C master reads the board's MAC address from its EEPROM, which is on the swapped pads. */
#include "ft900.h"

#define EEPROM 0xA0

static int step(u8 control)
{
    I2CM(1) = control;
    while (I2CM(1) & 0x01) {
    }
    return (I2CM(1) & 0x02) == 0;
}

static int read_at(u8 where, u8 *to, int count)
{
    I2CM(0) = EEPROM;
    I2CM(2) = where;
    int good = step(0x03);
    I2CM(0) = EEPROM | 1;
    for (int i = 0; good && i < count; i++) {
        u8 acknowledge = i + 1 < count ? 0x08 : 0;
        good = step((u8)((i == 0 ? 0x03 : 0x01) | acknowledge));
        to[i] = I2CM(2);
    }
    I2CM(1) = 0x04;
    return good;
}

int main(void)
{
    u8 mac[6];
    CLKCFG |= CLOCK_I2CM;
    I2CM(1) = 0x80;
    I2CM(3) = 0x40;
    check(!read_at(0xFA, mac, 6), "nobody answers on pads 44 and 45");
    check(I2CM(1) == 0x26, "idle, error, address refused");

    MSC0CFG |= MSC_I2C_SWOP;
    check(read_at(0xFA, mac, 6), "the EEPROM answers on pads 46 and 47");
    print("MAC ");
    for (int i = 0; i < 6; i++) {
        print_hex(mac[i], 2);
    }
    print("\n");

    I2CM(0) = EEPROM;
    I2CM(2) = 0x10;
    check(step(0x03), "set the pointer");
    I2CM(2) = 0x5A;
    check(step(0x01), "write a byte");
    I2CM(1) = 0x04;
    u8 saved;
    check(read_at(0x10, &saved, 1) && saved == 0x5A, "the byte reads back");
    check((I2CM(1) & 0x40) == 0, "the bus is free after a stop");
    return result();
}
