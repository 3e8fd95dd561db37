package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @CsvSource({
        "index.html, text/html; charset=utf-8",
        "A.HTM, text/html; charset=utf-8",
        "a.min.js, text/javascript; charset=utf-8",
        "a.css, text/css; charset=utf-8",
        "a.json, application/json",
        "a.svg, image/svg+xml",
        "a.tar.gz, application/gzip",
        "a.wasm, application/wasm",
        "README, application/octet-stream",
        "html, application/octet-stream",
        "a., application/octet-stream",
        "a.unheard-of, application/octet-stream"
    })
    void theEndOfTheNameSaysTheType(String name, String type) {
        assertThat(new MediaTypes(Map.of()).of(name)).isEqualTo(type);
    }

    @Test
    void additionsComeBeforeTheTable() {
        MediaTypes types =
                new MediaTypes(Map.of("WGT", "application/widget", "html", "text/html;charset=latin1", "x", "text/x"));
        assertThat(types.of("a.wgt")).isEqualTo("application/widget");
        assertThat(types.of("a.html")).isEqualTo("text/html;charset=latin1");
        assertThat(types.of("a.x")).isEqualTo("text/x; charset=utf-8");
    }

    @Test
    void theTableIsOfUse() {
        MediaTypes types = new MediaTypes(Map.of());
        assertThat(types.all()).hasSizeGreaterThan(120).allMatch(MediaTypes::isMediaType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "text/",
                "/html",
                "text/html;",
                "text/html; charset",
                "te xt/html",
                "text/html\r\nX: y"
            })
    void theseAreNoMediaTypes(String text) {
        assertThat(MediaTypes.isMediaType(text)).isFalse();
    }
}
