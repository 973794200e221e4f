"""Connects as a board with firmware of 2019 does, byte for byte, and prints the suite that was agreed on.

classic_board.py PORT ID CERTIFICATE KEY [SUITES]. TLS 1.2, RSA key exchange with AES-CBC only, no server name, no look at the server's
certificate; then CONNECT with keep-alive 0 and no will, and SUBSCRIBE to ID/#. Exits 1 unless both are acknowledged.
"""
import socket
import ssl
import sys

PATIENCE = 30


def field(text):
    return len(text).to_bytes(2, "big") + text.encode()


def packet(kind, body):
    return bytes([kind, len(body)]) + body


def read(connection, length):
    got = b""
    while len(got) < length:
        more = connection.recv(length - len(got))
        if not more:
            sys.exit(f"expected {length} bytes; the broker hung up after {got.hex()}")
        got += more
    return got


def main():
    port, name, certificate, key = sys.argv[1:5]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers((sys.argv[5] if len(sys.argv) > 5 else "AES128-SHA:AES256-SHA") + ":@SECLEVEL=1")
    context.options |= ssl.OP_NO_TICKET
    context.load_cert_chain(certificate, key)
    with socket.create_connection(("127.0.0.1", int(port)), PATIENCE) as raw:
        with context.wrap_socket(raw) as connection:
            print(f"{name}: {connection.version()} {connection.cipher()[0]}")
            connection.sendall(packet(0x10, b"\x00\x04MQTT\x04\x02\x00\x00" + field(name)))
            answer = read(connection, 4)
            if answer != b"\x20\x02\x00\x00":
                sys.exit(f"expected CONNACK 20020000; got {answer.hex()}")
            connection.sendall(packet(0x82, b"\x00\x01" + field(f"{name}/#") + b"\x01"))
            answer = read(connection, 5)
            if answer != b"\x90\x03\x00\x01\x01":
                sys.exit(f"expected SUBACK 9003000101; got {answer.hex()}")


try:
    main()
except (OSError, ssl.SSLError) as e:
    sys.exit(f"expected to get in; {e}")
