package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPathTest {

    @Test
    void namesAreDecoded() {
        assertThat(RequestPath.of("/a/b%20c/%C3%BC.txt", false))
                .hasValue(new RequestPath(List.of("a", "b c", "ü.txt"), false));
    }

    @Test
    void aSlashAtTheEndIsADirectory() {
        assertThat(RequestPath.of("/a/", false)).hasValue(new RequestPath(List.of("a"), true));
        assertThat(RequestPath.of("/", false)).hasValue(new RequestPath(List.of(), true));
        assertThat(RequestPath.of("", false)).hasValue(new RequestPath(List.of(), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a",
                "/..",
                "/../a",
                "/a/../b",
                "/a/..",
                "/%2e%2e/a",
                "/%2E./a",
                "/./a",
                "/a/%2e",
                "//a",
                "/a//b",
                "/a//",
                "//",
                "/a%2fb",
                "/..%2fa",
                "/a%5cb",
                "/a\\b",
                "/..\\a",
                "/a%00",
                "/%00",
                "/a%0ab",
                "/a%7f",
                "/%c2%80",
                "/%ff",
                "/%c0%ae%c0%ae/a",
                "/%",
                "/.hidden",
                "/.git/config",
                "/a/.b/c"
            })
    void noFileHasSuchAPath(String path) {
        assertThat(RequestPath.of(path, false)).isEmpty();
    }

    @Test
    void hiddenNamesAreForThoseWhoShowThem() {
        assertThat(RequestPath.of("/.well-known/x", true))
                .hasValue(new RequestPath(List.of(".well-known", "x"), false));
        assertThat(RequestPath.of("/../x", true)).isEmpty();
        assertThat(RequestPath.of("/./x", true)).isEmpty();
    }

    @Test
    void noNameIsLongerThanAFileSystemHasThem() {
        assertThat(RequestPath.of("/" + "n".repeat(255), false)).isPresent();
        assertThat(RequestPath.of("/" + "n".repeat(256), false)).isEmpty();
        assertThat(RequestPath.of("/" + "%C3%BC".repeat(128), false)).isEmpty();
        assertThat(RequestPath.of("/n".repeat(2048), false)).isPresent();
        assertThat(RequestPath.of("/n".repeat(2049), false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, docs/",
        "/a/docs, docs/",
        "/javascript:alert(1), javascript%3Aalert%281%29/",
        "/http:evil.example, http%3Aevil.example/",
        "/b%20c%22, b%20c%22/",
        "/%C3%BC, %C3%BC/",
        "/a_b-c.d~e, a_b-c.d~e/"
    })
    void theWayToADirectoryLeadsNowhereElse(String path, String location) {
        assertThat(RequestPath.of(path, false).orElseThrow().withSlash()).isEqualTo(location);
    }
}
