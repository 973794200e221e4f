package dev.ft900.board.image;

/** A file that is no image of this machine; the message says what was expected and what came. */
public final class ImageException extends Exception {
    private static final long serialVersionUID = 1L;

    public ImageException(String message) {
        super(message);
    }
}
