package dev.ft900.hil.measure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one run measured. Times in milliseconds.
 *
 * @param commandsPerSecond1 REST commands per second, one at a time
 * @param commandsPerSecond64 REST commands per second, 64 at a time, each caller on a connection of its own (HTTP/1.1)
 * @param commandsPerSecond64Http2 the same over HTTP/2, on four connections instead of 64
 * @param writesPerSecond64 the same with commands that change something, each of which is noted in the audit log
 * @param cpuMicrosPerCommand what a command costs at 64 at a time, in microseconds of processor time of the whole chain, its clients included;
 *     other work on the machine moves it less than it moves the rest
 */
public record Figures(
        double restP50Ms,
        double restP99Ms,
        double mqttP50Ms,
        double mqttP99Ms,
        double commandsPerSecond1,
        double commandsPerSecond64,
        double commandsPerSecond64Http2,
        double writesPerSecond64,
        double cpuMicrosPerCommand) {

    /** By what REST is slower than the bare MQTT round trip, at the median. */
    public double ratioP50() {
        return restP50Ms / mqttP50Ms;
    }

    /** By their names in JSON. */
    public Map<String, Double> byName() {
        var figures = new LinkedHashMap<String, Double>();
        figures.put("restP50Ms", restP50Ms);
        figures.put("restP99Ms", restP99Ms);
        figures.put("mqttP50Ms", mqttP50Ms);
        figures.put("mqttP99Ms", mqttP99Ms);
        figures.put("ratioP50", ratioP50());
        figures.put("commandsPerSecond1", commandsPerSecond1);
        figures.put("commandsPerSecond64", commandsPerSecond64);
        figures.put("commandsPerSecond64Http2", commandsPerSecond64Http2);
        figures.put("writesPerSecond64", writesPerSecond64);
        figures.put("cpuMicrosPerCommand", cpuMicrosPerCommand);
        return figures;
    }
}
