package dev.ft900.gateway.http;

import dev.ft900.ca.store.RegisteredBoard;
import dev.ft900.ca.store.StoredCertificate;
import dev.ft900.gateway.device.ResetService;
import dev.ft900.gateway.device.Standing;
import dev.ft900.protocol.message.BoardStatus;
import dev.ft900.protocol.message.ClockState;
import dev.ft900.protocol.message.NetworkInfo;
import dev.ft900.protocol.pad.PadSet;
import dev.ft900.protocol.pad.PadState;
import dev.ft900.protocol.pad.PadsState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How things look in JSON. */
final class Views {
    private Views() {}

    static Map<String, Object> pad(PadState state) {
        var view = new LinkedHashMap<String, Object>();
        view.put("pin", state.pad().number());
        view.put("direction", state.direction().word());
        view.put("value", state.level().bit());
        view.put("pull", state.pull().word());
        view.put("edge", state.edge().word());
        view.put("reserved", state.reserved());
        return view;
    }

    static Map<String, Object> pads(PadsState state) {
        List<Map<String, Object>> pads = PadSet.ALL.pads().stream()
                .map(pad -> {
                    var view = new LinkedHashMap<String, Object>();
                    view.put("pin", pad.number());
                    view.put("direction", state.direction(pad).word());
                    view.put("value", state.level(pad).bit());
                    view.put("pull", state.pull(pad).word());
                    view.put("reserved", state.reserved().contains(pad));
                    return (Map<String, Object>) view;
                })
                .toList();
        return Map.of("pads", pads);
    }

    /** @param taken when the board read it, by the gateway's clock */
    static Map<String, Object> clock(ClockState.Set clock, Instant taken) {
        var view = new LinkedHashMap<String, Object>();
        view.put("epoch", clock.epochSeconds());
        view.put("time", clock.instant().toString());
        view.put("gatewayTime", taken.toString());
        // The board counts whole seconds.
        view.put("offsetSeconds", clock.epochSeconds() - taken.getEpochSecond());
        return view;
    }

    static Map<String, Object> status(BoardStatus status) {
        var view = new LinkedHashMap<String, Object>();
        view.put("firmware", status.firmware().value());
        view.put("chipId", String.format("%08x", status.chipId()));
        view.put("cause", status.cause().word());
        view.put("uptimeSeconds", status.uptimeSeconds());
        view.put("clock", status.clockSet() ? "set" : "unset");
        view.put("slotGeneration", status.slotGeneration());
        view.put("onTrial", status.onTrial());
        return view;
    }

    static Map<String, Object> network(NetworkInfo network) {
        var view = new LinkedHashMap<String, Object>();
        view.put("mac", network.mac().toString());
        view.put("address", network.address().toString());
        view.put("mask", network.mask().toString());
        view.put("router", network.router().toString());
        view.put("dhcp", network.dhcp());
        return view;
    }

    static Map<String, Object> back(ResetService.Back back) {
        var view = new LinkedHashMap<String, Object>();
        view.put("bootId", back.boot().value());
        view.put("cause", back.cause().word());
        view.put("downtimeMs", back.downtime().toMillis());
        return view;
    }

    /** A device as it stands in lists. */
    static Map<String, Object> device(RegisteredBoard board, Optional<Standing> standing) {
        var view = new LinkedHashMap<String, Object>();
        view.put("id", board.id().value());
        view.put("online", standing.map(Standing::isOnline).orElse(false));
        standing.ifPresent(known -> put(known, view));
        view.put("registered", board.createdAt().toString());
        board.facts().ifPresent(facts -> {
            view.put("uid", facts.uid().toString());
            view.put("mac", facts.mac().toString());
            view.put("chipId", facts.chipId());
        });
        return view;
    }

    private static void put(Standing standing, Map<String, Object> view) {
        if (standing instanceof Standing.Online online) {
            view.put("since", online.since().toString());
            view.put("bootId", online.birth().boot().value());
            view.put("cause", online.birth().cause().word());
            view.put("firmware", online.birth().firmware().value());
            view.put("slotGeneration", online.birth().slotGeneration());
            online.birth().fellBack().ifPresent(why -> view.put("fellBack", why.word()));
        } else if (standing instanceof Standing.Offline offline) {
            view.put("since", offline.since().toString());
        }
    }

    /** A device with its certificates, newest first. */
    static Map<String, Object> deviceWithCertificates(
            RegisteredBoard board, Optional<Standing> standing, List<StoredCertificate> certificates) {
        var view = device(board, standing);
        view.put("certificates", certificates.stream().map(Views::certificate).toList());
        return view;
    }

    /** One certificate of a device. */
    static Map<String, Object> certificate(StoredCertificate certificate) {
        var view = new LinkedHashMap<String, Object>();
        view.put("serial", certificate.serial());
        view.put("notAfter", certificate.notAfter().toString());
        certificate.revocation().ifPresent(revocation -> {
            view.put("revoked", revocation.at().toString());
            view.put("reason", revocation.reason().word());
        });
        return view;
    }
}
