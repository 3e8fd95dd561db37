package dev.weir.codec;

import dev.weir.fault.CloseReason;
import java.util.Optional;

/**
 * Both directions for one connection, in one object so that they can share state. Every method is called on the connection's loop.
 *
 * <p>A codec that only frames needs no more than {@link #decode} and {@link #encode}. One that knows requests and replies, or the end
 * of a conversation, says so by the other methods. The engine asks {@link #next}, {@link #isInside} and {@link #owes} once the
 * outermost call has returned in which the codec decoded or encoded, and goes by what they said until it asks again; so the answers
 * may change only by decoding, encoding and {@link #messageHandled}.
 *
 * <p>What any method throws closes the connection as FAILED, with one exception: what {@link #encode} throws at a message that was sent
 * on the loop goes to who sent it, and the connection goes on.
 *
 * @param <I> the class of decoded messages
 * @param <O> the class of messages that it encodes
 */
public interface Codec<I, O> extends Decoder<I>, Encoder<O> {

    /** What a codec wants of the engine. */
    enum Next {
        /** Decode on. */
        READ,
        /**
         * Leave what comes unread, until the codec says otherwise after something was encoded. No deadline for receiving runs
         * meanwhile, and {@link CodecFactory#maxUndecodedBytes()} does not bind.
         */
        WAIT,
        /**
         * The conversation is over: nothing more is decoded, and once what was sent is gone, nothing is held and the codec owes nothing,
         * the connection closes by the server's close policy, as CLOSED.
         */
        CLOSE
    }

    /** What the codec wants of the engine now. */
    default Next next() {
        return Next.READ;
    }

    /**
     * The message that was given last has been handled: what was lent for it may go. After every {@code onMessage}, one that threw
     * included, and after a pong that was kept from the handler; before the next decode.
     */
    default void messageHandled() {}

    /** True between the parts of a message that comes in parts: its first part was given, its last was not. */
    default boolean isInside() {
        return false;
    }

    /**
     * True while a message that was given is not answered yet, where the codec knows of answers. The engine takes it for work in
     * flight, like a hold of the protocol's: a drain and an answer-then-close wait for it, nobody evicts the connection, and if the
     * operator ends it nevertheless a reply is lost.
     */
    default boolean owes() {
        return false;
    }

    /**
     * What it says in its own language to a peer whose connection Weir ends: a policy's doing, or the operator's. Asked when the
     * protocol has no goodbye, or none for this reason. For a connection that was refused it is asked only where {@link
     * CodecFactory#hasGoodbye()}.
     *
     * @return a message, which is the engine's to release; empty when there is nothing to say, as in the middle of a reply
     */
    default Optional<O> goodbye(CloseReason reason) {
        return Optional.empty();
    }

    /**
     * The connection is over, or has switched to another codec: give back what is held. Called once, last, and never while another
     * method of this codec is on the stack.
     */
    default void dispose() {}
}
