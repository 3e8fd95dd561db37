package dev.weir.protocols.metrics;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.weir.connection.EndedConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The last endings of connections as JSON. */
final class EndingsPage {
    private EndingsPage() {}

    /**
     * A list of objects, the latest first.
     *
     * @param server the name of the one whose connections are told; empty: of all
     */
    static String json(List<EndedConnection> endings, Optional<String> server) {
        List<Map<String, Object>> told = endings.stream()
                .filter(ended -> server.isEmpty() || server.get().equals(ended.server()))
                .map(EndingsPage::object)
                .toList();
        return ConfigValueFactory.fromIterable(told).render(ConfigRenderOptions.concise()) + "\n";
    }

    private static Map<String, Object> object(EndedConnection ended) {
        Map<String, Object> object = new HashMap<>();
        object.put("connection", ended.id());
        object.put("server", ended.server());
        object.put("remote", ended.remoteAddress().toString());
        object.put("identity", ended.identity());
        object.put("protocol_phase", ended.protocolPhase());
        object.put("at", ended.at().toString());
        object.put("age_ms", ended.age().toMillis());
        object.put("bytes_received", ended.bytesReceived());
        object.put("bytes_sent", ended.bytesSent());
        object.put("cause", ended.reason().cause().name());
        object.put("reason", ended.reason().toString());
        return object;
    }
}
