package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.transport.Transport;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the contracts of a transport share: a {@link Wire}, and the descriptors that have to be back after each test. Both ends of
 * each connection are the transport's own, so that a transport that never leaves the process can keep the contracts as well.
 */
abstract class TransportContract {
    Wire wire;
    private long descriptorsBefore;

    /** The transport under test. */
    protected abstract Transport transport();

    /** Descriptors that the transport has open: those of this process, unless it counts its own. */
    protected long openDescriptors() throws IOException {
        return Descriptors.open();
    }

    @BeforeEach
    final void open() throws Exception {
        try (Wire first = new Wire(transport())) {
            // What a platform opens once and keeps is open after this.
            first.connect().client().socket().abort();
        }
        descriptorsBefore = openDescriptors();
        wire = new Wire(transport());
    }

    @AfterEach
    final void everyDescriptorIsGivenBack() throws Exception {
        wire.close();
        assertThat(openDescriptors()).as("open descriptors").isEqualTo(descriptorsBefore);
    }
}
