package dev.weir.protocols.http1;

import dev.weir.testkit.RealSockets;
import dev.weir.testkit.TransportSubject;
import dev.weir.transport.epoll.EpollTransport;
import dev.weir.transport.epoll.Trigger;

class EpollLevelHttpDeadlinesTest extends HttpDeadlinesContract {
    @Override
    TransportSubject subject() {
        return RealSockets.callerDriven(new EpollTransport(Trigger.LEVEL));
    }
}
