/*
 * What newlib asks of a system, for the vendor's examples built with an own toolchain: output goes to UART0, the heap begins behind .bss.
 * Ours, since the vendor's toolchain brings its own; uses the SDK's driver by its public prototype.
 */
#include <stddef.h>
#include <stdint.h>

extern char _end;
extern int32_t uart_writen(void *device, uint8_t *buffer, size_t length);
#define UART0_DEVICE ((void *)0x10320)

int _write(int file, char *text, int length)
{
    (void)file;
    uart_writen(UART0_DEVICE, (uint8_t *)text, (size_t)length);
    return length;
}

void *_sbrk(int more)
{
    static char *top;
    if (top == NULL) {
        top = &_end;
    }
    char *old = top;
    top += more;
    return old;
}

int _read(int file, char *buffer, int length)
{
    (void)file;
    (void)buffer;
    (void)length;
    return 0;
}

int _close(int file)
{
    (void)file;
    return -1;
}

int _fstat(int file, void *status)
{
    (void)file;
    (void)status;
    return -1;
}

int _isatty(int file)
{
    (void)file;
    return 1;
}

int _lseek(int file, int offset, int whence)
{
    (void)file;
    (void)offset;
    (void)whence;
    return 0;
}

int _kill(int process, int signal)
{
    (void)process;
    (void)signal;
    return -1;
}

int _getpid(void)
{
    return 1;
}
