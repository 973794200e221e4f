package dev.ft900.board.state;

/** A snapshot that is damaged, or not of this machine. */
public final class SnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SnapshotException(String message) {
        super(message);
    }
}
