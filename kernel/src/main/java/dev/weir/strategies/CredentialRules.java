package dev.weir.strategies;

import dev.weir.settings.Settings;
import dev.weir.transport.PeerCredentials;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Whose processes may come in over a Unix domain socket: those of a user that is named, or of a group. With nobody named, everybody.
 *
 * @param users numbers of users
 * @param groups numbers of groups; what counts is the process's effective group alone (SO_PEERCRED, unix(7))
 */
record CredentialRules(Set<Integer> users, Set<Integer> groups) {
    CredentialRules {
        users = Set.copyOf(users);
        groups = Set.copyOf(groups);
    }

    /** Reads {@code allow-users} and {@code allow-groups}. */
    static CredentialRules read(Settings settings, Accounts accounts) {
        return new CredentialRules(
                numbers(settings, "allow-users", accounts::user), numbers(settings, "allow-groups", accounts::group));
    }

    private static Set<Integer> numbers(Settings settings, String key, Function<String, OptionalInt> number) {
        Set<Integer> numbers = new HashSet<>();
        List<String> names = settings.strings(key);
        for (int i = 0; i < names.size(); i++) {
            OptionalInt found = number.apply(names.get(i).strip());
            if (found.isPresent()) {
                numbers.add(found.getAsInt());
            } else {
                settings.fault(
                        key,
                        i,
                        "\"" + names.get(i) + "\" is not known on this machine.",
                        "Correct the name, or write its number: names are looked up in /etc/passwd and /etc/group alone.");
            }
        }
        return numbers;
    }

    /** True when everybody may come in. */
    boolean isEmpty() {
        return users.isEmpty() && groups.isEmpty();
    }

    /** Whether a process with these credentials may come in. Where there are rules, one of which nothing is known may not. */
    boolean admit(Optional<PeerCredentials> credentials) {
        return isEmpty()
                || credentials
                        .filter(who -> users.contains(who.uid()) || groups.contains(who.gid()))
                        .isPresent();
    }
}
