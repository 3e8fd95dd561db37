package dev.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.weir.plugin.PluginCatalog;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.transport.Endpoint;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where servers listen. */
class ListenAddressesTest {
    private static final Config REFERENCES = PluginCatalog.of().references();
    private static final String FORMS =
            " Write \"HOST:PORT\", \"[IPV6]:PORT\", \"*:PORT\" for all addresses, \"unix:/PATH\" or \"unix:@NAME\".";

    private final ConfigFaults faults = new ConfigFaults();

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7100, 127.0.0.1:7100",
        "[::1]:7100, [0:0:0:0:0:0:0:1]:7100",
        "127.0.0.1:0, 127.0.0.1:0",
        "0.0.0.0:65535, 0.0.0.0:65535",
        "localhost:7100, 127.0.0.1:7100",
        "' 127.0.0.1:1 ', 127.0.0.1:1",
        "unix:/run/weir/a.sock, unix:/run/weir/a.sock",
        "unix:/run/../run/a.sock, unix:/run/a.sock",
        "unix:@weir, unix:@weir",
    })
    void anAddressIsRead(String written, String read) {
        assertThat(listen("\"" + written + "\"")).extracting(Object::toString).containsExactly(read);
        assertThat(said()).isEmpty();
    }

    @Test
    void aStarIsAllAddresses() {
        assertThat(listen("\"*:7100\"")).containsExactly(new Endpoint.Inet(new InetSocketAddress("::", 7100)));
    }

    @Test
    void aSocketsPathIsAPath() {
        assertThat(listen("\"unix:/a/b\"")).containsExactly(new Endpoint.Unix(Path.of("/a/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7100", ":7100", "localhost", "", "::"})
    void whatIsNoAddress(String text) {
        assertThat(listen("\"" + text + "\"")).isEmpty();
        assertThat(said())
                .containsExactly("weir.conf: 1: weir.servers.a.listen: \"" + text + "\" " + problem(text) + FORMS);
    }

    private static String problem(String text) {
        return text.equals("::") ? "has no port from 0 to 65535." : "is no address.";
    }

    @ParameterizedTest
    @ValueSource(strings = {"*:65536", "*:-1", "*:http", "*:", "*:123456789012", "*: 80", "*:٣"})
    void aBadPort(String text) {
        assertThat(listen("\"" + text + "\"")).isEmpty();
        assertThat(said())
                .containsExactly(
                        "weir.conf: 1: weir.servers.a.listen: \"" + text + "\" has no port from 0 to 65535." + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1:7100", "[127.0.0.1]:7100", "[::1:7100", "[localhost]:7100"})
    void bracketsStandAroundIpv6AndNothingElse(String text) {
        assertThat(listen("\"" + text + "\"")).isEmpty();
        assertThat(said())
                .containsExactly("weir.conf: 1: weir.servers.a.listen: \"" + text + "\" is no address: brackets stand"
                        + " around IPv6 addresses and nothing else." + FORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-host.invalid", "a b", "[::zz]"})
    void aHostThatCannotBeResolved(String host) {
        assertThat(listen("\"" + host + ":7100\"")).isEmpty();
        assertThat(said())
                .containsExactly(
                        "weir.conf: 1: weir.servers.a.listen: \"" + host + ":7100\" names a host that cannot be"
                                + " resolved: " + host + ". Correct the name, or write the address in digits.");
    }

    @Test
    void badPlacesForUnixSockets() {
        listen("[\"unix:\", \"unix:a.sock\", \"unix:@\", \"unix:/a\\u0000b\"]");

        String cure = " Write \"unix:/PATH\", or \"unix:@NAME\" for an abstract name.";
        assertThat(said())
                .containsExactly(
                        "weir.conf: 1: weir.servers.a.listen: \"unix:\" is no absolute path." + cure,
                        "weir.conf: 1: weir.servers.a.listen: \"unix:a.sock\" is no absolute path." + cure,
                        "weir.conf: 1: weir.servers.a.listen: \"unix:@\" has no name." + cure,
                        "weir.conf: 1: weir.servers.a.listen: \"unix:/a\u0000b\" is no path: Nul character not allowed."
                                + " Write \"unix:/PATH\".");
    }

    @Test
    void aPlaceForUnixSocketsHasAMostLength() {
        String most = "/" + "a".repeat(106);
        assertThat(listen("\"unix:" + most + "\"")).hasSize(1);
        assertThat(listen("\"unix:@" + "ä".repeat(53) + "\"")).hasSize(1);
        assertThat(said()).isEmpty();

        assertThat(listen("[\"unix:" + most + "a\", \"unix:@" + "ä".repeat(54) + "\"]"))
                .isEmpty();
        assertThat(said()).hasSize(2).allMatch(text -> text.contains("is too long: the system takes 107 bytes."));
    }

    @Test
    void aFaultIsAtTheLineOfItsAddress() {
        listen("[\n\"*:0\",\n{ x = 1 },\n\"*:x\" ]");

        assertThat(said())
                .containsExactly(
                        "weir.conf: 3: weir.servers.a.listen: is a block. Write a text, or a list of texts.",
                        "weir.conf: 4: weir.servers.a.listen: \"*:x\" has no port from 0 to 65535." + FORMS);
    }

    @Test
    void noAddressAtAll() {
        listen("[]");

        assertThat(said())
                .containsExactly("weir.conf: 1: weir.servers.a.listen: is empty. A server needs an address." + FORMS);
    }

    @Test
    void oneAddressForTwoServers() {
        read("""
                weir.servers.a { listen = "127.0.0.1:7100", codec = x, protocol = y }
                weir.servers.b { listen = ["127.0.0.1:7101", "127.0.0.1:7100"], codec = x, protocol = y }
                weir.servers.c { listen = ["unix:/s", "unix:/x/../s"], codec = x, protocol = y }
                """);

        assertThat(said())
                .containsExactly(
                        "weir.conf: 2: weir.servers.b.listen: 127.0.0.1:7100 is taken by server a. Give each server"
                                + " addresses of its own.",
                        "weir.conf: 3: weir.servers.c.listen: unix:/s is in the list twice. Give each server addresses of"
                                + " its own.");
    }

    @Test
    void allAddressesOfOnePortAreOnePlaceHoweverTheyAreWritten() {
        listen("[\"*:7100\", \"0.0.0.0:7100\", \"[::]:7100\"]");

        assertThat(said()).hasSize(2).allMatch(text -> text.contains(":7100") && text.contains("in the list twice."));
    }

    @Test
    void anAddressIsAPartOfAllAddressesOfItsPort() {
        listen("[\"127.0.0.1:7100\", \"0.0.0.0:7100\"]");
        assertThat(said())
                .singleElement()
                .asString()
                .contains("0.0.0.0:7100, which overlaps 127.0.0.1:7100, is in the list twice");
    }

    @Test
    void allOfIpv4AndOneOfIpv6AreApart() {
        assertThat(listen("[\"0.0.0.0:7100\", \"[::1]:7100\", \"127.0.0.1:7101\"]"))
                .hasSize(3);
        assertThat(said()).isEmpty();
    }

    @Test
    void anyNumberMayHaveAFreePort() {
        assertThat(listen("[\"*:0\", \"*:0\"]")).hasSize(2);
        assertThat(said()).isEmpty();
    }

    private List<Endpoint> listen(String hocon) {
        return read("weir.servers.a { listen = " + hocon + ", codec = x, protocol = y }")
                .servers()
                .getFirst()
                .listen();
    }

    private WeirSettings read(String hocon) {
        return WeirSettings.read(ConfigFile.parse(hocon, REFERENCES, faults), faults);
    }

    private List<String> said() {
        return faults.all().stream()
                .map(ConfigFault::toString)
                .map(text -> text.replaceFirst("^String", "weir.conf"))
                .toList();
    }
}
