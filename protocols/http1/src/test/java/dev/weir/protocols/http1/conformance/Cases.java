package dev.weir.protocols.http1.conformance;

import java.util.List;
import java.util.stream.Stream;

/** All cases, and the codec that they are for. */
final class Cases {
    /** The codec, as the configuration writes it. */
    static final String CODEC =
            "{ use = http1, max-request-line = " + LimitCases.LINE + "B, max-head = " + LimitCases.HEAD
                    + "B, max-fields = " + LimitCases.FIELDS + ", max-pipelined = " + LimitCases.PIPELINED + " }";

    private Cases() {}

    static List<Case> all() {
        return Stream.of(
                        RequestLineCases.all(),
                        TargetCases.all(),
                        VersionCases.all(),
                        FieldCases.all(),
                        HostCases.all(),
                        LengthCases.all(),
                        ChunkCases.all(),
                        PersistenceCases.all(),
                        ExpectCases.all(),
                        BodilessCases.all(),
                        MethodCases.all(),
                        LimitCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
