package dev.weir.wiring;

import dev.weir.lifecycle.PolicyKind;
import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;
import dev.weir.strategies.AcceptBatch;
import dev.weir.strategies.AcceptDrain;
import dev.weir.strategies.AcceptOne;
import dev.weir.strategies.AdmissionLimits;
import dev.weir.strategies.AllowDuplicates;
import dev.weir.strategies.CloseListening;
import dev.weir.strategies.CloseSlowReader;
import dev.weir.strategies.CoalesceMessages;
import dev.weir.strategies.DropOldestMessages;
import dev.weir.strategies.EvictIdle;
import dev.weir.strategies.ExitProcess;
import dev.weir.strategies.ForceClose;
import dev.weir.strategies.GracefulClose;
import dev.weir.strategies.IdleTimeout;
import dev.weir.strategies.KernelChoice;
import dev.weir.strategies.LeastConnections;
import dev.weir.strategies.NoOverload;
import dev.weir.strategies.OverloadThresholds;
import dev.weir.strategies.PauseAccepting;
import dev.weir.strategies.PauseSlowReader;
import dev.weir.strategies.PeerHash;
import dev.weir.strategies.PhaseDeadlines;
import dev.weir.strategies.PingHeartbeat;
import dev.weir.strategies.RejectNewcomer;
import dev.weir.strategies.ReplaceOlder;
import dev.weir.strategies.ResetClose;
import dev.weir.strategies.RoundRobin;
import dev.weir.strategies.ShedClients;
import dev.weir.strategies.TcpHeartbeat;

/** Offers the policies that come with Weir. */
public final class KernelPlugin implements Plugin {
    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                policy(PolicyKind.ACCEPT, "one", settings -> new AcceptOne());
                policy(PolicyKind.ACCEPT, "batch", AcceptBatch::from);
                policy(PolicyKind.ACCEPT, "drain", AcceptDrain::from);
                policy(PolicyKind.LOOP_CHOICE, "round-robin", settings -> new RoundRobin.Supplier());
                policy(PolicyKind.LOOP_CHOICE, "least-connections", settings -> new LeastConnections.Supplier());
                policy(PolicyKind.LOOP_CHOICE, "peer-hash", settings -> new PeerHash.Supplier());
                policy(PolicyKind.LOOP_CHOICE, "kernel", settings -> new KernelChoice.Supplier());
                policy(PolicyKind.DESCRIPTORS, "shed", ShedClients::from);
                policy(PolicyKind.DESCRIPTORS, "pause", PauseAccepting::from);
                policy(PolicyKind.DESCRIPTORS, "close-listener", CloseListening::from);
                policy(PolicyKind.DESCRIPTORS, "evict-idle", EvictIdle::from);
                policy(PolicyKind.DESCRIPTORS, "exit", settings -> new ExitProcess());
                policy(PolicyKind.ADMISSION, "limits", AdmissionLimits::from);
                policy(PolicyKind.OVERLOAD, "thresholds", OverloadThresholds::from);
                policy(PolicyKind.OVERLOAD, "off", settings -> new NoOverload());
                policy(PolicyKind.HEARTBEAT, "idle", IdleTimeout::from);
                policy(PolicyKind.HEARTBEAT, "tcp", TcpHeartbeat::from);
                policy(PolicyKind.HEARTBEAT, "ping", PingHeartbeat::from);
                policy(PolicyKind.DEADLINES, "phases", PhaseDeadlines::from);
                policy(PolicyKind.CLOSE, "graceful", GracefulClose::from);
                policy(PolicyKind.CLOSE, "force", ForceClose::from);
                policy(PolicyKind.CLOSE, "reset", ResetClose::from);
                policy(PolicyKind.ON_DUPLICATE, "allow", settings -> new AllowDuplicates());
                policy(PolicyKind.ON_DUPLICATE, "replace", settings -> new ReplaceOlder());
                policy(PolicyKind.ON_DUPLICATE, "reject", settings -> new RejectNewcomer());
                policy(PolicyKind.SLOW_READER, "pause", settings -> new PauseSlowReader());
                policy(PolicyKind.SLOW_READER, "close", CloseSlowReader::from);
                policy(PolicyKind.SLOW_READER, "drop-oldest", DropOldestMessages::from);
                policy(PolicyKind.SLOW_READER, "coalesce", CoalesceMessages::from);
            }
        };
    }
}
