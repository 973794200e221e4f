package dev.ft900.ca.authority;

/** The authority will not issue this certificate. Carries the name of the rule that stands against it. */
public final class PolicyException extends IssuingException {
    private static final long serialVersionUID = 1L;

    private final String rule;

    PolicyException(String rule, String message) {
        super(message);
        this.rule = rule;
    }

    /** The rule's name, such as {@code key-kind}. */
    public String rule() {
        return rule;
    }
}
