package dev.weir.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Connections counted by address. */
class AddressCountsProperties {
    @Property
    void noAddressHasMoreThanItMayAndNothingIsLeftWhenAllHaveEnded(
            @ForAll @IntRange(min = 1, max = 4) int most,
            @ForAll @Size(max = 100) List<@IntRange(min = -3, max = 5) Integer> steps)
            throws Exception {
        AddressCounts counts = new AddressCounts(most, 64);
        Map<AddressRange, Integer> model = new HashMap<>();
        Queue<AddressRange> open = new ArrayDeque<>();
        for (int step : steps) {
            if (step < 0 && !open.isEmpty()) {
                AddressRange ended = open.remove();
                counts.leave(ended);
                model.merge(ended, -1, Integer::sum);
            } else if (step >= 0) {
                AddressRange key = counts.key(InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) step}));
                boolean room = model.getOrDefault(key, 0) < most;
                assertThat(counts.enter(key)).isEqualTo(room);
                if (room) {
                    model.merge(key, 1, Integer::sum);
                    open.add(key);
                }
            }
        }
        open.forEach(counts::leave);
        assertThat(counts.size()).isZero();
    }

    @Property
    void anIpv6AddressIsCountedByItsPrefixAndAnIpv4AddressByItself(
            @ForAll @IntRange(min = 1, max = 128) int prefix, @ForAll @IntRange(max = 127) int flip) throws Exception {
        AddressCounts counts = new AddressCounts(1, prefix);
        byte[] six = InetAddress.ofLiteral("2001:db8::1").getAddress();
        AddressRange first = counts.key(InetAddress.getByAddress(six));
        six[flip / Byte.SIZE] ^= (byte) (0x80 >> (flip % Byte.SIZE));
        assertThat(counts.key(InetAddress.getByAddress(six)).equals(first)).isEqualTo(flip >= prefix);

        assertThat(counts.key(InetAddress.ofLiteral("10.0.0.1")))
                .isNotEqualTo(counts.key(InetAddress.ofLiteral("10.0.0.2")));
    }

    @Example
    void severalLoopsCountTogether() throws Exception {
        AddressCounts counts = new AddressCounts(5, 64);
        AddressRange key = counts.key(InetAddress.ofLiteral("10.0.0.1"));
        AtomicInteger open = new AtomicInteger();
        AtomicInteger mostOpen = new AtomicInteger();
        Callable<Void> comesAndGoes = () -> {
            for (int i = 0; i < 20_000; i++) {
                if (counts.enter(key)) {
                    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
                    open.decrementAndGet();
                    counts.leave(key);
                }
            }
            return null;
        };
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(comesAndGoes));
            }
            for (Future<Void> each : all) {
                each.get();
            }
        }
        assertThat(mostOpen.get()).isLessThanOrEqualTo(5);
        assertThat(counts.size()).isZero();
    }
}
