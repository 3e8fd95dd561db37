package dev.weir.protocols.http1.files;

import dev.weir.fault.CloseReason;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of one connection, answered one after the other: the next file is opened when the system has taken the one before. So
 * a client that asks for many and reads none costs the descriptors of one answer. Owned by its loop; the disk is waited for on
 * virtual threads.
 */
final class FilesConnection implements Handler<HttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(FilesConnection.class);

    private final Session<HttpResponse> session;
    private final FileResponder responder;
    /** Copies of those that wait; the codec bounds how many. */
    private final Queue<HttpRequest> waiting = new ArrayDeque<>(1);

    private boolean isAnswering;
    /** The answer has been handed over, but the system may not have taken it yet. */
    private boolean isSent;

    FilesConnection(Session<HttpResponse> session, FileResponder responder) {
        this.session = session;
        this.responder = responder;
    }

    @Override
    public void onMessage(HttpRequest request) {
        waiting.add(request.copy());
        if (!isAnswering) {
            answerNext();
        }
    }

    @Override
    public void onWriteComplete() {
        if (isAnswering && isSent) {
            answerNext();
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        waiting.clear();
    }

    private void answerNext() {
        HttpRequest request = waiting.poll();
        isAnswering = request != null;
        isSent = false;
        if (isAnswering) {
            Thread.ofVirtual()
                    .name("http-files-" + session.connection().id() + "-" + request.number())
                    .start(() -> answer(request));
        }
    }

    /** On a virtual thread. */
    private void answer(HttpRequest request) {
        HttpResponse response;
        try {
            response = responder.respond(request);
        } catch (RuntimeException e) {
            LOG.error("{} of {} failed", request, session.connection(), e);
            response = ErrorPages.of(request, 500, "The server failed at this request. Its log says more.")
                    .close();
        } catch (Error e) {
            // The loop is to judge: it ends the connection, or the process if that is in danger.
            session.execute(() -> {
                throw e;
            });
            throw e;
        }
        session.send(response.answering(request.number()));
        session.execute(this::sent);
    }

    private void sent() {
        isSent = true;
        if (session.connection().bytesQueued() == 0) {
            answerNext();
        }
    }
}
