package dev.ft900.board.clock;

/** A clock for tests of devices: time passes when told, and fires what is due on the way. */
public final class ManualClock implements SimClock {
    private final AlarmQueue alarms = new AlarmQueue(this::cycles, cycle -> {});
    private long now;

    @Override
    public long cycles() {
        return now;
    }

    @Override
    public Alarm alarm(String name, Runnable action) {
        return alarms.alarm(name, action);
    }

    /** Lets time pass; every alarm fires at its own cycle. */
    public void advance(long cycles) {
        long until = now + cycles;
        while (alarms.next() <= until) {
            now = alarms.next();
            alarms.fireDue();
        }
        now = until;
    }
}
