package dev.weir.testkit.simulation;

import dev.weir.testkit.ConversationContract;
import dev.weir.testkit.TransportSubject;

/** Codecs of requests and replies get what they ask for on a network on which everything may happen. */
class SimulatedConversationContractTest extends ConversationContract {
    @Override
    protected TransportSubject subject() {
        return SimulatedSubject.drawn();
    }
}
