package dev.weir.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenTableTest {
    private final TokenTable table = new TokenTable();

    @Test
    void aTokenOfThePastFindsNobodyThoughItsSlotIsUsedAgain() {
        long past = table.add(readiness -> {});
        table.remove(past);
        LoopHandler present = readiness -> {};
        long token = table.add(present);
        assertThat(table.find(past)).isNull();
        assertThat(table.find(token)).isSameAs(present);
    }

    @Test
    void growsAndGivesEachItsOwnToken() {
        List<Long> tokens = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            tokens.add(table.add(readiness -> {}));
        }
        assertThat(tokens).doesNotHaveDuplicates();
        tokens.forEach(table::remove);
        assertThat(table.size()).isZero();
    }

    @Test
    void aTokenCannotBeTakenBackTwice() {
        long token = table.add(readiness -> {});
        table.remove(token);
        assertThatThrownBy(() -> table.remove(token)).isInstanceOf(IllegalStateException.class);
    }
}
