package dev.weir.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.plugin.PluginCatalog.OfferEntry;
import dev.weir.plugin.PluginCatalog.PluginEntry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form of the table. */
class PluginTableTest {

    @Test
    void columnsAreAsWideAsTheirWidestEntry() {
        PluginTable table = PluginTable.of(List.of(
                new PluginEntry(
                        "framing",
                        "1.0",
                        "/opt/weir/lib/framing.jar",
                        List.of(new OfferEntry("codec", "line"), new OfferEntry("codec", "raw"))),
                new PluginEntry(
                        "meters",
                        "unknown",
                        "/opt/weir/plugins/meters.jar",
                        List.of(new OfferEntry("protocol", "meters"), new OfferEntry("codec", "dlms")))));

        assertThat(table.lines())
                .containsExactly(
                        "PLUGIN   VERSION  FROM",
                        "framing  1.0      /opt/weir/lib/framing.jar",
                        "    codec: line, raw",
                        "meters   unknown  /opt/weir/plugins/meters.jar",
                        "    codec: dlms",
                        "    protocol: meters");
    }

    @Test
    void withoutPluginsThereIsOnlyTheHead() {
        assertThat(PluginTable.of(List.of()).lines()).containsExactly("PLUGIN  VERSION  FROM");
    }
}
