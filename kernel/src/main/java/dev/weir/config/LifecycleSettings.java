package dev.weir.config;

import dev.weir.lifecycle.ConnectionMode;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.settings.Choice;
import dev.weir.settings.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server's policies.
 *
 * @param accept how many connections are accepted at a time
 * @param loopChoice which loop gets a connection
 * @param admission who may come in
 * @param heartbeat when a silent connection is dead; all are asked; none: never
 * @param deadlines how long a phase may take
 * @param close how a connection ends
 * @param closeWaitWarning how long a connection may be half-closed before the log says so; empty: it never does
 * @param connectionMode how many replies a connection is for
 * @param onDuplicate what becomes of two connections of one client
 * @param backpressure what a peer costs that does not read
 */
public record LifecycleSettings(
        Choice accept,
        Choice loopChoice,
        Choice admission,
        List<Choice> heartbeat,
        Choice deadlines,
        Choice close,
        Optional<Duration> closeWaitWarning,
        ConnectionMode connectionMode,
        Choice onDuplicate,
        BackpressureSettings backpressure) {

    /** Copies the list. */
    public LifecycleSettings {
        heartbeat = List.copyOf(heartbeat);
    }

    /** Every choice among them. */
    public List<Choice> choices() {
        List<Choice> all = new ArrayList<>(List.of(accept, loopChoice, admission));
        all.addAll(heartbeat);
        all.addAll(List.of(deadlines, close, onDuplicate, backpressure.slowReader()));
        return all;
    }

    static LifecycleSettings read(Settings lifecycle) {
        return new LifecycleSettings(
                policy(lifecycle, PolicyKind.ACCEPT),
                policy(lifecycle, PolicyKind.LOOP_CHOICE),
                policy(lifecycle, PolicyKind.ADMISSION),
                lifecycle.choices(PolicyKind.HEARTBEAT.name(), PolicyKind.HEARTBEAT.name()),
                policy(lifecycle, PolicyKind.DEADLINES),
                policy(lifecycle, PolicyKind.CLOSE),
                lifecycle.durationOrOff("close-wait-warning", Duration.ofMillis(1), Duration.ofDays(365)),
                lifecycle.oneOf("connection-mode", ConnectionMode.class),
                policy(lifecycle, PolicyKind.ON_DUPLICATE),
                BackpressureSettings.read(lifecycle.block("backpressure")));
    }

    private static Choice policy(Settings block, PolicyKind<?> kind) {
        return block.choiceOrUnread(kind.name(), kind.name());
    }
}
