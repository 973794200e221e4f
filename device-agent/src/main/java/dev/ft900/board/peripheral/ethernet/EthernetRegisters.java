package dev.ft900.board.peripheral.ethernet;

import static dev.ft900.board.register.Access.READ_ONLY;
import static dev.ft900.board.register.Access.READ_WRITE;
import static dev.ft900.board.register.Access.SET_UNTIL_DONE;
import static dev.ft900.board.register.Access.UNMODELLED;
import static dev.ft900.board.register.Access.WRITE_ONE_TO_CLEAR;
import static dev.ft900.board.register.Access.WRITE_ONLY;

import dev.ft900.board.bus.Findings;
import dev.ft900.board.register.Field;
import dev.ft900.board.register.Reach;
import dev.ft900.board.register.Register;
import dev.ft900.board.register.RegisterBank;

/** The table of sheet 4.6.1. */
final class EthernetRegisters {
    final RegisterBank bank;
    final Register interruptStatus;
    final Field transmitError;
    final Field transmitEmpty;
    final Field overflow;
    final Field managementDone;
    final Register interruptEnable;
    final Field receiveEnable;
    final Field allMulticast;
    final Field promiscuous;
    final Field resetFifo;
    final Register receiveControl;
    final Field transmitEnable;
    final Field pad;
    final Register received;
    final Register toSend;
    final Register[] address = new Register[6];
    final Register management;
    final Field managementStart;
    final Field managementWrite;
    final Field managementRegister;
    final Field phyAddress;
    final Register managementOut;
    final Register managementIn;
    final Register packets;
    final Register request;
    final Field newFrame;

    EthernetRegisters(int base, Findings findings) {
        bank = new RegisterBank("ETHERNET", base, 0x20, Reach.ANY, findings);
        interruptStatus = bank.register(0x00, "ETH_INT_STATUS", 8, 0x00);
        interruptStatus.bit(0, "rx_int", READ_ONLY);
        transmitError = interruptStatus.bit(1, "tx_err", WRITE_ONE_TO_CLEAR);
        transmitEmpty = interruptStatus.bit(2, "tx_empty", WRITE_ONE_TO_CLEAR);
        overflow = interruptStatus.bit(3, "fifo_ov", WRITE_ONE_TO_CLEAR);
        interruptStatus.bit(4, "rx_err", WRITE_ONE_TO_CLEAR);
        managementDone = interruptStatus.bit(5, "md_int", WRITE_ONE_TO_CLEAR);
        interruptEnable = bank.register(0x01, "ETH_INT_ENABLE", 8, 0x00);
        interruptEnable.field(5, 0, "enable", READ_WRITE);
        receiveControl = bank.register(0x02, "ETH_RX_CNTL", 8, 0x00);
        receiveEnable = receiveControl.bit(0, "enable", READ_WRITE);
        allMulticast = receiveControl.bit(1, "all_multicast", READ_WRITE);
        promiscuous = receiveControl.bit(2, "promiscuous", READ_WRITE);
        receiveControl.bit(3, "drop_bad_crc", READ_WRITE);
        resetFifo = receiveControl.bit(4, "reset_fifo", READ_WRITE);
        receiveControl.field(7, 6, "memory_size", READ_ONLY);
        var transmitControl = bank.register(0x03, "ETH_TX_CNTL", 8, 0x00);
        transmitEnable = transmitControl.bit(0, "enable", READ_WRITE);
        pad = transmitControl.bit(1, "pad", READ_WRITE);
        transmitControl.bit(2, "crc", READ_WRITE);
        transmitControl.bit(4, "full_duplex", READ_WRITE);
        transmitControl.field(7, 6, "memory_size", READ_ONLY);
        received = bank.register(0x04, "ETH_DATA_RX", 32, 0, READ_ONLY);
        toSend = bank.register(0x04, "ETH_DATA_TX", 32, 0, WRITE_ONLY);
        for (int octet = 0; octet < address.length; octet++) {
            address[octet] = bank.register(0x08 + octet, "ETH_ADDR" + (octet + 1), 8, 0x00, READ_WRITE);
        }
        bank.register(0x0E, "ETH_THRESHOLD", 8, 0x00).field(5, 0, "threshold", UNMODELLED);
        management = bank.register(0x0F, "ETH_MNG_CNTL", 8, 0x00);
        managementStart = management.bit(0, "start", SET_UNTIL_DONE);
        managementWrite = management.bit(1, "write", READ_WRITE);
        managementRegister = management.field(7, 3, "register", READ_WRITE);
        bank.register(0x10, "ETH_MNG_DIV", 8, 0x80, READ_WRITE);
        phyAddress = bank.register(0x11, "ETH_MNG_ADDR", 8, 0x00).field(4, 0, "phy", READ_WRITE);
        managementOut = bank.register(0x12, "ETH_MNG_TX", 16, 0x0000, READ_WRITE);
        managementIn = bank.register(0x14, "ETH_MNG_RX", 16, 0x0000, READ_ONLY);
        packets = bank.register(0x16, "ETH_NUM_PKT", 8, 0x00);
        packets.field(5, 0, "packets", READ_ONLY);
        request = bank.register(0x17, "ETH_TR_REQ", 8, 0x00);
        newFrame = request.bit(0, "new_tx", SET_UNTIL_DONE);
    }
}
