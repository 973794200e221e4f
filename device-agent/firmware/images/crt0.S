/*
 * Start-up code for images of the virtual FT900's tests, written after the hardware sheet (3.1, 3.2): the vector table, one stub per
 * vector that saves what the C convention lets a function change, and the copy of .data from program memory to RAM.
 */
        .section .vectors, "ax"
        .global _start
_start:
        jmp     0x3FFFC                 /* reset: through the boot loader */
        jmp     stub_33                 /* watchdog */
        .irp    n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
        jmp     stub_\n
        .endr
        jmp     0x3FFF8                 /* NMI: the boot loader's business */
        jmp     init                    /* 0x8C: where the boot loader goes */
exithook:
        return

        .text
        .irp    n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,33
stub_\n:
        push.l  $r0
        ldk.l   $r0, \n
        jmp     common
        .endr

common:
        .irp    n, 1,2,3,4,5,6,7,8,9,10,11,12
        push.l  $r\n
        .endr
        push.l  $cc
        sub.l   $sp, $sp, 24
        call    dispatch
        add.l   $sp, $sp, 24
        pop.l   $cc
        .irp    n, 12,11,10,9,8,7,6,5,4,3,2,1,0
        pop.l   $r\n
        .endr
        reti

init:
        ldk.l   $sp, 0x10000
        ldk.l   $r0, __data_ram
        ldk.l   $r1, __data_load
        ldk.l   $r2, __data_load_end
        jmp     2f
1:      lpmi.l  $r3, $r1, 0
        sti.l   $r0, 0, $r3
        add.l   $r0, $r0, 4
        add.l   $r1, $r1, 4
2:      cmp.l   $r1, $r2
        jmpc    b, 1b
        ldk.l   $r0, __bss_ram
        ldk.l   $r1, 0
        ldk.l   $r2, __bss_size
        memset.b $r0, $r1, $r2
        sub.l   $sp, $sp, 24
        call    main
        sta.l   0x1FFFC, $r0
        jmp     exithook
