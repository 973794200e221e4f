package dev.ft900.gateway.store;

import dev.ft900.ca.store.StateDatabase;

/** The gateway's tables. */
public final class GatewayDatabase {
    private static final int NEWEST_MIGRATION = 5;

    private GatewayDatabase() {}

    /** Brings the tables up to date. */
    public static StateDatabase migrate(StateDatabase database) {
        database.migrate("gateway_migrations", "dev/ft900/gateway/store", NEWEST_MIGRATION);
        return database;
    }
}
