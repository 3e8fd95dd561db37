package dev.weir.transport.epoll;

import dev.weir.testkit.ConversationContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Codecs of requests and replies get what they ask for on the epoll transport, edge-triggered. */
class EpollEdgeConversationContractTest extends ConversationContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }
}
