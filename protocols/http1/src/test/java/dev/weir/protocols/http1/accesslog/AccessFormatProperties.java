package dev.weir.protocols.http1.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a client sends, its line says that and nothing else. */
class AccessFormatProperties {
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ESCAPED = Pattern.compile("\\\\(?:x([0-9a-f]{2})|(.))");

    /** Every byte, as a character. */
    @Provide
    Arbitrary<String> bytes() {
        return Arbitraries.strings().withCharRange('\0', '\u00ff').ofMinLength(2);
    }

    @Property
    void combinedSaysWhatWasSentAndHasNothingThatCannotBePrinted(
            @ForAll @From("bytes") String target,
            @ForAll @From("bytes") String referer,
            @ForAll @From("bytes") String agent) {
        String line = AccessFormat.COMBINED.line(Entries.entry("GET", target, referer, agent));

        assertThat(line.chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(quoted(line)).containsExactly("GET " + target + " HTTP/1.1", referer, agent);
    }

    @Property
    void jsonSaysWhatWasSentOnOneLine(
            @ForAll @From("bytes") String target,
            @ForAll @From("bytes") String referer,
            @ForAll @From("bytes") String agent) {
        String line = AccessFormat.JSON.line(Entries.entry("GET", target, referer, agent));
        Config read =
                ConfigFactory.parseString(line, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON));

        assertThat(line.chars()).noneMatch(Character::isISOControl);
        assertThat(List.of(read.getString("target"), read.getString("referer"), read.getString("user_agent")))
                .containsExactly(target, referer, agent);
    }

    private static List<String> quoted(String line) {
        return QUOTED.matcher(line)
                .results()
                .map(field -> unescaped(field.group(1)))
                .toList();
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) == null
                                ? escape.group(2)
                                : Character.toString(Integer.parseInt(escape.group(1), 16))));
    }
}
