/* GPIO: pulls, output, open drain, and edge interrupts on pads 18 (falling) and 19 (rising). */
#include "ft900.h"

static volatile u32 falling;
static volatile u32 rising;

static void on_edge(void)
{
    u32 pending = GPIO_PENDING(18);
    GPIO_PENDING(18) = pending;
    if (pending & BIT(18)) {
        falling++;
        print("falling\n");
    }
    if (pending & BIT(19)) {
        rising++;
        print("rising\n");
    }
    check((pending & ~(BIT(18) | BIT(19))) == 0, "only the pads that were asked to interrupt");
}

int main(void)
{
    PAD(20) = PULL_UP;
    check(GPIO_VALUE(20) & BIT(20), "a pull-up reads 1");
    PAD(20) = PULL_DOWN;
    check(!(GPIO_VALUE(20) & BIT(20)), "a pull-down reads 0");

    GPIO_CFG(21) = (u32)GPIO_OUTPUT << 20;
    GPIO_VALUE(21) |= BIT(21);
    check(GPIO_VALUE(21) & BIT(21), "an output reads its level back");
    GPIO_VALUE(21) &= ~BIT(21);
    GPIO_VALUE(21) |= BIT(21);

    PAD(22) = PULL_UP;
    GPIO_CFG(22) |= (u32)GPIO_OPEN_DRAIN << 24;
    GPIO_VALUE(22) |= BIT(22);
    check(GPIO_VALUE(22) & BIT(22), "an open drain that is let go follows its pull");
    GPIO_VALUE(22) &= ~BIT(22);
    check(!(GPIO_VALUE(22) & BIT(22)), "an open drain pulls low");

    PAD(18) = PULL_UP;
    GPIO_CFG(18) |= (u32)GPIO_INTERRUPT << 8 | (u32)(GPIO_INTERRUPT | GPIO_RISING) << 12;
    GPIO_PENDING(18) = BIT(18) | BIT(19);
    GPIO_ENABLE(18) = BIT(18) | BIT(19);
    attach(IRQ_GPIO, on_edge);
    IRQ_MASK = 0;
    print("ready\n");
    while (falling < 3 || rising < 2) {
    }
    IRQ_MASK = 0x80;
    return result();
}
