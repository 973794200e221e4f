package dev.ft900.gateway.app;

import dev.ft900.ca.authority.SubjectName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which names servers of this machine are reached.
 *
 * @param listen the address on which they listen
 * @param advertise the name or address under which boards and clients reach them
 */
record Hosts(InetAddress listen, String advertise) {
    /** Where this machine itself reaches them. */
    String own() {
        return listen.isAnyLocalAddress() || listen.isLoopbackAddress() ? "localhost" : listen.getHostAddress();
    }

    /** The names in their certificates. */
    List<SubjectName> names() throws StartException {
        var names = new ArrayList<SubjectName>();
        for (var host : List.of("localhost", "127.0.0.1", own(), advertise)) {
            var name = SubjectName.ofHost(host)
                    .orElseThrow(() ->
                            new StartException("expected --advertise to be a host name or an address; got " + host));
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
