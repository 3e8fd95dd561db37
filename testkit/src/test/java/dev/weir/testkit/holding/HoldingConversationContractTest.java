package dev.weir.testkit.holding;

import dev.weir.testkit.ConversationContract;
import dev.weir.testkit.TransportSubject;
import dev.weir.testkit.simulation.SimulatedSubject;

/** Codecs of requests and replies get what they ask for on sockets that hold bytes back and want to read before they send. */
class HoldingConversationContractTest extends ConversationContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn().under(network -> HoldingTransport.readingFirst(network, 1));
    }
}
