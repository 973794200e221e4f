/* Runs for ever, and answers each question mark with the seconds that its clock has counted. For a person at a terminal, and for time. */
#include "ft900.h"

static u32 seconds(void)
{
    if (revision_is_b()) {
        return RTC_B(0x00) / 32;
    }
    u32 time = RTC_C(0x00);
    u32 total = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        total = total * 60 + (time >> (shift + 4) & 15) * 10 + (time >> shift & 15);
    }
    return total;
}

int main(void)
{
    if (revision_is_b()) {
        RTC_B(0x0C) = 0x04;
    } else {
        RTC_C(0x00) = 0;
        RTC_C(0x10) = 0x281;
    }
    print("ask with ?\n");
    for (;;) {
        if ((U_LSR(UART0) & 1) && U_DATA(UART0) == '?') {
            print("up ");
            print_number(seconds());
            print(" s\n");
        }
    }
}
