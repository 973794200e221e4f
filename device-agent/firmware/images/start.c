/* What every image has: interrupt handlers by vector, a console on UART0 at 115200 8N1, checks that count. */
#include "ft900.h"

static void (*handlers[34])(void);
static int failures;

static void console(void)
{
    CLKCFG |= CLOCK_UART0;
    PAD(48) = 0xC4;
    PAD(49) = 0xC4;
    uart_icr(UART0, ICR_TCR, 4);
    U_LCR(UART0) = 0x80;
    U_DATA(UART0) = 217;
    U_IER(UART0) = 0;
    U_LCR(UART0) = 0x03;
}

/* Called by crt0's stubs with the number of the vector; 33 is the watchdog. */
void dispatch(int vector)
{
    if (handlers[vector]) {
        handlers[vector]();
    }
}

void attach(int vector, void (*handler)(void))
{
    handlers[vector] = handler;
}

int revision_is_b(void)
{
    return (CHIPID & 0xFFFF) <= 1;
}

void uart_icr(u32 uart, u8 index, u8 value)
{
    U_SPR(uart) = index;
    U_ICR(uart) = value;
}

void put(char c)
{
    if ((CLKCFG & CLOCK_UART0) == 0) {
        console();
    }
    while ((U_LSR(UART0) & 0x20) == 0) {
    }
    U_DATA(UART0) = (u8)c;
}

void print(const char *text)
{
    while (*text) {
        put(*text++);
    }
}

void print_hex(u32 value, int digits)
{
    while (digits-- > 0) {
        put("0123456789abcdef"[value >> 4 * digits & 15]);
    }
}

void print_number(u32 value)
{
    if (value >= 10) {
        print_number(value / 10);
    }
    put((char)('0' + value % 10));
}

void check(int good, const char *what)
{
    if (!good) {
        failures++;
        print("FAILED: ");
        print(what);
        put('\n');
    }
}

int result(void)
{
    if (failures == 0) {
        print("passed\n");
    }
    return failures;
}
