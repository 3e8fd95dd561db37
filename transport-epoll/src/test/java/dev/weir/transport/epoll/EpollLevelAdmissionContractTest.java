package dev.weir.transport.epoll;

import dev.weir.testkit.AdmissionContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Servers on the epoll transport, level-triggered, admit as all do. */
class EpollLevelAdmissionContractTest extends AdmissionContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.LEVEL));
    }
}
