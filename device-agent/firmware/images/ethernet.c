/* Ethernet: the PHY over MII, the link, and frames that the other end of the cable sends back. */
#include "ft900.h"

#define PHY 0x17
static volatile u32 received;
static u32 in[512];
static u32 out[32];
static const u8 mac[6] = {0x00, 0xF7, 0xD1, 0x00, 0x00, 0x01};

static void mii_wait(void)
{
    while ((ETH8(0) & 0x20) == 0) {
    }
    ETH8(0) = 0x20;
}

static u16 mii_read(u8 number)
{
    ETH8(0x0F) = (u8)(number << 3 | 1);
    mii_wait();
    return ETH16(0x14);
}

static void mii_write(u8 number, u16 value)
{
    ETH16(0x12) = value;
    ETH8(0x0F) = (u8)(number << 3 | 3);
    mii_wait();
}

static void on_frame(void)
{
    check(ETH8(0x16) == 1, "one packet waits");
    in[0] = ETH_DATA;
    u32 length = in[0] & 0xFFFF;
    for (u32 word = 1; word <= (length - 1) / 4; word++) {
        in[word] = ETH_DATA;
    }
    check(ETH8(0x16) == 0, "its last word takes it away");
    received = length;
}

static void send(u32 destination_high, u32 data)
{
    u8 *bytes = (u8 *)out;
    bytes[0] = (u8)data;
    bytes[1] = (u8)(data >> 8);
    for (u32 i = 0; i < 6; i++) {
        bytes[2 + i] = (u8)(mac[i] ^ (i == 0 ? destination_high : 0));
        bytes[8 + i] = mac[i];
    }
    bytes[14] = 0x88;
    bytes[15] = 0xB5;
    for (u32 i = 0; i < data; i++) {
        bytes[16 + i] = (u8)(i * 3);
    }
    while (ETH8(0x17) & 1) {
    }
    ETH8(0) = 0x04;
    for (u32 word = 0; word < (16 + data + 3) / 4; word++) {
        ETH_DATA = out[word];
    }
    ETH8(0x17) = 1;
    check(ETH8(0x17) == 1, "a frame takes its time on the wire");
    while ((ETH8(0) & 0x04) == 0) {
    }
    check(ETH8(0x17) == 0, "then the request is gone");
}

int main(void)
{
    CLKCFG |= CLOCK_ETHERNET;
    PHY_MISC = (PHY_MISC & ~0x31Fu) | PHY;
    MSC0CFG |= MSC_MAC_RESET_PHY;
    check((MSC0CFG & MSC_MAC_RESET_PHY) == 0, "the reset of the PHY clears itself");
    ETH8(0x11) = PHY;
    ETH8(0x10) = 19;
    mii_write(0, 0x8000);
    check(mii_read(0) == 0x3100, "the PHY after its reset");
    mii_write(4, 0x01E1);
    mii_write(0, 0x3300);
    check((mii_read(1) & 0x24) == 0x24, "negotiated, link up");
    if (!revision_is_b()) {
        check(PHY_MISC >> 24 == 0x9C, "link up at 100 Mb/s, full duplex");
    }
    ETH8(0x11) = 3;
    check(mii_read(1) == 0xFFFF, "no PHY at another address");
    ETH8(0x11) = PHY;
    for (int i = 0; i < 6; i++) {
        ETH8(0x08 + i) = mac[i];
    }
    ETH8(3) = 0x17;
    ETH8(2) = 0x09;
    ETH8(0) = 0x3E;
    ETH8(1) = 0x01;
    attach(IRQ_ETHERNET, on_frame);
    IRQ_MASK = 0;

    send(0, 50);
    while (received == 0) {
    }
    check(received == 2 + 64 + 4, "header and data come back with CRC and length");
    u8 *bytes = (u8 *)in;
    for (u32 i = 0; i < 50; i++) {
        check(bytes[16 + i] == (u8)(i * 3), "the data come back");
    }
    received = 0;
    send(0, 10);
    while (received == 0) {
    }
    check(received == 2 + 60 + 4, "a short frame was padded");
    received = 0;
    send(0x40, 50);
    for (volatile int i = 0; i < 2000; i++) {
    }
    check(received == 0, "a frame for somebody else is not taken");
    ETH8(2) = 0x0D;
    send(0x40, 50);
    while (received == 0) {
    }
    ETH8(1) = 0;
    return result();
}
