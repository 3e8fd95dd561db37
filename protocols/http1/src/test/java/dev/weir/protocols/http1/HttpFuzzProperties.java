package dev.weir.protocols.http1;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Whatever a client sends. */
class HttpFuzzProperties {
    private static final int MUTATIONS = 500;

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void whateverComesIsAnsweredWellAndAlikeHoweverItIsCut(@ForAll long seed) {
        new FuzzRun(seed).tries(MUTATIONS);
    }
}
