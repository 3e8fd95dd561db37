package dev.weir.server;

import dev.weir.plugin.Parts;
import dev.weir.plugin.PluginCatalog;
import dev.weir.plugin.PluginModule;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFaults;
import dev.weir.transport.Availability;
import dev.weir.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The transport, and why it was taken.
 *
 * @param transport available on this machine
 * @param why for the start-up report
 */
record TransportChoice(Transport transport, String why) {
    /** Best first. A transport that is not in the list comes after those that are. */
    private static final List<String> PREFERRED = List.of("epoll", "nio");

    /** The names that {@code auto} tries, best first. */
    static List<String> candidates(PluginCatalog catalog) {
        List<String> names = new ArrayList<>(catalog.names(PluginModule.TRANSPORT));
        names.sort((a, b) -> Integer.compare(rank(a), rank(b)));
        return names;
    }

    /** The transport that the configuration names; a fault when it does not work here. */
    static Optional<TransportChoice> named(Choice choice, Parts parts, ConfigFaults faults) {
        return parts.make(choice, Transport.class).flatMap(transport -> switch (transport.availability()) {
            case Availability.Available available -> Optional.of(new TransportChoice(transport, "as configured"));
            case Availability.Unavailable(var cause, var cure) -> {
                faults.add(choice.origin(), choice.path(), choice.name() + " does not work here: " + cause + ".", cure);
                yield Optional.empty();
            }
        });
    }

    /** The best transport that works here. */
    static Optional<TransportChoice> auto(Choice choice, List<Choice> candidates, Parts parts, ConfigFaults faults) {
        StringBuilder passedOver = new StringBuilder();
        for (Choice candidate : candidates) {
            Optional<Transport> made = parts.make(candidate, Transport.class);
            if (made.isEmpty()) {
                continue;
            }
            switch (made.get().availability()) {
                case Availability.Available(var why) -> {
                    return Optional.of(new TransportChoice(made.get(), "auto: " + why + passedOver));
                }
                case Availability.Unavailable(var cause, var cure) ->
                    passedOver
                            .append("; not ")
                            .append(candidate.name())
                            .append(", which ")
                            .append(cause);
            }
        }
        faults.add(
                choice.origin(),
                choice.path(),
                "there is no transport that works here" + passedOver + ".",
                "Put the jar of a transport, such as weir-transport-nio, on the class path.");
        return Optional.empty();
    }

    private static int rank(String name) {
        int place = PREFERRED.indexOf(name);
        return place < 0 ? PREFERRED.size() : place;
    }
}
