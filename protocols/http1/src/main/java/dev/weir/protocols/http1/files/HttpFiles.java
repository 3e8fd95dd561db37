package dev.weir.protocols.http1.files;

import dev.weir.plugin.FromSettings;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.HttpProtocol;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.settings.Settings;
import dev.weir.time.Clock;
import dev.weir.transport.FileRegion;
import jakarta.inject.Inject;
import java.time.InstantSource;

/** Makes {@code http-files} from its settings. */
public final class HttpFiles implements FromSettings<HttpProtocol> {
    private final Clock clock;
    private final InstantSource instants;

    @Inject
    HttpFiles(Clock clock, InstantSource instants) {
        this.clock = clock;
        this.instants = instants;
    }

    @Override
    public HttpProtocol from(Settings settings) {
        return new Files(new FileResponder(FilesSettings.from(settings), FileRegion::open, clock, instants));
    }

    /** The protocol. */
    private record Files(FileResponder responder) implements HttpProtocol {
        @Override
        public Handler<HttpRequest> open(Session<HttpResponse> session) {
            return new FilesConnection(session, responder);
        }
    }
}
