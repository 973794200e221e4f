package dev.ft900.hil.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a fleet measured.
 *
 * @param connectSeconds from the first board's power to the last one's subscription
 * @param onlineSeconds the same until the gateway knows of every one that it is there
 * @param failedConnects tries that failed and were made again
 * @param commands how many were sent and answered with 200
 * @param otherAnswers how many were answered otherwise
 * @param commandsPerSecond as it came out
 * @param gatewayHeapKiB live heap of gateway and broker for one board
 * @param gatewayResidentKiB resident memory of gateway and broker for one board; negative where it cannot be asked
 * @param simulatorResidentKiB resident memory of the simulator for one board, all of it divided; negative where it cannot be asked
 */
public record FleetFigures(
        int boards,
        double connectSeconds,
        double onlineSeconds,
        int failedConnects,
        long commands,
        long otherAnswers,
        double commandsPerSecond,
        double restP50Ms,
        double restP99Ms,
        double restMaxMs,
        double gatewayHeapKiB,
        double gatewayResidentKiB,
        double simulatorResidentKiB) {
    /** By their names in JSON. */
    public Map<String, Double> byName() {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("boards", (double) boards);
        figures.put("connectSeconds", connectSeconds);
        figures.put("onlineSeconds", onlineSeconds);
        figures.put("failedConnects", (double) failedConnects);
        figures.put("commands", (double) commands);
        figures.put("otherAnswers", (double) otherAnswers);
        figures.put("commandsPerSecond", commandsPerSecond);
        figures.put("restP50Ms", restP50Ms);
        figures.put("restP99Ms", restP99Ms);
        figures.put("restMaxMs", restMaxMs);
        figures.put("gatewayHeapKiBPerBoard", gatewayHeapKiB);
        figures.put("gatewayResidentKiBPerBoard", gatewayResidentKiB);
        figures.put("simulatorResidentKiBPerBoard", simulatorResidentKiB);
        return figures;
    }
}
