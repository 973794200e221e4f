package dev.ft900.gateway.device;

import dev.ft900.protocol.message.ErrorCode;
import dev.ft900.protocol.message.Reply;
import dev.ft900.protocol.name.BoardId;

/** The board answered that it will not. Nothing changed. */
public final class BoardRefusedException extends DeviceException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    BoardRefusedException(BoardId id, Reply.Outcome.Refused refused) {
        super(id + " refused: " + refused.words());
        this.code = refused.code();
    }

    /** The board's own word for it. */
    public ErrorCode boardError() {
        return code;
    }

    @Override
    public String code() {
        return switch (code) {
            case PAD_RESERVED, PAD_IS_INPUT -> code.word();
            default -> "board-refused";
        };
    }
}
