package dev.ft900.board.peripheral.rtc;

import dev.ft900.board.state.StateReader;
import dev.ft900.board.state.StateWriter;
import dev.ft900.board.state.Stateful;

/**
 * Time and date in BCD, as the registers of revision C hold them. Whatever was written is kept unchanged until it has to count: a date of 0 or
 * a month of 0 is returned as it came, until midnight.
 */
final class BcdClock implements Stateful {
    private static final int[] DAYS = {31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int SECONDS_PER_DAY = 86_400;

    private int seconds;
    private int minutes;
    private int hours;
    private int weekday = 1;
    private int date = 1;
    private int month = 1;
    private int year;

    /** As the TIME register: seconds, minutes, hours from byte 0 up. */
    int time() {
        return hours << 16 | minutes << 8 | seconds;
    }

    void time(int register) {
        seconds = register & 0x7F;
        minutes = register >> 8 & 0x7F;
        hours = register >> 16 & 0x3F;
    }

    /** As the DATE register: weekday, date, month, year from byte 0 up. */
    int date() {
        return year << 24 | month << 16 | date << 8 | weekday;
    }

    void date(int register) {
        weekday = register & 0x07;
        date = register >> 8 & 0x3F;
        month = register >> 16 & 0x1F;
        year = register >>> 24;
    }

    /** One second on. */
    void tick() {
        seconds = next(seconds, 59);
        if (seconds == 0) {
            minutes = next(minutes, 59);
            if (minutes == 0) {
                hours = next(hours, 23);
                if (hours == 0) {
                    nextDay();
                }
            }
        }
    }

    /** Many seconds on. */
    void advance(long by) {
        long total = number(hours) * 3600L + number(minutes) * 60L + number(seconds) + by;
        for (long day = total / SECONDS_PER_DAY; day > 0; day--) {
            nextDay();
        }
        int rest = (int) (total % SECONDS_PER_DAY);
        hours = bcd(rest / 3600);
        minutes = bcd(rest / 60 % 60);
        seconds = bcd(rest % 60);
    }

    private void nextDay() {
        weekday = weekday >= 7 ? 1 : weekday + 1;
        int thisMonth = Math.min(12, number(month));
        boolean leapDay = thisMonth == 2 && number(year) % 4 == 0;
        int lastDay = DAYS[thisMonth] + (leapDay ? 1 : 0);
        if (number(date) < lastDay) {
            date = bcd(number(date) + 1);
            return;
        }
        date = 1;
        if (number(month) < 12) {
            month = bcd(number(month) + 1);
            return;
        }
        month = 1;
        year = next(year, 99);
    }

    /** Whether an ALARM register matches; its ignore bits are 7, 15, 23 and 31, and bit 30 asks for the weekday. */
    boolean matches(int alarm) {
        boolean day = (alarm >> 24 & 0x3F) == ((alarm >> 30 & 1) != 0 ? weekday : date);
        return ((alarm >> 7 & 1) != 0 || (alarm & 0x7F) == seconds)
                && ((alarm >> 15 & 1) != 0 || (alarm >> 8 & 0x7F) == minutes)
                && ((alarm >> 23 & 1) != 0 || (alarm >> 16 & 0x3F) == hours)
                && (alarm < 0 || day);
    }

    private static int next(int value, int last) {
        int number = number(value);
        return number >= last ? 0 : bcd(number + 1);
    }

    private static int number(int bcd) {
        return (bcd >> 4) * 10 + (bcd & 0x0F);
    }

    private static int bcd(int number) {
        return number / 10 << 4 | number % 10;
    }

    @Override
    public void save(StateWriter out) {
        out.putInt(time());
        out.putInt(date());
    }

    @Override
    public void restore(StateReader in) {
        time(in.getInt());
        date(in.getInt());
    }
}
