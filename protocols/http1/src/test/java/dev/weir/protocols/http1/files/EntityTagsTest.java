package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagsTest {

    /** Columns: the list, whether it includes "a" strongly, and weakly. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "*, true, true",
                "'  *  ', true, true",
                "'\"a\"', true, true",
                "'\"b\", \"a\"', true, true",
                "'\"b\",,\t\"a\" ,', true, true",
                "'W/\"a\"', false, true",
                "'W/\"b\", W/\"a\"', false, true",
                "'W/\"a\", \"a\"', true, true",
                "'\"b,\", \"a\"', true, true",
                "'\"b\"', false, false",
                "'\"\"', false, false",
                "'', false, false",
                "'a', false, false",
                "'\"a', false, false",
                "'w/\"a\"', false, false",
                "'x, \"a\"', false, false",
                "'*, \"b\"', false, false"
            })
    void aListIncludesATagOrNot(String list, boolean strongly, boolean weakly) {
        assertThat(EntityTags.include(List.of(list), "\"a\"", false)).isEqualTo(strongly);
        assertThat(EntityTags.include(List.of(list), "\"a\"", true)).isEqualTo(weakly);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aListMayHaveSeveralLines(boolean weakToo) {
        assertThat(EntityTags.include(List.of("\"b\"", "\"a\""), "\"a\"", weakToo))
                .isTrue();
    }
}
