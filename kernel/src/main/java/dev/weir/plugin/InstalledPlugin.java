package dev.weir.plugin;

import com.google.inject.Binding;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A plugin whose name is good and whose module has been read.
 *
 * @param elements what its module binds, read once and before any injector exists
 * @param offers what the configuration can choose of it
 */
record InstalledPlugin(
        String name, PluginSource source, List<Element> elements, List<PluginCatalog.OfferEntry> offers) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");
    /** A transport's name that the server reads as "the best one here". */
    private static final String AUTO = "auto";

    /** How others see it. */
    PluginCatalog.PluginEntry entry() {
        return new PluginCatalog.PluginEntry(name, source.version(), source.label(), offers);
    }

    /** The plugin's name, where it has a good one. */
    static Optional<String> nameOf(Plugin plugin, PluginSource source, ConfigFaults faults) {
        String name;
        try {
            name = plugin.name();
        } catch (RuntimeException | LinkageError e) {
            fault(source, LoadFailure.of("asking " + plugin.getClass().getName() + " for its name", e), faults);
            return Optional.empty();
        }
        if (name == null || !NAME.matcher(name).matches()) {
            String shown = name == null ? "null" : "\"" + name + "\"";
            fault(
                    source,
                    new LoadFailure(
                            plugin.getClass().getName() + " has the name " + shown + ".",
                            "A name is made of lower-case letters, digits and dashes, and begins with a letter."),
                    faults);
            return Optional.empty();
        }
        return Optional.of(name);
    }

    /** Reads the plugin's module. */
    static Optional<InstalledPlugin> read(String name, Plugin plugin, PluginSource source, ConfigFaults faults) {
        List<Element> elements;
        try {
            PluginModule module = plugin.module();
            if (module == null) {
                fault(source, new LoadFailure("plugin " + name + " has no module.", "Return one."), faults);
                return Optional.empty();
            }
            elements = Elements.getElements(module);
        } catch (RuntimeException | LinkageError e) {
            fault(source, LoadFailure.of("reading the module of plugin " + name, e), faults);
            return Optional.empty();
        }
        boolean good = true;
        for (Element element : elements) {
            if (element instanceof Message message) {
                fault(source, explained(name, message), faults);
                good = false;
            }
        }
        List<PluginCatalog.OfferEntry> offers = elements.stream()
                .filter(Binding.class::isInstance)
                .map(element -> ((Binding<?>) element).getKey().getAnnotation())
                .filter(Offer.class::isInstance)
                .map(Offer.class::cast)
                .map(offer -> new PluginCatalog.OfferEntry(offer.kind(), offer.name()))
                .toList();
        good &= checked(name, offers, source, faults);
        return good ? Optional.of(new InstalledPlugin(name, source, elements, offers)) : Optional.empty();
    }

    private static boolean checked(
            String plugin, List<PluginCatalog.OfferEntry> offers, PluginSource source, ConfigFaults faults) {
        boolean good = true;
        TreeSet<String> seen = new TreeSet<>();
        for (PluginCatalog.OfferEntry offer : offers) {
            if (!NAME.matcher(offer.name()).matches()) {
                fault(
                        source,
                        new LoadFailure(
                                "plugin " + plugin + " offers " + offer.kind() + " \"" + offer.name() + "\".",
                                "A name is made of lower-case letters, digits and dashes, and begins with a letter."),
                        faults);
                good = false;
            } else if (offer.kind().equals(PluginModule.TRANSPORT)
                    && offer.name().equals(AUTO)) {
                fault(
                        source,
                        new LoadFailure(
                                "plugin " + plugin + " offers a transport under the name auto.",
                                "The word means \"the best one here\": give it another name."),
                        faults);
                good = false;
            } else if (!seen.add(offer.kind() + " " + offer.name())) {
                fault(
                        source,
                        new LoadFailure("plugin " + plugin + " offers " + offer + " twice.", "Take one of them out."),
                        faults);
                good = false;
            }
        }
        return good;
    }

    private static LoadFailure explained(String name, Message message) {
        return message.getCause() == null
                ? new LoadFailure(
                        "the module of plugin " + name + " is wrong: "
                                + GuiceMessages.firstSentence(message.getMessage()),
                        "Correct the module.")
                : LoadFailure.of("reading the module of plugin " + name, message.getCause());
    }

    private static void fault(PluginSource source, LoadFailure failure, ConfigFaults faults) {
        faults.add(new ConfigFault(source.label(), "", failure.problem(), failure.cure()));
    }
}
