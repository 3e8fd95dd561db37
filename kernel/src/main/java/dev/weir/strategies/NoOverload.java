package dev.weir.strategies;

import dev.weir.lifecycle.OverloadPolicy;
import java.util.List;
import java.util.Set;

/** Takes newcomers however much there is to do. */
public final class NoOverload implements OverloadPolicy {
    @Override
    public Set<Resource> watched() {
        return Set.of();
    }

    @Override
    public Action judge(List<Reading> readings) {
        return Proceed.PROCEED;
    }

    @Override
    public String toString() {
        return "off";
    }
}
