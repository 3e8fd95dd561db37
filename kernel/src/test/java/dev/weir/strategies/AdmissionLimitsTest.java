package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.lifecycle.AdmissionPolicy.Admit;
import dev.weir.lifecycle.AdmissionPolicy.Manner;
import dev.weir.lifecycle.AdmissionPolicy.Newcomer;
import dev.weir.lifecycle.AdmissionPolicy.Refuse;
import dev.weir.lifecycle.AdmissionPolicy.Rule;
import dev.weir.lifecycle.AdmissionPolicy.Verdict;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.Settings;
import dev.weir.transport.Endpoint;
import dev.weir.transport.PeerCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the limits admit. */
class AdmissionLimitsTest {
    private static final String OFF = """
            max-connections = 1000, max-per-address = off, ipv6-prefix = 64
            accept-rate = off, accept-burst = auto, when-over = delay
            allow = [], deny = [], allow-users = [], allow-groups = [], refuse = auto
            """;
    private static final long NOW = Long.MAX_VALUE - 5;

    @TempDir
    private Path folder;

    private Accounts accounts;

    @BeforeEach
    void accounts() throws IOException {
        accounts = new Accounts(
                Files.writeString(folder.resolve("passwd"), "root:x:0:0::/:/bin/sh\nmeter:x:1001:1002::/:/bin/false\n"),
                Files.writeString(folder.resolve("group"), "root:x:0:\nmeters:x:1002:meter\nbroken\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    10.1.2.3    | allow = ["10.0.0.0/8"]                                       | in
                    11.1.2.3    | allow = ["10.0.0.0/8"]                                       | out
                    10.1.2.3    | deny = ["10.0.0.0/8"]                                        | out
                    11.1.2.3    | deny = ["10.0.0.0/8"]                                        | in
                    10.1.2.3    | allow = ["10.1.2.3"], deny = ["10.0.0.0/8"]                  | out
                    10.1.2.3    | allow = ["10.0.0.0/8"], deny = ["10.1.2.3"]                  | out
                    10.1.2.4    | allow = ["10.0.0.0/8"], deny = ["10.1.2.3"]                  | in
                    2001:db8::7 | allow = ["10.0.0.0/8", "2001:db8::/32"]                      | in
                    2001:db9::7 | allow = ["10.0.0.0/8", "2001:db8::/32"]                      | out
                    """)
    void denyWinsAndAllowOfNothingIsAll(String peer, String rules, String where) {
        Verdict verdict = limits(rules).admit(from(peer), NOW);

        assertThat(verdict instanceof Admit ? "in" : "out").isEqualTo(where);
        if (verdict instanceof Refuse refuse) {
            assertThat(refuse.rule()).isEqualTo(Rule.ADDRESS);
        }
    }

    @Test
    void whoseAddressNobodyKnowsStaysOutWhereThereAreRules() {
        Newcomer unknown = new Newcomer(address("127.0.0.1"), new Endpoint.Unknown(), Optional.empty(), 0);

        assertThat(limits("deny = [\"10.0.0.0/8\"]").admit(unknown, NOW)).isInstanceOf(Refuse.class);
        assertThat(limits("max-per-address = 1").admit(unknown, NOW)).isInstanceOf(Admit.class);
    }

    @Test
    void anAddressHasItsPlacesBackWhenItsConnectionsHaveEnded() {
        AdmissionLimits limits = limits("max-per-address = 2");
        Admit first = (Admit) limits.admit(from("10.0.0.1"), NOW);
        limits.admit(from("10.0.0.1"), NOW);

        assertThat(limits.admit(from("10.0.0.1"), NOW)).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.rule()).isEqualTo(Rule.PER_ADDRESS);
            assertThat(refuse.why()).isEqualTo("max-per-address of 2 reached");
        });
        assertThat(limits.admit(from("10.0.0.2"), NOW)).isInstanceOf(Admit.class);
        first.onEnd().run();
        assertThat(limits.admit(from("10.0.0.1"), NOW)).isInstanceOf(Admit.class);
    }

    @Test
    void whoIsRefusedForItsAddressTakesNoPlaceOfTheServer() {
        AdmissionLimits limits = limits("max-per-address = 1, max-connections = 2");
        limits.admit(from("10.0.0.1"), NOW);
        for (int i = 0; i < 5; i++) {
            assertThat(limits.admit(from("10.0.0.1"), NOW)).isInstanceOf(Refuse.class);
        }
        Admit second = (Admit) limits.admit(from("10.0.0.2"), NOW);
        assertThat(limits.admit(from("10.0.0.3"), NOW))
                .isInstanceOfSatisfying(
                        Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo(Rule.CONNECTIONS));
        second.onEnd().run();
        assertThat(limits.admit(from("10.0.0.3"), NOW)).isInstanceOf(Admit.class);
    }

    @Test
    void whoComesTooSoonWaitsOrIsRefused() {
        AdmissionLimits waits = limits("accept-rate = \"10/s\", accept-burst = 2");
        assertThat(waits.delayNanos(NOW)).isLessThanOrEqualTo(0);
        waits.admit(from("10.0.0.1"), NOW);
        waits.admit(from("10.0.0.1"), NOW);
        assertThat(waits.delayNanos(NOW)).isEqualTo(Duration.ofMillis(100).toNanos());

        AdmissionLimits refuses =
                limits("accept-rate = \"10/s\", accept-burst = 2, when-over = refuse, refuse = reset");
        refuses.admit(from("10.0.0.1"), NOW);
        refuses.admit(from("10.0.0.1"), NOW);
        assertThat(refuses.delayNanos(NOW)).isLessThanOrEqualTo(0);
        assertThat(refuses.admit(from("10.0.0.1"), NOW)).isInstanceOfSatisfying(Refuse.class, refuse -> {
            assertThat(refuse.rule()).isEqualTo(Rule.RATE);
            assertThat(refuse.manner()).isEqualTo(Manner.RESET);
        });
        assertThat(refuses.admit(from("10.0.0.1"), NOW + Duration.ofMillis(100).toNanos()))
                .isInstanceOf(Admit.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delay", "refuse"})
    void whoIsRefusedForSomethingElseTakesNothingOfTheRate(String whenOver) {
        AdmissionLimits limits = limits("accept-rate = \"1/m\", accept-burst = 3, max-per-address = 1, when-over = "
                + whenOver + ", deny = [\"10.0.0.0/8\"]");
        assertThat(limits.admit(from("11.0.0.1"), NOW)).isInstanceOf(Admit.class);
        for (int i = 0; i < 100; i++) {
            assertThat(limits.admit(from("10.0.0.1"), NOW)).isInstanceOf(Refuse.class);
            assertThat(limits.admit(from("11.0.0.1"), NOW)).isInstanceOf(Refuse.class);
        }
        assertThat(limits.delayNanos(NOW)).isLessThanOrEqualTo(0);
        assertThat(limits.admit(from("11.0.0.2"), NOW)).isInstanceOf(Admit.class);
        assertThat(limits.delayNanos(NOW)).isLessThanOrEqualTo(0);
        assertThat(limits.admit(from("11.0.0.3"), NOW)).isInstanceOf(Admit.class);
    }

    @Test
    void whoComesTooSoonTakesNoPlace() {
        AdmissionLimits limits = limits(
                "accept-rate = \"1/m\", accept-burst = 1, when-over = refuse, max-per-address = 1, max-connections = 2");
        limits.admit(from("10.0.0.1"), NOW);
        for (int i = 0; i < 5; i++) {
            assertThat(limits.admit(from("10.0.0.2"), NOW))
                    .isInstanceOfSatisfying(
                            Refuse.class, refuse -> assertThat(refuse.rule()).isEqualTo(Rule.RATE));
        }
        assertThat(limits.admit(from("10.0.0.2"), NOW + Duration.ofMinutes(1).toNanos()))
                .isInstanceOf(Admit.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    2000/s  | 3 | 1
                    2000/s  | 4 | 0
                    500/s   | 1 | 0
                    1000/s  | 1 | 1
                    5/h     | 1 | 0
                    """)
    void aBurstThatKeepsTheRateFromBeingReachedIsAFault(String rate, int burst, int faults) {
        Settings settings = settings("accept-rate = \"" + rate + "\", accept-burst = " + burst);
        AdmissionLimits.from(settings, accounts);

        assertThat(settings.faults().all()).hasSize(faults);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1001 | 5    | allow-users = [meter]                          | in
                    1002 | 5    | allow-users = [meter]                          | out
                    5    | 1002 | allow-groups = [meters]                        | in
                    5    | 1001 | allow-groups = [meters]                        | out
                    5    | 1002 | allow-users = [root], allow-groups = [meters]  | in
                    7    | 5    | allow-users = [7, root]                        | in
                    """)
    void credentialsOfAUserOrAGroupThatIsNamed(int uid, int gid, String rules, String where) {
        Newcomer newcomer = new Newcomer(
                new Endpoint.Unix(folder), new Endpoint.Unknown(), Optional.of(new PeerCredentials(1, uid, gid)), 0);

        assertThat(limits(rules).admit(newcomer, NOW) instanceof Admit ? "in" : "out")
                .isEqualTo(where);
    }

    @Test
    void whatCannotBeReadIsToldWithItsText() {
        Settings settings =
                settings("allow = [\"10.0.0.1/8\"], deny = [\"10.0.0.0/8\", x], allow-users = [nobody-of-this-name]");
        AdmissionLimits.from(settings, accounts);

        assertThat(settings.faults().all())
                .extracting(ConfigFault::problem)
                .containsExactly(
                        "\"10.0.0.1/8\" has bits set behind its prefix: it is not the first of its range.",
                        "\"x\" is no range of addresses.",
                        "\"nobody-of-this-name\" is not known on this machine.");
    }

    private AdmissionLimits limits(String rules) {
        Settings settings = settings(rules);
        AdmissionLimits limits = AdmissionLimits.from(settings, accounts);
        assertThat(settings.faults().all()).isEmpty();
        return limits;
    }

    private static Settings settings(String rules) {
        return Settings.parse(OFF + rules);
    }

    private static Newcomer from(String peer) {
        return new Newcomer(address("127.0.0.1"), address(peer), Optional.empty(), 0);
    }

    private static Endpoint address(String host) {
        return new Endpoint.Inet(new InetSocketAddress(InetAddress.ofLiteral(host), 1));
    }
}
