package dev.weir.protocols.metrics;

import dev.weir.connection.RecentEndings;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.FromSettings;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.Router;
import dev.weir.settings.Settings;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Makes the protocol over the process's list of numbers and its last endings. Its texts are made on threads of their own, off the loops. */
final class MetricsFactory implements FromSettings<Router> {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Metrics metrics;
    private final RecentEndings endings;

    @Inject
    MetricsFactory(Metrics metrics, RecentEndings endings) {
        this.metrics = metrics;
        this.endings = endings;
    }

    @Override
    public Router from(Settings settings) {
        String path = path(settings, "path");
        Exposition exposition = new Exposition(metrics, settings.onOff("jvm"));
        Router.Builder routes = Router.builder()
                .blocking(
                        "GET " + path,
                        request -> HttpResponse.of(200)
                                .body(PROMETHEUS, exposition.text().getBytes(StandardCharsets.UTF_8)));
        Optional<String> endingsPath =
                settings.string("endings").equals("off") ? Optional.empty() : Optional.of(path(settings, "endings"));
        if (endingsPath.isPresent() && endingsPath.get().equals(path)) {
            settings.fault("endings", "is the path of the metrics.", "Choose another path, or off.");
            endingsPath = Optional.empty();
        }
        endingsPath.ifPresent(its -> routes.blocking(
                "GET " + its,
                request -> HttpResponse.json(EndingsPage.json(endings.recent(), request.queryParameter("server")))));
        String index = "The metrics are at " + path + "."
                + endingsPath
                        .map(its -> " The last endings of connections are at " + its + ".")
                        .orElse("") + "\n";
        return routes.on("GET /{other...}", request -> HttpResponse.text(404, index))
                .build();
    }

    /** A path of letters that a request line takes as they are, and a router, too. */
    private static String path(Settings settings, String key) {
        String path = settings.string(key);
        if (path.matches("/[A-Za-z0-9/._~-]*")) {
            return path;
        }
        settings.fault(
                key,
                path.startsWith("/")
                        ? "holds something else than letters, digits and / . _ ~ -."
                        : "does not begin with a slash.",
                "Write /" + key + ", or another path.");
        return "/" + key;
    }
}
