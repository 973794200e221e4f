/* The clock of whichever revision it runs on: set, read, and an alarm by interrupt. */
#include "ft900.h"

static volatile u32 alarms;

static void on_alarm_b(void)
{
    check(RTC_B(0x10) == 1, "the masked status is set in the handler");
    check(RTC_B(0x00) == RTC_B(0x04), "the counter stands at the match");
    (void)RTC_B(0x18);
    check(RTC_B(0x10) == 0, "reading EOI clears the interrupt");
    alarms++;
    RTC_B(0x04) += 2;
}

static void with_revision_b(void)
{
    check(RTC_B(0x1C) == 0x3230332A, "the version");
    RTC_B(0x08) = 1000;
    check(RTC_B(0x00) == 1000, "a loaded counter shows at once");
    attach(IRQ_RTC, on_alarm_b);
    RTC_B(0x04) = 1002;
    RTC_B(0x0C) = 0x05;
    IRQ_MASK = 0;
    while (alarms < 3) {
    }
    check(RTC_B(0x00) == 1006, "three alarms, two counts apart");
    RTC_B(0x0C) = 0;
}

static u32 time_c(void)
{
    RTC_C(0x10) |= 0x100;
    while (RTC_C(0x10) & 0x100) {
    }
    return RTC_C(0x00) & 0xFFFFFF;
}

static void write_c(void)
{
    RTC_C(0x10) |= 0x200;
    while (RTC_C(0x10) & 0x200) {
    }
}

static void on_alarm_c(void)
{
    check(RTC_C(0x14) & 0x04, "alarm 1 is set in the handler");
    RTC_C(0x14) = 0x04;
    alarms++;
}

static void with_revision_c(void)
{
    RTC_C(0x04) = 0x24022803;
    RTC_C(0x00) = 0x235958;
    write_c();
    check(time_c() == 0x235958, "the time is read back");
    RTC_C(0x08) = 0x80808000 | 0x59;
    write_c();
    RTC_C(0x14) = 0xFC;
    attach(IRQ_RTC, on_alarm_c);
    RTC_C(0x10) = 0x07;
    IRQ_MASK = 0;
    while (alarms < 1) {
    }
    check(time_c() == 0x235959, "the alarm comes at second 59");
    while (time_c() == 0x235959) {
    }
    check(time_c() == 0x000000, "midnight");
    check(RTC_C(0x04) == 0x24022904, "the 29th of February, a day later in the week");
    check(alarms == 1, "an alarm comes once");
    RTC_C(0x10) = 0;
}

int main(void)
{
    print(revision_is_b() ? "revision B\n" : "revision C\n");
    if (revision_is_b()) {
        with_revision_b();
    } else {
        with_revision_c();
    }
    return result();
}
