package dev.weir.protocols.http1.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.files.ByteRanges.Range;
import dev.weir.protocols.http1.files.ByteRanges.Selection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangesTest {
    private static final int MOST = 4;

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 99",
        "bytes=0-100, 0, 99",
        "bytes=0-, 0, 99",
        "bytes=99-, 99, 99",
        "bytes=-1, 99, 99",
        "bytes=-100, 0, 99",
        "bytes=-101, 0, 99",
        "Bytes=1-2, 1, 2",
        "bytes= 1-2 , 1, 2",
        "bytes=001-0002, 1, 2",
        "bytes=5-99999999999999999999999, 5, 99",
        "bytes=-99999999999999999999999, 0, 99"
    })
    void oneRangeIsTheBytesThatAreThere(String field, long first, long last) {
        assertThat(of(field)).isEqualTo(new Selection.Parts(List.of(new Range(first, last))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes",
                "bytes=",
                "bytes=-",
                "bytes=a-b",
                "bytes=1",
                "bytes=2-1",
                "bytes=1-2-3",
                "bytes=--1",
                "bytes=+1-2",
                "bytes=1 - 2",
                "bytes =1-2",
                "lines=1-2",
                "bytes=0-1,x",
                "bytes=0-1,bytes=2-3",
                "bytes=٠-١",
                "bytes=0-0,1-1,2-2,3-3,4-4",
                "bytes=0-99,0-0",
                "bytes=0-60,40-99",
                "bytes=0-,-1"
            })
    void whatMakesNoSenseIsTheWholeFile(String field) {
        assertThat(of(field)).isEqualTo(new Selection.Whole());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=100-,200-300,-0", "bytes=99999999999999999999-"
            })
    void whatIsNotThereIsNothing(String field) {
        assertThat(of(field)).isEqualTo(new Selection.Nothing());
    }

    @Test
    void severalComeInTheOrderInWhichTheyWereAskedForWithoutThoseThatAreNotThere() {
        assertThat(of("bytes=90-, 200-300 ,,0-1"))
                .isEqualTo(new Selection.Parts(List.of(new Range(90, 99), new Range(0, 1))));
    }

    @Test
    void aFieldThatComesTwiceIsNone() {
        assertThat(ByteRanges.of(List.of("bytes=0-1", "bytes=2-3"), 100, MOST)).isEqualTo(new Selection.Whole());
    }

    @Test
    void anEmptyFileHasNoParts() {
        assertThat(ByteRanges.of(List.of("bytes=0-"), 0, MOST)).isEqualTo(new Selection.Nothing());
        assertThat(ByteRanges.of(List.of("bytes=-1"), 0, MOST)).isEqualTo(new Selection.Whole());
    }

    private static Selection of(String field) {
        return ByteRanges.of(List.of(field), 100, MOST);
    }
}
