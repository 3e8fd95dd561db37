package dev.weir.protocols.http1;

import dev.weir.fault.CloseReason;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.Exchange.BodyListener;
import dev.weir.protocols.http1.Route.Answer;
import dev.weir.protocols.http1.Route.Answer.AtOnce;
import dev.weir.protocols.http1.Route.Answer.Blocking;
import dev.weir.protocols.http1.Route.Answer.Later;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router's work on one connection. Owned by its loop. */
final class RoutedConnection implements Handler<HttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedConnection.class);

    private final Session<HttpResponse> session;
    private final RouteTable routes;
    /** Who hears the body that is coming; null when nobody does. */
    private BodyListener bodyListener;

    private Runnable whenWritable;
    /** The threads of handlers that block; null until one does. */
    private Set<Thread> threads;

    RoutedConnection(Session<HttpResponse> session, RouteTable routes) {
        this.session = session;
        this.routes = routes;
    }

    Session<HttpResponse> session() {
        return session;
    }

    @Override
    public void onMessage(HttpRequest request) {
        if (!request.isHead()) {
            piece(request);
            return;
        }
        Route route = routes.literal(request);
        if (route == null) {
            route = routes.bySegments(request).orElse(null);
        }
        if (route == null) {
            session.send(unrouted(request).answering(request.number()));
            return;
        }
        try {
            answer(route.answer(), request);
        } catch (Exception e) {
            failed(request.number(), request.toString(), e);
        }
    }

    private void answer(Answer answer, HttpRequest request) throws Exception {
        switch (answer) {
            case AtOnce atOnce -> {
                if (request.awaitBody(atOnce.maxBody(), session)) {
                    session.send(atOnce.handler().handle(request).answering(request.number()));
                }
            }
            case Blocking blocking -> {
                if (request.awaitBody(blocking.maxBody(), session)) {
                    runBlocking(request.copy(), blocking.handler());
                }
            }
            case Later later -> later.handler().handle(request, new Exchange(this, request.number()));
        }
    }

    private void piece(HttpRequest request) {
        BodyListener listener = bodyListener;
        if (request.isLast()) {
            bodyListener = null;
        }
        if (listener != null) {
            listener.piece(request.content(), request.isLast());
        }
    }

    private HttpResponse unrouted(HttpRequest request) {
        String allowed = routes.allowed(request);
        if (request.isMethod("OPTIONS") && (request.isPath("*") || !allowed.isEmpty())) {
            HttpResponse options = HttpResponse.of(204);
            return allowed.isEmpty() ? options : options.header("Allow", allowed);
        }
        return allowed.isEmpty()
                ? HttpResponse.text(404, "404 Not Found\n\nNothing is at this path.\n")
                : HttpResponse.text(405, "405 Method Not Allowed\n\nThis path is answered for " + allowed + ".\n")
                        .header("Allow", allowed);
    }

    /** Tells the client, where its answer has not begun. */
    private void failed(long number, String request, Exception thrown) {
        LOG.error("{} of {} failed", request, session.connection(), thrown);
        session.send(Refusal.response(500, "The server failed at this request. Its log says more.")
                .answering(number));
    }

    void onBody(HttpRequest request, BodyListener listener) {
        request.streamBody(session);
        bodyListener = request.isLast() ? null : listener;
    }

    void onWritable(Runnable task) {
        whenWritable = task;
    }

    @Override
    public void onWritable() {
        Runnable task = whenWritable;
        whenWritable = null;
        if (task != null) {
            task.run();
        }
    }

    /** @param request a copy */
    private void runBlocking(HttpRequest request, HttpHandler handler) {
        if (threads == null) {
            threads = ConcurrentHashMap.newKeySet();
        }
        Thread thread = Thread.ofVirtual()
                .name("http-" + session.connection().id() + "-" + request.number())
                .unstarted(() -> {
                    try {
                        session.send(handler.handle(request).answering(request.number()));
                    } catch (InterruptedException e) {
                        LOG.debug("{} was given up: the connection ended", request);
                    } catch (Exception e) {
                        failed(request.number(), request.toString(), e);
                    } finally {
                        threads.remove(Thread.currentThread());
                    }
                });
        threads.add(thread);
        thread.start();
    }

    @Override
    public void onClosed(CloseReason reason) {
        if (threads != null) {
            threads.forEach(Thread::interrupt);
        }
    }
}
