/*
 * UART0 echoes by interrupt. First in 550 mode with a trigger of 8: what stays below it comes by the time-out. Then in 950 mode with
 * trigger levels, 128 deep. Each batch ends with a full stop.
 */
#include "ft900.h"

static volatile u32 by_trigger;
static volatile u32 by_timeout;
static volatile u32 length;
static volatile u32 ended;
static u8 text[256];

static void on_uart(void)
{
    u8 code = U_ISR(UART0) & 0x3F;
    check(code == 0x04 || code == 0x0C, "nothing but received data interrupts");
    if (code == 0x04) {
        by_trigger++;
    } else {
        by_timeout++;
    }
    while (U_LSR(UART0) & 1) {
        u8 next = U_DATA(UART0);
        text[length++ & 255] = next;
        ended |= next == '.';
    }
}

static void batch(const char *name)
{
    length = by_trigger = by_timeout = ended = 0;
    print(name);
    print("\n");
    while (!ended) {
    }
    IRQ_MASK = 0x80;
    print("echo ");
    for (u32 i = 0; i < length; i++) {
        put((char)text[i]);
    }
    print(by_trigger ? " trigger" : " no-trigger");
    print(by_timeout ? " time-out\n" : " no-time-out\n");
    IRQ_MASK = 0;
}

/* Switching FIFOs forgets what they hold. */
static void idle(void)
{
    while ((U_LSR(UART0) & 0x40) == 0) {
    }
}

int main(void)
{
    print("hello\n");
    idle();
    U_FCR(UART0) = 0x87;
    MSC0CFG |= MSC_UART0_INTSEL;
    attach(IRQ_UART0, on_uart);
    U_IER(UART0) = 0x01;
    IRQ_MASK = 0;
    batch("550");
    batch("550");

    idle();
    u8 format = U_LCR(UART0);
    U_LCR(UART0) = 0xBF;
    U_EFR(UART0) = 0x10;
    U_LCR(UART0) = format;
    uart_icr(UART0, ICR_RTL, 100);
    uart_icr(UART0, ICR_ACR, 0x20);
    U_FCR(UART0) = 0x01;
    batch("950");
    U_IER(UART0) = 0;
    check(!(U_LSR(UART0) & 0x02), "no character was lost");
    return result();
}
