package dev.weir.transport.nio;

import dev.weir.testkit.ConversationContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Codecs of requests and replies get what they ask for on the nio transport. */
class NioConversationContractTest extends ConversationContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }
}
