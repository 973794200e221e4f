package dev.ft900.protocol.install;

import dev.ft900.protocol.exchange.BoardRefusedException;
import dev.ft900.protocol.exchange.ExchangeException;
import dev.ft900.protocol.exchange.NoAnswerException;
import dev.ft900.protocol.exchange.Ticker;
import dev.ft900.protocol.provisioning.Refusal;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Runs the steps of one provisioning: tells the listener, takes the time, and turns what goes wrong into the step's failure. */
public final class Steps {
    private final Ticker ticker;
    private final Supplier<Traffic> traffic;
    private final ProvisioningListener listener;
    private final Map<Step, Timing> timings = new EnumMap<>(Step.class);

    /** How long a step took, and what passed on the line meanwhile. */
    public record Timing(Duration took, Traffic traffic) {}

    /** A step's work. */
    public interface Work<T> {
        T run() throws ExchangeException, ProvisioningException, AuthorException;
    }

    /** @param traffic counts the bytes on the line; {@link Traffic#NONE} where there is no line */
    public Steps(Ticker ticker, Supplier<Traffic> traffic, ProvisioningListener listener) {
        this.ticker = ticker;
        this.traffic = traffic;
        this.listener = listener;
    }

    /** Runs a step. */
    public <T> T run(Step step, Work<T> work) throws ProvisioningException {
        listener.began(step);
        long start = ticker.nanos();
        var before = traffic.get();
        try {
            var result = work.run();
            var took = Duration.ofNanos(ticker.nanos() - start);
            timings.put(step, new Timing(took, traffic.get().since(before)));
            listener.done(step, took);
            return result;
        } catch (NoAnswerException e) {
            throw new ProvisioningException(
                    step, e.getMessage() + ". Check power and cable, then start again: what was done stays done.", e);
        } catch (BoardRefusedException e) {
            throw new ProvisioningException(step, refused(e), e);
        } catch (ExchangeException | AuthorException e) {
            throw new ProvisioningException(step, e.getMessage(), e);
        }
    }

    private static String refused(BoardRefusedException e) {
        return e.refusal() == Refusal.WRONG_BOARD
                ? "expected the board that was identified at the start; " + e.getMessage()
                        + ". Somebody changed the board: start again."
                : e.getMessage();
    }

    /** So many bytes of so many have been transferred in this step. */
    void transferred(Step step, int bytes, int of) {
        listener.transferred(step, bytes, of);
    }

    /** The steps that are done, in their order. */
    public Map<Step, Timing> timings() {
        return new EnumMap<>(timings);
    }
}
