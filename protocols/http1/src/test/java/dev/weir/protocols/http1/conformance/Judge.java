package dev.weir.protocols.http1.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.protocols.http1.conformance.Case.End;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says whether what came back is what a case wants. */
final class Judge {
    private static final Answer PROBED = Answer.ok("GET /probe host=p");

    private Judge() {}

    /** Reads the answers, and none more. */
    static void answers(Case each, StrictReader reader) throws IOException {
        List<Answer> wanted = new ArrayList<>(each.answers());
        if (each.end() == End.OPEN) {
            wanted.add(PROBED);
        }
        Optional<Received> unread = Optional.empty();
        for (Answer answer : wanted) {
            Optional<Received> next = unread.isPresent() ? unread : reader.next(answer.isBare());
            unread = Optional.empty();
            if (answer.isOptional()
                    && next.map(Received::status)
                            .filter(status -> status == answer.status())
                            .isEmpty()) {
                unread = next;
                continue;
            }
            compare(answer, next.orElseThrow(() -> new AssertionError("the connection ended before " + answer)));
        }
        assertThat(unread).as("what was read after the last answer").isEmpty();
    }

    /** Reads what comes behind the answers, to the end. */
    static void end(Case each, StrictReader reader) throws IOException {
        if (each.end() == End.SWITCHED) {
            assertThat(reader.rest()).isEqualTo(Case.PROBE);
        } else {
            assertThat(reader.next(false))
                    .as("what comes after the last answer")
                    .isEmpty();
        }
    }

    private static void compare(Answer wanted, Received got) {
        assertThat(got.status()).as("status of %s", got).isEqualTo(wanted.status());
        wanted.body().ifPresent(body -> assertThat(got.body()).isEqualTo(body));
        assertThat(got.lines()).containsAll(wanted.has());
        for (String name : wanted.lacks()) {
            assertThat(got.values(name)).as("%s of %s", name, got).isEmpty();
        }
        boolean isRefusal = wanted.status() >= 400 && wanted.body().isEmpty();
        if (isRefusal) {
            assertThat(got.body())
                    .as("what a refusal tells")
                    .startsWith(wanted.status() + " ")
                    .contains("RFC");
        }
    }
}
