package dev.weir.protocols.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.protocols.http1.Route.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route is, and which paths it is for. */
class RouteTest {
    private static Route route(String spec) {
        return Route.of(spec, new Answer.AtOnce(request -> HttpResponse.of(200), 0));
    }

    /** The variables as one text; empty when the route does not match. */
    private static Optional<List<String>> match(String path, String... segments) {
        return route("GET " + path).match(List.of(segments)).map(Arrays::asList);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "/rooms",
                " /rooms",
                "get /rooms",
                "GET rooms",
                "GET  /rooms",
                "GET /a b",
                "GET /a{id}",
                "GET /{id}a",
                "GET /{}",
                "GET /{id",
                "GET /id}",
                "GET /{a}{b}",
                "GET /{{a}}",
                "GET /{rest...}/more"
            })
    void whatIsNoRouteIsRefused(String spec) {
        assertThatIllegalArgumentException().isThrownBy(() -> route(spec));
    }

    @ParameterizedTest
    @CsvSource({"GET /, true", "GET /rooms, true", "GET /rooms/{id}, false", "PURGE /{rest...}, false"})
    void aRouteIsLiteralWithoutVariables(String spec, boolean isLiteral) {
        assertThat(route(spec).isLiteral()).isEqualTo(isLiteral);
    }

    @Test
    void aVariableIsOneSegment() {
        assertThat(match("/rooms/{id}", "rooms", "7")).hasValue(List.of("id", "7"));
        assertThat(match("/rooms/{id}", "rooms", "a/b")).hasValue(List.of("id", "a/b"));
        assertThat(match("/rooms/{id}", "rooms", "")).hasValue(List.of("id", ""));
        assertThat(match("/rooms/{id}", "rooms")).isEmpty();
        assertThat(match("/rooms/{id}", "rooms", "7", "8")).isEmpty();
        assertThat(match("/rooms/{id}", "halls", "7")).isEmpty();
    }

    @Test
    void severalVariablesKeepTheirOrder() {
        assertThat(match("/{a}/x/{b}", "1", "x", "2")).hasValue(List.of("a", "1", "b", "2"));
    }

    @Test
    void theRestIsAllThatFollows() {
        assertThat(match("/files/{path...}", "files", "a", "b")).hasValue(List.of("path", "a/b"));
        assertThat(match("/files/{path...}", "files", "")).hasValue(List.of("path", ""));
        assertThat(match("/files/{path...}", "files")).isEmpty();
    }

    @Test
    void aSlashAtTheEndIsAnotherPath() {
        assertThat(match("/rooms", "rooms")).isPresent();
        assertThat(match("/rooms", "rooms", "")).isEmpty();
        assertThat(match("/", "")).isPresent();
    }
}
