package dev.ft900.protocol.install;

import java.time.Duration;

/** Is told how a provisioning goes. */
public interface ProvisioningListener {
    /** A step begins. */
    void began(Step step);

    /** So many bytes of so many have been transferred in this step. */
    void transferred(Step step, int bytes, int of);

    /** A step is done. */
    void done(Step step, Duration took);

    /** Nobody is told. */
    ProvisioningListener NONE = new ProvisioningListener() {
        @Override
        public void began(Step step) {}

        @Override
        public void transferred(Step step, int bytes, int of) {}

        @Override
        public void done(Step step, Duration took) {}
    };
}
