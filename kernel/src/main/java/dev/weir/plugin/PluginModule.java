package dev.weir.plugin;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.binder.LinkedBindingBuilder;
import dev.weir.codec.CodecFactory;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.protocol.AnyProtocol;
import dev.weir.transport.Transport;
import java.lang.annotation.Annotation;

/**
 * A manifest of what a plugin offers. Override {@link #offers()} and call {@code codec}, {@code protocol}, {@code transport} and
 * {@code policy}; what the parts need beside their settings may be bound with {@code bind(…)} and is private to the plugin.
 *
 * <p>Each offer takes either an object that makes the part from its settings, or the class of one, which Guice then creates with
 * what its constructor asks for.
 */
public abstract class PluginModule extends AbstractModule {
    /** The kind under which codecs are offered. */
    public static final String CODEC = "codec";
    /** The kind under which protocols are offered. */
    public static final String PROTOCOL = "protocol";
    /** The kind under which transports are offered. */
    public static final String TRANSPORT = "transport";

    @Override
    protected final void configure() {
        offers();
    }

    /** States the offers. */
    protected abstract void offers();

    /** Offers a codec. */
    protected final void codec(String name, FromSettings<? extends CodecFactory<?, ?>> codec) {
        offer(CODEC, name).toInstance(codec);
    }

    /** Offers a codec whose maker Guice creates. */
    protected final void codec(String name, Class<? extends FromSettings<? extends CodecFactory<?, ?>>> codec) {
        offer(CODEC, name, codec);
    }

    /** Offers a protocol of either style. */
    protected final void protocol(String name, FromSettings<? extends AnyProtocol<?, ?>> protocol) {
        offer(PROTOCOL, name).toInstance(protocol);
    }

    /** Offers a protocol whose maker Guice creates. */
    protected final void protocol(String name, Class<? extends FromSettings<? extends AnyProtocol<?, ?>>> protocol) {
        offer(PROTOCOL, name, protocol);
    }

    /** Offers a transport. */
    protected final void transport(String name, FromSettings<? extends Transport> transport) {
        offer(TRANSPORT, name).toInstance(transport);
    }

    /** Offers a policy of one kind. */
    protected final <P> void policy(PolicyKind<P> kind, String name, FromSettings<? extends P> policy) {
        offer(kind.name(), name).toInstance(policy);
    }

    /** Offers a policy whose maker Guice creates. */
    protected final <P> void policy(
            PolicyKind<P> kind, String name, Class<? extends FromSettings<? extends P>> policy) {
        offer(kind.name(), name, policy);
    }

    private <T extends FromSettings<?>> void offer(String kind, String name, Class<T> maker) {
        bind(maker);
        offer(kind, name).to(maker);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Guice keys by the raw class; the kind says what it makes.
    private LinkedBindingBuilder<FromSettings> offer(String kind, String name) {
        return bind((Key) key(kind, name));
    }

    /** The key under which an offer is bound. */
    static Key<FromSettings<?>> key(String kind, String name) {
        return Key.get(new com.google.inject.TypeLiteral<FromSettings<?>>() {}, new OfferOf(kind, name));
    }

    /** An {@link Offer} made at run time; equals and hashCode are those that {@link Annotation} asks for. */
    private record OfferOf(String kind, String name) implements Offer {
        @Override
        public Class<? extends Annotation> annotationType() {
            return Offer.class;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Offer offer
                    && offer.kind().equals(kind)
                    && offer.name().equals(name);
        }

        @Override
        public int hashCode() {
            return ((127 * "kind".hashCode()) ^ kind.hashCode()) + ((127 * "name".hashCode()) ^ name.hashCode());
        }
    }
}
