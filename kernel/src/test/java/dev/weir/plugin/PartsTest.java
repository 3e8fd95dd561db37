package dev.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.Singleton;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import dev.weir.codec.CodecFactory;
import dev.weir.lifecycle.AcceptPolicy;
import dev.weir.lifecycle.PolicyKind;
import dev.weir.settings.Choice;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Defaults;
import dev.weir.settings.Settings;
import dev.weir.time.Clock;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Wiring what the configuration chose, and making the parts. */
class PartsTest {
    private static final Module PLATFORM = new AbstractModule() {
        @Override
        protected void configure() {
            bind(Clock.class).toInstance(Clock.system());
        }
    };

    private final ConfigFaults faults = new ConfigFaults();

    @Test
    void aPartIsMadeFromItsSettings() {
        PluginCatalog catalog = PluginCatalog.of(plugin("few", module -> module.accept("few", Few::new)));

        AcceptPolicy policy = make(catalog, "{ use = few, most = 3 }").orElseThrow();

        assertThat(policy.acceptMore(3, 0)).isTrue();
        assertThat(policy.acceptMore(4, 0)).isFalse();
    }

    @Test
    void eachPlaceGetsAPartOfItsOwn() {
        PluginCatalog catalog = PluginCatalog.of(plugin("few", module -> module.accept("few", Few::new)));
        List<Choice> choices = List.of(choice("{ use = few, most = 1 }"), choice("{ use = few, most = 2 }"));

        Parts parts = catalog.wire(PLATFORM, choices, faults);

        assertThat(choices.stream().map(choice -> parts.make(choice, AcceptPolicy.class)))
                .containsExactly(Optional.of(new Few(1)), Optional.of(new Few(2)));
    }

    @Test
    void aMakerMayAskForWhatThePlatformAndItsModuleBind() {
        PluginCatalog catalog = PluginCatalog.of(plugin("timed", module -> {
            module.maker("timed", Timed.class);
            module.instance(Note.class, new Note("mine"));
        }));

        assertThat(make(catalog, "timed")).contains(new NotedPolicy("mine", Clock.system()));
    }

    @Test
    void whatAPluginBindsIsPrivateToIt() {
        PluginCatalog catalog = PluginCatalog.of(
                plugin("mine", module -> {
                    module.maker("mine", Timed.class);
                    module.instance(Note.class, new Note("mine"));
                }),
                plugin("yours", module -> {
                    module.maker("yours", Timed.class);
                    module.instance(Note.class, new Note("yours"));
                }));
        List<Choice> choices = List.of(choice("mine"), choice("yours"));

        Parts parts = catalog.wire(PLATFORM, choices, faults);

        assertThat(faults.all()).isEmpty();
        assertThat(choices.stream().map(choice -> parts.make(choice, AcceptPolicy.class)))
                .containsExactly(
                        Optional.of(new NotedPolicy("mine", Clock.system())),
                        Optional.of(new NotedPolicy("yours", Clock.system())));
    }

    @Test
    void partsThatCanBeClosedAreClosedOnceInTheEndTheLastMadeFirst() {
        List<String> closed = new ArrayList<>();
        PluginCatalog catalog = PluginCatalog.of(
                plugin("few", module -> module.accept("few", Few::new)),
                plugin(
                        "closing",
                        module -> module.accept("closing", settings -> {
                            String name = settings.string("name");
                            return new Closing(() -> {
                                closed.add(name);
                                throw new IllegalStateException("no luck");
                            });
                        })));
        List<Choice> choices = List.of(
                choice("{ use = closing, name = first }"),
                choice("{ use = few, most = 3 }"),
                choice("{ use = closing, name = second }"),
                choice("{ use = closing, name = faulty, unknown = 1 }"));
        Parts parts = catalog.wire(PLATFORM, choices, faults);
        choices.forEach(choice -> parts.make(choice, AcceptPolicy.class));

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("faulty", "second", "first");
    }

    @Test
    void onlyThePluginsThatAreChosenAreWired() {
        PluginCatalog catalog = PluginCatalog.of(
                plugin("few", module -> module.accept("few", Few::new)),
                plugin("needy", module -> module.maker("needy", Timed.class)));

        assertThat(make(catalog, "{ use = few, most = 3 }")).isPresent();
        assertThat(said()).isEmpty();
    }

    @Test
    void anUnknownNameListsWhatThereIs() {
        PluginCatalog catalog = PluginCatalog.of(plugin(
                "few", module -> List.of("batch-all", "few", "one").forEach(name -> module.accept(name, Few::new))));

        assertThat(make(catalog, "fwe")).isEmpty();
        assertThat(make(catalog, "something-else")).isEmpty();
        assertThat(said())
                .containsExactly(
                        "test.conf: 1: server.accept: there is no accept \"fwe\". Did you mean few? There is: batch-all,"
                                + " few, one.",
                        "test.conf: 1: server.accept: there is no accept \"something-else\". There is: batch-all, few,"
                                + " one.");
    }

    @Test
    void anUnknownNameWhereThereIsNoneAtAll() {
        make(PluginCatalog.of(), "few");

        assertThat(said())
                .containsExactly(
                        "test.conf: 1: server.accept: there is no accept \"few\". No plugin offers any accept: put"
                                + " one into the plugin folder.");
    }

    @Test
    void anUnknownKeyIsAFault() {
        PluginCatalog catalog = PluginCatalog.of(plugin("few", module -> module.accept("few", Few::new)));

        assertThat(make(catalog, "{ use = few, most = 3, mots = 4 }")).isEmpty();
        assertThat(said()).containsExactly("test.conf: 1: server.accept.mots: unknown key. Did you mean most?");
    }

    @Test
    void badSettingsAreAFault() {
        PluginCatalog catalog = PluginCatalog.of(plugin("few", module -> module.accept("few", Few::new)));

        assertThat(make(catalog, "{ use = few, most = many }")).isEmpty();
        assertThat(said())
                .containsExactly("test.conf: 1: server.accept.most: is \"many\". Write a whole number from 1 to 9.");
    }

    @Test
    void aMakerThatThrowsIsNamedWithItsPlugin() {
        PluginCatalog catalog = PluginCatalog.of(plugin(
                "bad",
                module -> module.accept("bad", settings -> {
                    throw new IllegalStateException("no luck");
                })));

        assertThat(make(catalog, "bad")).isEmpty();
        assertThat(said())
                .singleElement()
                .asString()
                .startsWith("test.conf: 1: server.accept: plugin bad (" + home()
                        + "): making accept bad failed: java.lang.IllegalStateException: no luck (at"
                        + " dev.weir.plugin.PartsTest.");
    }

    @Test
    void aMakerThatLacksAClassIsNamedWithItsPlugin() {
        PluginCatalog catalog = PluginCatalog.of(plugin(
                "bad",
                module -> module.accept("bad", settings -> {
                    throw new NoClassDefFoundError("some/Library");
                })));

        assertThat(make(catalog, "bad")).isEmpty();
        assertThat(said())
                .singleElement()
                .asString()
                .contains("plugin bad (" + home() + "): lacks the class some.Library.");
    }

    @Test
    void whatBadSettingsLeadToIsNotSaidBesideThem() {
        PluginCatalog catalog = PluginCatalog.of(plugin(
                "bad",
                module -> module.accept("bad", settings -> {
                    settings.integer("most", 1, 9);
                    throw new IllegalStateException("most is missing");
                })));

        assertThat(make(catalog, "bad")).isEmpty();
        assertThat(said()).containsExactly("test.conf: 1: server.accept.most: is missing. Give it a value.");
    }

    @Test
    void aPartOfAnotherTypeIsAFault() {
        PluginCatalog catalog = PluginCatalog.of(
                plugin("odd", module -> module.accept("odd", Few::new)),
                plugin("none", module -> module.accept("none", settings -> null)));
        Choice choice = choice("{ use = odd, most = 2 }");
        Choice nothing = choice("none");
        Parts parts = catalog.wire(PLATFORM, List.of(choice, nothing), faults);

        assertThat(parts.make(choice, CodecFactory.class)).isEmpty();
        assertThat(parts.make(nothing, AcceptPolicy.class)).isEmpty();
        assertThat(said())
                .containsExactly(
                        "test.conf: 1: server.accept: plugin odd (" + home() + "): accept odd is a"
                                + " dev.weir.plugin.PartsTest$Few, not a dev.weir.codec.CodecFactory. This is a defect of"
                                + " the plugin: ask its author.",
                        "test.conf: 1: server.accept: plugin none (" + home() + "): accept none is nothing, not a"
                                + " dev.weir.lifecycle.AcceptPolicy. This is a defect of the plugin: ask its author.");
    }

    @Test
    void aMissingBindingIsNamedWithItsPlugin() {
        PluginCatalog catalog = PluginCatalog.of(plugin("needy", module -> module.maker("needy", Timed.class)));

        assertThat(make(catalog, "needy")).isEmpty();
        assertThat(said())
                .containsExactly(
                        home() + ": plugin needy cannot be wired: Explicit bindings are required and dev.weir.plugin."
                                + "PartsTest$Note is not explicitly bound. Bind what it needs in its module.");
    }

    @Test
    void aLinkedTargetThatNothingBindsIsAFault() {
        PluginCatalog catalog = PluginCatalog.of(plugin("linked", module -> {
            module.accept("linked", Few::new);
            module.link(Runnable.class, Quiet.class);
        }));

        assertThat(make(catalog, "{ use = linked, most = 1 }")).isEmpty();
        assertThat(said())
                .containsExactly(home() + ": plugin linked binds java.lang.Runnable to dev.weir.plugin.PartsTest$Quiet,"
                        + " which nothing binds. Add bind(dev.weir.plugin.PartsTest$Quiet.class) to its module.");
    }

    @Test
    void aPluginCannotBindWhatThePlatformBinds() {
        PluginCatalog catalog = PluginCatalog.of(plugin("pushy", module -> {
            module.accept("pushy", Few::new);
            module.instance(Clock.class, () -> 0);
        }));

        assertThat(make(catalog, "{ use = pushy, most = 1 }")).isEmpty();
        assertThat(said()).singleElement().asString().startsWith(home() + ": plugin pushy cannot be wired: ");
    }

    @Test
    void aMakerWhoseConstructorThrowsIsAFault() {
        PluginCatalog catalog = PluginCatalog.of(plugin("sour", module -> module.maker("sour", Sour.class)));

        assertThat(make(catalog, "sour")).isEmpty();
        assertThat(said())
                .singleElement()
                .asString()
                .startsWith(home() + ": wiring plugin sour failed: java.lang.IllegalStateException: sour");
    }

    @Test
    void oneWrongPluginDoesNotKeepTheOthersFromBeingWired() {
        PluginCatalog catalog = PluginCatalog.of(
                plugin("needy", module -> module.maker("needy", Timed.class)),
                plugin("few", module -> module.accept("few", Few::new)));
        List<Choice> choices = List.of(choice("needy"), choice("{ use = few, most = 2 }"));

        Parts parts = catalog.wire(PLATFORM, choices, faults);

        assertThat(said()).hasSize(1);
        assertThat(parts.make(choices.get(1), AcceptPolicy.class)).contains(new Few(2));
    }

    @Test
    void aChoiceThatCouldNotBeReadIsPassedOver() {
        Settings settings = Settings.of(ConfigFactory.parseString("accept = 5"), "server", Defaults.none(), faults);
        Choice unread = settings.choiceOrUnread("accept", "accept");

        assertThat(PluginCatalog.of().wire(PLATFORM, List.of(unread), faults).make(unread, AcceptPolicy.class))
                .isEmpty();
        assertThat(faults.all()).hasSize(1);
    }

    @Test
    void aCatalogForTestsRefusesWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PluginCatalog.of(plugin("Bad", module -> {})))
                .withMessageContaining("has the name \"Bad\"");
    }

    private Optional<AcceptPolicy> make(PluginCatalog catalog, String hocon) {
        Choice choice = choice(hocon);
        return catalog.wire(PLATFORM, List.of(choice), faults).make(choice, AcceptPolicy.class);
    }

    private Choice choice(String hocon) {
        var options = ConfigParseOptions.defaults().setOriginDescription("test.conf");
        return Settings.of(ConfigFactory.parseString("accept = " + hocon, options), "server", Defaults.none(), faults)
                .choice("accept", "accept")
                .orElseThrow();
    }

    private List<String> said() {
        return faults.all().stream().map(ConfigFault::toString).toList();
    }

    private static String home() {
        return PluginSource.originOf(PartsTest.class).orElseThrow().toString();
    }

    private static Plugin plugin(String name, Consumer<Offers> offers) {
        return new Plugin() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public PluginModule module() {
                return new Offers(offers);
            }
        };
    }

    /** A module that a test writes in a line. */
    private static final class Offers extends PluginModule {
        private final Consumer<Offers> offers;

        Offers(Consumer<Offers> offers) {
            this.offers = offers;
        }

        @Override
        protected void offers() {
            offers.accept(this);
        }

        void accept(String name, FromSettings<AcceptPolicy> maker) {
            policy(PolicyKind.ACCEPT, name, maker);
        }

        void maker(String name, Class<? extends FromSettings<AcceptPolicy>> maker) {
            policy(PolicyKind.ACCEPT, name, maker);
        }

        <T> void instance(Class<T> type, T instance) {
            bind(type).toInstance(instance);
        }

        <T> void link(Class<T> type, Class<? extends T> target) {
            bind(type).to(target).in(Singleton.class);
        }
    }

    record Few(int most) implements AcceptPolicy {
        Few(Settings settings) {
            this(settings.integer("most", 1, 9));
        }

        @Override
        public boolean acceptMore(int accepted, long elapsedNanos) {
            return accepted <= most;
        }
    }

    record Closing(Runnable onClose) implements AcceptPolicy, AutoCloseable {
        @Override
        public boolean acceptMore(int accepted, long elapsedNanos) {
            return false;
        }

        @Override
        public void close() {
            onClose.run();
        }
    }

    record Note(String text) {}

    record NotedPolicy(String note, Clock clock) implements AcceptPolicy {
        @Override
        public boolean acceptMore(int accepted, long elapsedNanos) {
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof NotedPolicy policy && policy.note.equals(note);
        }

        @Override
        public int hashCode() {
            return note.hashCode();
        }
    }

    static final class Timed implements FromSettings<AcceptPolicy> {
        private final Note note;
        private final Clock clock;

        @Inject
        Timed(Note note, Clock clock) {
            this.note = note;
            this.clock = clock;
        }

        @Override
        public AcceptPolicy from(Settings settings) {
            return new NotedPolicy(note.text(), clock);
        }
    }

    static final class Sour implements FromSettings<AcceptPolicy> {
        @Inject
        Sour() {
            throw new IllegalStateException("sour");
        }

        @Override
        public AcceptPolicy from(Settings settings) {
            return new Few(1);
        }
    }

    static final class Quiet implements Runnable {
        @Inject
        Quiet() {}

        @Override
        public void run() {}
    }
}
