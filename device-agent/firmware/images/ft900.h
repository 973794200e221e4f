/* The FT900 as these images use it; names and numbers from the hardware sheet. */
#ifndef FT900_H
#define FT900_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;

#define REG8(address) (*(volatile u8 *)(address))
#define REG16(address) (*(volatile u16 *)(address))
#define REG32(address) (*(volatile u32 *)(address))
#define BIT(n) (1u << (n))

/* 4.1 */
#define CHIPID REG32(0x10000)
#define CLKCFG REG32(0x10008)
#define MSC0CFG REG32(0x10018)
#define SYS_RST REG8(0x100BC)
#define CLOCK_UART1 BIT(3)
#define CLOCK_UART0 BIT(4)
#define CLOCK_I2CM BIT(9)
#define CLOCK_ETHERNET BIT(13)
#define MSC_MAC_RESET_PHY BIT(8)
#define MSC_UART0_INTSEL BIT(19)
#define MSC_I2C_SWOP BIT(29)

/* 4.2 */
#define PAD(n) REG8(0x1001C + (n))
#define PULL_NONE 0x00
#define PULL_DOWN 0x04
#define PULL_UP 0x08
#define GPIO_CFG(n) REG32(0x10060 + 4 * ((n) / 8))
#define GPIO_VALUE(n) REG32(0x10084 + 4 * ((n) / 32))
#define GPIO_ENABLE(n) REG32(0x10090 + 4 * ((n) / 32))
#define GPIO_PENDING(n) REG32(0x1009C + 4 * ((n) / 32))
#define GPIO_RISING 1
#define GPIO_INTERRUPT 2
#define GPIO_OUTPUT 4
#define GPIO_OPEN_DRAIN 8

/* 3.3 */
#define IRQ_MASK REG8(0x100E3)
enum { IRQ_ETHERNET = 3, IRQ_UART0 = 13, IRQ_TIMERS = 17, IRQ_GPIO = 18, IRQ_RTC = 19, IRQ_WATCHDOG = 33 };

/* 4.3 */
#define UART0 0x10320
#define UART1 0x10330
#define U_DATA(u) REG8((u) + 0)
#define U_IER(u) REG8((u) + 1)
#define U_ISR(u) REG8((u) + 2)
#define U_FCR(u) REG8((u) + 2)
#define U_LCR(u) REG8((u) + 3)
#define U_MCR(u) REG8((u) + 4)
#define U_LSR(u) REG8((u) + 5)
#define U_ICR(u) REG8((u) + 5)
#define U_SPR(u) REG8((u) + 7)
#define U_EFR(u) REG8((u) + 2)
enum { ICR_ACR = 0x00, ICR_TCR = 0x02, ICR_TTL = 0x04, ICR_RTL = 0x05 };

/* 4.4, 3.6 */
#define TIMER(n) REG8(0x10340 + (n))
#define TIMER_WDG_STATUS TIMER(0xF)

/* 4.5 */
#define RTC_B(offset) REG32(0x10280 + (offset))
#define RTC_C(offset) REG32(0x10900 + (offset))

/* 4.6 */
#define ETH8(offset) REG8(0x10220 + (offset))
#define ETH16(offset) REG16(0x10220 + (offset))
#define ETH_DATA REG32(0x10224)
#define PHY_MISC REG32(0x100A8)

/* 4.7 */
#define I2CM(offset) REG8(0x10300 + (offset))

/* 4.9, 2.3 */
#define FLASH(offset) REG8(0x10800 + (offset))

/* start.c */
void attach(int vector, void (*handler)(void));
int revision_is_b(void);
void put(char c);
void print(const char *text);
void print_hex(u32 value, int digits);
void print_number(u32 value);
void check(int good, const char *what);
int result(void);
void uart_icr(u32 uart, u8 index, u8 value);

/* flash.c */
enum {
    FLASH_ENABLE = 0x06,
    FLASH_ERASE_SECTOR = 0x20,
    FLASH_FROM_RAM = 0xF8,
    FLASH_TO_RAM = 0xFC,
    FLASH_TO_RAM_CPU_RESET = 0xFD,
    FLASH_TO_RAM_REBOOT = 0xFE
};
void flash_start(u8 command, u32 flash, const void *ram, u32 length);
void flash_command(u8 command, u32 flash, const void *ram, u32 length);
u32 program_word(u32 address);

#endif
