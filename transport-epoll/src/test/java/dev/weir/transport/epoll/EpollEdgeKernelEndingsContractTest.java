package dev.weir.transport.epoll;

import dev.weir.testkit.KernelEndingsContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Endings on the epoll transport, and what the kernel makes of them. */
class EpollEdgeKernelEndingsContractTest extends KernelEndingsContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.EDGE));
    }

    @Override
    protected TransportSubject withThreads() {
        return RealSockets.withThreads(new EpollTransport(Trigger.EDGE));
    }
}
