package dev.weir.protocols.http1;

import dev.weir.fault.CloseReason;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Session;
import dev.weir.protocols.http1.Route.Answer;
import dev.weir.protocols.http1.Route.Answer.AtOnce;
import dev.weir.protocols.http1.Route.Answer.Blocking;
import dev.weir.protocols.http1.Route.Answer.Later;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A router's work on one connection. Owned by its loop. */
final class RoutedConnection implements Handler<HttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedConnection.class);

    private final Session<HttpResponse> session;
    private final RouteTable routes;
    /** Whose body is coming; null when nobody hears it. */
    private Exchange receiving;

    /** Who wait for the client, the longest first; null until one does. */
    private Queue<Exchange> waiting;
    /** The threads of handlers that block; null until one does. */
    private Set<Thread> threads;

    private volatile boolean isClosed;

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
            case Later later -> begin(later.handler(), request);
        }
    }

    private void begin(ExchangeHandler handler, HttpRequest request) {
        Exchange exchange = new Exchange(this, request);
        try {
            handler.handle(request, exchange);
        } catch (Exception e) {
            failed(exchange, request.toString(), e);
        }
    }

    private void piece(HttpRequest request) {
        Exchange exchange = receiving;
        if (request.isLast()) {
            receiving = null;
        }
        if (exchange != null) {
            guard(exchange, () -> exchange.piece(request));
        }
    }

    /** What it throws is the failure of that exchange. */
    private void guard(Exchange exchange, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            failed(exchange, exchange.toString(), e);
        }
    }

    private void failed(Exchange exchange, String request, Exception thrown) {
        if (receiving == exchange) {
            receiving = null;
        }
        if (exchange.isOver()) {
            log(request, thrown);
        } else if (exchange.hasBegun()) {
            log(request, thrown);
            // Where its length was not said, a part of a body would be taken for all of it: only a reset tells the
            // client.
            session.abort();
        } else {
            failed(exchange.request(), request, thrown);
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

    /** Tells the client, whose answer has not begun. */
    private void failed(long number, String request, Exception thrown) {
        log(request, thrown);
        session.send(Refusal.response(500, "The server failed at this request. Its log says more.")
                .answering(number));
    }

    private void log(String request, Exception thrown) {
        LOG.error("{} of {} failed", request, session.connection(), thrown);
    }

    void onBody(HttpRequest request, Exchange exchange) {
        request.streamBody(session);
        receiving = request.isLast() ? null : exchange;
    }

    void awaitWritable(Exchange exchange, boolean isWritableNow) {
        if (waiting == null) {
            waiting = new ArrayDeque<>();
        }
        waiting.add(exchange);
        if (isWritableNow) {
            session.execute(this::onWritable);
        }
    }

    /** Each for which there is room gets its turn; the others are the first the next time. */
    @Override
    public void onWritable() {
        for (int left = waiting == null ? 0 : waiting.size(); left > 0; left--) {
            Exchange next = waiting.remove();
            if (next.isWritable()) {
                guard(next, next::writable);
            } else {
                waiting.add(next);
            }
        }
    }

    /** An answer may have made way for one that waited behind it. */
    @Override
    public void onWriteComplete() {
        onWritable();
    }

    /** @param request a copy */
    private void runBlocking(HttpRequest request, HttpHandler handler) {
        if (threads == null) {
            threads = ConcurrentHashMap.newKeySet();
        }
        Thread thread = Thread.ofVirtual()
                .name("http-" + session.connection().id() + "-" + request.number())
                .unstarted(() -> answerBlocking(request, handler));
        threads.add(thread);
        thread.start();
    }

    private void answerBlocking(HttpRequest request, HttpHandler handler) {
        try {
            session.send(handler.handle(request).answering(request.number()));
        } catch (Exception e) {
            if (e instanceof InterruptedException && isClosed) {
                LOG.debug("{} was given up: the connection ended", request);
            } else {
                failed(request.number(), request.toString(), e);
            }
        } catch (Error e) {
            // The loop is to judge: it ends the connection, or the process if that is in danger.
            session.execute(() -> {
                throw e;
            });
            throw e;
        } finally {
            threads.remove(Thread.currentThread());
        }
    }

    @Override
    public void onClosed(CloseReason reason) {
        isClosed = true;
        if (threads != null) {
            threads.forEach(Thread::interrupt);
        }
    }
}
