package dev.ft900.protocol.pad;

/**
 * All 67 pads as the board found them at one moment. A pad in neither {@code out} nor {@code openDrain} is an input; one in none of
 * the three pulls has no pull.
 *
 * @param high pads whose level is high
 * @param out pads driven both ways
 * @param openDrain pads driven low or let go
 * @param up pads with pull-up
 * @param down pads with pull-down
 * @param keeper pads with bus keeper
 * @param reserved pads that no command may drive or configure
 */
public record PadsState(
        PadSet high, PadSet out, PadSet openDrain, PadSet up, PadSet down, PadSet keeper, PadSet reserved) {

    public PadsState {
        requireDisjoint("directions", out, openDrain);
        requireDisjoint("pulls", up, down);
        requireDisjoint("pulls", up.union(down), keeper);
    }

    private static void requireDisjoint(String what, PadSet one, PadSet other) {
        if (!one.intersection(other).isEmpty()) {
            throw new IllegalArgumentException("a pad cannot have two " + what + ": " + one.intersection(other));
        }
    }

    public Direction direction(Pad pad) {
        return out.contains(pad) ? Direction.OUT : openDrain.contains(pad) ? Direction.OPEN_DRAIN : Direction.IN;
    }

    public Pull pull(Pad pad) {
        return up.contains(pad)
                ? Pull.UP
                : down.contains(pad) ? Pull.DOWN : keeper.contains(pad) ? Pull.KEEPER : Pull.NONE;
    }

    public Level level(Pad pad) {
        return Level.of(high.contains(pad));
    }
}
