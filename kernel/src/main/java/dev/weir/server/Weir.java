package dev.weir.server;

import dev.weir.PluginApi;
import dev.weir.config.DrainSettings;
import dev.weir.config.WeirSettings;
import dev.weir.connection.EndedConnection;
import dev.weir.engine.ConnectionBudget;
import dev.weir.engine.Endings;
import dev.weir.engine.LoopSet;
import dev.weir.engine.ProcessDescriptors;
import dev.weir.engine.QueueBudget;
import dev.weir.engine.ServerMetrics;
import dev.weir.engine.ShortageLog;
import dev.weir.engine.SpareDescriptors;
import dev.weir.fault.CloseReason;
import dev.weir.fault.CloseReason.Cause;
import dev.weir.lifecycle.OverloadPolicy;
import dev.weir.loop.EventLoop;
import dev.weir.loop.EventLoopGroup;
import dev.weir.metrics.Metrics;
import dev.weir.plugin.Parts;
import dev.weir.plugin.PluginCatalog;
import dev.weir.time.Clock;
import dev.weir.transport.TransportException;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A configured Weir: the door for the launcher, for tests and for whoever embeds it. Made by {@link #builder()}, which checks
 * everything and binds nothing; then started once, drained or stopped once.
 *
 * <p>Methods may be called from any thread but an event loop's, unless they say otherwise.
 */
public final class Weir implements AutoCloseable {

    /** How it ended. */
    public enum Ending {
        /** Nothing was lost. */
        CLEAN,
        /** Some connection ended by Weir's doing with replies unsent or work in flight. */
        REPLIES_LOST,
        /** The descriptor policy ended the process. */
        DESCRIPTORS_EXHAUSTED,
        /** An event loop died of an error in its own code. */
        BUG
    }

    private static final Logger LOG = LoggerFactory.getLogger(Weir.class);

    /** How long a loop may take to hear of an end: one that a protocol blocks does not hear of it at all. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** What it is once a loop has proved to be blocked: nobody should wait for it again and again. */
    private static final Duration NO_GRACE = Duration.ofMillis(100);

    private final Assembly parts;
    private final EventLoopGroup group;
    private final LoopSet loops;
    private final OverloadWatch overload;
    private final ProcessDescriptors descriptors;
    private final CompletableFuture<Ending> ending = new CompletableFuture<>();
    private final AtomicBoolean drainBegun = new AtomicBoolean();
    private volatile Duration grace = GRACE;
    private boolean started;
    private boolean ended;

    /**
     * What a Weir is made of.
     *
     * @param settings the whole configuration
     * @param transport the transport and why
     * @param servers not yet bound
     * @param budget how many connections the process may have
     * @param clock what time is measured by
     * @param metrics the list of numbers
     * @param endings the last connections that ended
     * @param allocator where buffers come from
     * @param blocking runs blocking protocols
     * @param catalog what is plugged in; closed at the end
     * @param made the parts that the configuration chose; closed before the catalog
     * @param overload when newcomers are too many
     * @param resources what it goes by; empty: the process's own
     * @param callerDriven no threads: {@link #turn()} runs the loops
     */
    record Assembly(
            WeirSettings settings,
            TransportChoice transport,
            List<Server> servers,
            ConnectionBudget budget,
            DescriptorLimits descriptors,
            Clock clock,
            Metrics metrics,
            Endings endings,
            ByteBufAllocator allocator,
            ExecutorService blocking,
            PluginCatalog catalog,
            Parts made,
            OverloadPolicy overload,
            Optional<ResourceReader> resources,
            boolean callerDriven) {}

    Weir(Assembly parts, EventLoopGroup group) {
        this.parts = parts;
        this.group = group;
        this.loops = LoopSet.over(group.loops(), parts.metrics());
        QueueBudget.watch(parts.settings().process().maxQueuedBytes().bytes(), loops, parts.metrics());
        ResourceReader resources = parts.resources()
                .orElseGet(() -> new ProcessResources(group.loops(), parts.clock(), parts.allocator(), parts.budget()));
        this.overload = new OverloadWatch(parts.overload(), resources, parts.clock(), parts.metrics());
        this.descriptors = new ProcessDescriptors(
                parts.budget(),
                new SpareDescriptors(parts.transport().transport()),
                new ShortageLog(),
                this::exhausted);
    }

    /** Begins a Weir. */
    public static WeirBuilder builder() {
        return new WeirBuilder();
    }

    /** The start-up report: what runs, where, with which policies. After {@link #start()} it has the real addresses. */
    public StartupReport report() {
        return new StartupReport(parts);
    }

    /** The servers, in the order of their names. */
    public List<Server> servers() {
        return parts.servers();
    }

    /** The server of that name. Throws IllegalArgumentException when there is none. */
    public Server server(String name) {
        return parts.servers().stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no server " + name));
    }

    /** Every number that Weir counts. */
    public Metrics metrics() {
        return parts.metrics();
    }

    /**
     * The last connections that ended, the latest first, and why: as many as {@code process.endings-kept}. Those that were refused before
     * a protocol saw them are counted only.
     */
    public List<EndedConnection> recentEndings() {
        return parts.endings().recent();
    }

    /** The loops, for tests that look into them. */
    public List<EventLoop> loops() {
        return group.loops();
    }

    /** Connections that are open, in all servers. */
    public long openConnections() {
        return parts.servers().stream()
                .mapToLong(server -> server.metrics().open())
                .sum();
    }

    /**
     * Binds every address, starts the loops, then listens: so no client connects to a Weir that may still fail to start.
     *
     * @throws BindException with every address that failed; nothing is left open then, and this Weir is of no more use
     */
    public void start() throws BindException, InterruptedException {
        if (started) {
            throw new IllegalStateException("already started");
        }
        started = true;
        try {
            bindAndListen();
        } catch (BindException e) {
            end(Ending.CLEAN);
            awaitEnd();
            throw e;
        } catch (RuntimeException | Error | InterruptedException e) {
            end(Ending.BUG);
            throw e;
        }
    }

    private void bindAndListen() throws BindException, InterruptedException {
        Preloading.everythingWith(PluginApi.class);
        Preloading.everythingWith(parts.transport().transport().getClass());
        List<String> failures = new ArrayList<>();
        AtomicLong ids = new AtomicLong();
        for (int i = 0; i < parts.servers().size(); i++) {
            EventLoop owner = group.loops().get(i % group.loops().size());
            parts.servers().get(i).bind(owner, loops, descriptors, overload.gate(), ids, failures);
        }
        if (failures.isEmpty()) {
            descriptors.spares().take((int) parts.servers().stream()
                    .flatMap(Server::listeningLoops)
                    .distinct()
                    .count());
            ExhaustionReport.now(); // Once while everything can be loaded that it needs.
            if (!parts.callerDriven()) {
                group.start(this::loopDied);
                overload.start();
                parts.settings()
                        .process()
                        .blockedLoopWarning()
                        .ifPresent(limit -> group.warnWhenBlocked(limit, parts.clock(), parts.metrics()));
            }
            listen(failures);
        }
        if (ending.isDone()) {
            throw new IllegalStateException("an event loop died while Weir started: " + awaitEnd());
        }
        if (!failures.isEmpty()) {
            throw new BindException(failures);
        }
    }

    private void listen(List<String> failures) throws InterruptedException {
        for (Server server : parts.servers()) {
            CompletableFuture<List<String>> listening = server.listen();
            await(CompletableFuture.anyOf(listening, ending));
            failures.addAll(listening.getNow(List.of()));
        }
    }

    /** One turn of each loop, without waiting. Only for a caller-driven Weir, always by the same thread. @return true when something was done */
    public boolean turn() {
        boolean did = false;
        overload.lookIfDue();
        for (EventLoop loop : group.loops()) {
            try {
                did |= loop.turn(0);
            } catch (TransportException e) {
                throw new IllegalStateException("the poller failed", e);
            }
        }
        return did;
    }

    /** Begins the drain: what is in flight is finished, then Weir ends. Any thread, loops included; more than once does nothing. */
    public void drain() {
        if (drainBegun.compareAndSet(false, true)) {
            long lostBefore = repliesLost();
            endAfter(drained(parts.servers(), true), lostBefore);
        }
    }

    /**
     * Drains some servers while the others go on, within the cap on connections: who waits to be accepted waits for a place. Any thread, loops included.
     *
     * @param names of servers, as in the configuration; IllegalArgumentException when there is none of a name
     * @return done when none of their connections is left: {@link Ending#CLEAN} or {@link Ending#REPLIES_LOST}; or fails with a
     *     TimeoutException when a loop is blocked
     */
    public CompletableFuture<Ending> drain(Set<String> names) {
        List<Server> some = names.stream().map(this::server).toList();
        long lostBefore = repliesLost(some);
        return drained(some, false)
                .thenApply(done -> repliesLost(some) > lostBefore ? Ending.REPLIES_LOST : Ending.CLEAN);
    }

    private CompletableFuture<Void> drained(List<Server> some, boolean ofProcess) {
        DrainSettings settings = parts.settings().process().drain();
        return within(settings.deadline().plus(GRACE), new Drain(some, loops, settings, ofProcess).begin());
    }

    /** Ends at once: what is in flight is lost and counted. Any thread, loops included. */
    public void stopNow() {
        LOG.info("stopping at once, {} connections open", openConnections());
        long lostBefore = repliesLost();
        List<CompletableFuture<Void>> forced = new ArrayList<>();
        for (int i = 0; i < loops.loops().size(); i++) {
            var connections = loops.connections().get(i);
            CompletableFuture<Void> done = new CompletableFuture<>();
            forced.add(done);
            loops.loops().get(i).execute(() -> {
                connections.force(every(), CloseReason.of(Cause.STOPPED));
                done.complete(null);
            });
        }
        endAfter(within(GRACE, CompletableFuture.allOf(forced.toArray(CompletableFuture[]::new))), lostBefore);
    }

    private void endAfter(CompletableFuture<Void> work, long lostBefore) {
        var _ = work.whenComplete((done, thrown) -> {
            if (thrown instanceof TimeoutException) {
                LOG.error("an event loop is blocked and does not end: {} connections are lost", openConnections());
                grace = NO_GRACE;
                end(Ending.REPLIES_LOST);
            } else if (thrown != null) {
                LOG.error("ending failed", thrown);
                end(Ending.BUG);
            } else {
                end(repliesLost() > lostBefore ? Ending.REPLIES_LOST : Ending.CLEAN);
            }
        });
    }

    /** The loops have to do it in this time, unless the caller drives them. */
    private CompletableFuture<Void> within(Duration most, CompletableFuture<Void> work) {
        return parts.callerDriven() ? work : work.orTimeout(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits until Weir has ended, then gives everything back. */
    public Ending awaitEnd() throws InterruptedException {
        Ending how = await(ending);
        release();
        return how;
    }

    /** True when it has ended, or is about to. */
    public boolean isEnded() {
        return ending.isDone();
    }

    /** Stops at once and waits for the end. When the thread is interrupted it no longer waits. */
    @Override
    public void close() {
        if (!started) {
            end(Ending.CLEAN);
        } else if (!ending.isDone()) {
            stopNow();
        }
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Ending how) {
        ending.complete(how);
    }

    private void exhausted() {
        if (!ending.isDone()) {
            LOG.error("descriptors are exhausted, and the policy is to exit");
            // To list the descriptors takes one.
            descriptors.spares().without(() -> ExhaustionReport.now().forEach(line -> LOG.error("{}", line)));
            end(Ending.DESCRIPTORS_EXHAUSTED);
        }
    }

    private void loopDied(Throwable death) {
        // First: where memory has ended, even the log may fail.
        end(Ending.BUG);
        LOG.error("an event loop died; the process ends", death);
    }

    private List<ServerMetrics> every() {
        return parts.servers().stream().map(Server::metrics).toList();
    }

    private long repliesLost() {
        return repliesLost(parts.servers());
    }

    private static long repliesLost(List<Server> servers) {
        return servers.stream()
                .mapToLong(server -> server.metrics().repliesLost())
                .sum();
    }

    /** In a caller-driven Weir, waiting is turning. */
    private <T> T await(CompletableFuture<T> future) throws InterruptedException {
        while (parts.callerDriven() && !future.isDone()) {
            turn();
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Undoes the start, in reverse order. */
    private synchronized void release() throws InterruptedException {
        if (ended) {
            return;
        }
        ended = true;
        overload.stop();
        // The listening sockets first: what they have handed to a loop is in its mailbox before what ends it there.
        onLoops(loop -> parts.servers().forEach(server -> server.close(loop)));
        onLoops(loop -> loops.connections().get(loop.index()).force(every(), CloseReason.of(Cause.STOPPED)));
        descriptors.spares().close();
        descriptors.log().end();
        parts.blocking().shutdownNow();
        group.stop(grace);
        awaitBlocking();
        parts.made().close();
        try {
            parts.catalog().close();
        } catch (IOException e) {
            LOG.warn("closing the plugins' jars failed: {}", e.toString());
        }
    }

    /** Does this on every loop, and waits for it. A loop without a thread does it when it is closed. */
    private void onLoops(Consumer<EventLoop> work) throws InterruptedException {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (EventLoop loop : group.loops()) {
            CompletableFuture<Void> here = new CompletableFuture<>();
            boolean taken = loop.execute(() -> {
                work.accept(loop);
                here.complete(null);
            });
            if (taken && (parts.callerDriven() ? started : group.isRunning(loop))) {
                done.add(here);
            }
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(done.toArray(CompletableFuture[]::new));
        try {
            await(within(grace, all));
        } catch (IllegalStateException e) {
            grace = NO_GRACE;
            LOG.error("an event loop is blocked and does not end", e);
        }
    }

    /** Blocking protocols are interrupted by now: what they hold is theirs to give back, and their jars are still open. */
    private void awaitBlocking() throws InterruptedException {
        if (!parts.blocking().awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.warn(
                    "a blocking protocol still runs after its connection was closed: it must end when it is interrupted");
        }
    }
}
