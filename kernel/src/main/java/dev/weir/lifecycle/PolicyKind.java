package dev.weir.lifecycle;

/**
 * The places at which a policy can be plugged, each with the name that offers and defaults go by.
 *
 * @param <P> what is made from the settings
 */
public final class PolicyKind<P> {
    /** How many connections are accepted at a time. */
    public static final PolicyKind<AcceptPolicy> ACCEPT = new PolicyKind<>("accept", AcceptPolicy.class);
    /** Which loop gets a connection. */
    public static final PolicyKind<LoopChoice.Supplier> LOOP_CHOICE =
            new PolicyKind<>("loop-choice", LoopChoice.Supplier.class);
    /** What to do when descriptors run out. */
    public static final PolicyKind<DescriptorPolicy> DESCRIPTORS =
            new PolicyKind<>("on-exhausted", DescriptorPolicy.class);
    /** When the process has too much to do for newcomers. */
    public static final PolicyKind<OverloadPolicy> OVERLOAD = new PolicyKind<>("overload", OverloadPolicy.class);
    /** Who may come in. */
    public static final PolicyKind<AdmissionPolicy> ADMISSION = new PolicyKind<>("admission", AdmissionPolicy.class);
    /** When a silent connection is dead. */
    public static final PolicyKind<HeartbeatPolicy> HEARTBEAT = new PolicyKind<>("heartbeat", HeartbeatPolicy.class);
    /** How long a phase may take. */
    public static final PolicyKind<DeadlinePolicy> DEADLINES = new PolicyKind<>("deadlines", DeadlinePolicy.class);
    /** How a connection ends. */
    public static final PolicyKind<ClosePolicy> CLOSE = new PolicyKind<>("close", ClosePolicy.class);
    /** What becomes of two connections of one client. */
    public static final PolicyKind<DuplicatePolicy> ON_DUPLICATE =
            new PolicyKind<>("on-duplicate", DuplicatePolicy.class);
    /** What a peer that does not read costs it. */
    public static final PolicyKind<BackpressurePolicy> SLOW_READER =
            new PolicyKind<>("slow-reader", BackpressurePolicy.class);

    private final String name;
    private final Class<P> type;

    private PolicyKind(String name, Class<P> type) {
        this.name = name;
        this.type = type;
    }

    /** The name in the configuration and under {@code weir.defaults}. */
    public String name() {
        return name;
    }

    /** What is made from the settings. */
    public Class<P> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
