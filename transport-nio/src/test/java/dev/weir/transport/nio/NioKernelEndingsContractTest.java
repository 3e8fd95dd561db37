package dev.weir.transport.nio;

import dev.weir.testkit.KernelEndingsContract;
import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;

/** Endings on the nio transport, and what the kernel makes of them. */
class NioKernelEndingsContractTest extends KernelEndingsContract {
    @Override
    protected TransportSubject subject() {
        return RealSockets.callerDriven(new NioTransport());
    }

    @Override
    protected TransportSubject withThreads() {
        return RealSockets.withThreads(new NioTransport());
    }
}
