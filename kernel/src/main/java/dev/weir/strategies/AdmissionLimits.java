package dev.weir.strategies;

import dev.weir.lifecycle.AdmissionPolicy;
import dev.weir.lifecycle.Surroundings;
import dev.weir.settings.Rate;
import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Admits whom its rules allow, up to a number of connections per server and per address, and so many in a time. Counts are shared by
 * all loops that accept.
 */
public final class AdmissionLimits implements AdmissionPolicy {
    private static final long BURSTS_A_SECOND = 10;
    private static final long LONGEST_TICK_MILLIS = 2;

    /** What becomes of who comes sooner than the rate allows. */
    enum WhenOver {
        /** He waits in the accept queue. */
        DELAY,
        /** He is sent away. */
        REFUSE
    }

    private final AddressRules addresses;
    private final CredentialRules credentials;
    private final int maxConnections;
    private final Optional<AddressCounts> perAddress;
    private final Optional<TokenBucket> rate;
    private final WhenOver whenOver;
    private final Manner manner;

    private final AtomicLong open = new AtomicLong();
    private final Admit counted = new Admit(open::decrementAndGet);
    private final Refuse tooMany;
    private final Refuse tooManyOfAddress;
    private final Refuse tooSoon;
    private final Refuse notAllowed;
    private final Refuse strangers;

    private AdmissionLimits(Settings settings, Accounts accounts) {
        this.addresses = AddressRules.read(settings);
        this.credentials = CredentialRules.read(settings, accounts);
        this.maxConnections = settings.integer("max-connections", 1, Integer.MAX_VALUE);
        OptionalInt most = settings.integerOrOff("max-per-address", 1, Integer.MAX_VALUE);
        int prefix = settings.integer("ipv6-prefix", 1, 128);
        this.perAddress = most.isPresent() ? Optional.of(new AddressCounts(most.getAsInt(), prefix)) : Optional.empty();
        OptionalInt burst = settings.integerOrAuto("accept-burst", 1, 1_000_000);
        Optional<Rate> limited = settings.rateOrOff("accept-rate");
        this.rate = limited.map(limit -> new TokenBucket(limit, burst.orElseGet(() -> usualBurst(limit))));
        limited.ifPresent(limit -> burst.ifPresent(atOnce -> checkBurst(settings, limit, atOnce)));
        this.whenOver = settings.oneOf("when-over", WhenOver.class);
        this.manner = settings.oneOf("refuse", Manner.class);
        this.tooMany = new Refuse(Rule.CONNECTIONS, "max-connections of " + maxConnections + " reached", manner);
        this.tooManyOfAddress =
                new Refuse(Rule.PER_ADDRESS, "max-per-address of " + most.orElse(0) + " reached", manner);
        this.tooSoon = new Refuse(Rule.RATE, "more come than accept-rate allows", manner);
        this.notAllowed = new Refuse(Rule.ADDRESS, "its address is not allowed", manner);
        this.strangers = new Refuse(Rule.CREDENTIALS, "its user and group are not allowed", manner);
    }

    /** Reads {@code max-connections}, {@code allow}, {@code accept-rate} and what else {@code reference.conf} lists. */
    public static AdmissionLimits from(Settings settings) {
        return from(settings, Accounts.ofThisMachine());
    }

    static AdmissionLimits from(Settings settings, Accounts accounts) {
        return new AdmissionLimits(settings, accounts);
    }

    /** A wait is a millisecond or two long; when the bucket is full before it is over, the rest of it is lost. */
    private static void checkBurst(Settings settings, Rate rate, int burst) {
        long least = rate.events() / (rate.per().toMillis() / LONGEST_TICK_MILLIS);
        if (burst < least) {
            settings.fault(
                    "accept-burst",
                    "is too small for an accept-rate of " + rate + ", which it would not let be reached.",
                    "Write auto, or " + least + " or more.");
        }
    }

    /** As many as come in a tenth of a second. */
    private static int usualBurst(Rate rate) {
        return Math.clamp(rate.events() / rate.per().toSeconds() / BURSTS_A_SECOND, 1, Integer.MAX_VALUE);
    }

    @Override
    public Optional<Misfit> misfit(Surroundings around) {
        if (manner == Manner.GOODBYE && !around.hasGoodbye()) {
            return misfit(
                    "refuse",
                    "neither the protocol nor the codec has a goodbye.",
                    "Write auto, close or reset, or choose one that has one.");
        }
        if ((!addresses.isEmpty() || perAddress.isPresent()) && around.hasUnixListener()) {
            String key = !addresses.allow().isEmpty() ? "allow" : perAddress.isPresent() ? "max-per-address" : "deny";
            return misfit(
                    key,
                    "this goes by the peer's address, and a peer on a Unix domain socket has none.",
                    "Use allow-users or allow-groups there; give TCP addresses a server of their own.");
        }
        return credentials.isEmpty()
                ? Optional.empty()
                : credentialsMisfit(credentials.users().isEmpty() ? "allow-groups" : "allow-users", around);
    }

    private static Optional<Misfit> credentialsMisfit(String key, Surroundings around) {
        if (around.hasInetListener()) {
            return misfit(
                    key,
                    "this goes by the credentials of a peer on a Unix domain socket, and TCP has none.",
                    "Give the Unix domain socket a server of its own, or use allow and deny.");
        }
        return around.transport().peerCredentials()
                ? Optional.empty()
                : misfit(
                        key,
                        "this needs the peer's credentials, which the transport cannot ask for.",
                        "Set weir.transport = epoll, or let the socket's file say who may connect: socket.unix-mode.");
    }

    private static Optional<Misfit> misfit(String key, String problem, String cure) {
        return Optional.of(new Misfit(key, problem, cure));
    }

    @Override
    public long delayNanos(long nowNanos) {
        return whenOver == WhenOver.DELAY && rate.isPresent() ? rate.get().delayNanos(nowNanos) : 0;
    }

    @Override
    public Manner mannerAtCap() {
        return manner;
    }

    @Override
    public Verdict admit(Newcomer newcomer, long nowNanos) {
        if (!addresses.admit(newcomer.peer())) {
            return notAllowed;
        }
        if (!credentials.admit(newcomer.credentials())) {
            return strangers;
        }
        if (open.incrementAndGet() > maxConnections) {
            open.decrementAndGet();
            return tooMany;
        }
        Verdict verdict = countOfAddress(newcomer.peer());
        // Last: who is refused for anything else must not use up the rate of the others.
        if (verdict instanceof Admit admitted && !takeOfRate(nowNanos)) {
            admitted.onEnd().run();
            return tooSoon;
        }
        return verdict;
    }

    private boolean takeOfRate(long nowNanos) {
        if (rate.isEmpty()) {
            return true;
        }
        if (whenOver == WhenOver.REFUSE) {
            return rate.get().tryTake(nowNanos);
        }
        rate.get().take(nowNanos);
        return true;
    }

    private Verdict countOfAddress(Endpoint peer) {
        if (perAddress.isEmpty() || !(peer instanceof Endpoint.Inet(var socket)) || socket.getAddress() == null) {
            return counted;
        }
        AddressCounts counts = perAddress.get();
        InetAddress address = socket.getAddress();
        AddressRange key = counts.key(address);
        if (!counts.enter(key)) {
            open.decrementAndGet();
            return tooManyOfAddress;
        }
        return new Admit(() -> {
            counts.leave(key);
            open.decrementAndGet();
        });
    }

    @Override
    public String toString() {
        return "limits";
    }
}
