package dev.weir.plugin;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import dev.weir.settings.ConfigFault;
import dev.weir.settings.ConfigFaults;
import dev.weir.settings.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The {@code reference.conf} of the kernel and of each plugin's jar, checked and laid together. A plugin's may define
 * {@code weir.defaults.<kind>.<name>} for what it offers and nothing else, so that no jar can change another's defaults.
 */
final class References {
    private static final String ROOT = "weir";
    private static final String DEFAULTS = "defaults";

    private final ConfigFaults faults;
    private final Map<String, PluginSource> owners = new TreeMap<>();
    private Config all = ConfigFactory.empty();

    References(ConfigFaults faults) {
        this.faults = faults;
    }

    /** All that was added. */
    Config all() {
        return all;
    }

    /** Adds the kernel's, which may define what it likes. */
    void addKernel(PluginSource kernel) {
        Config own = parse(kernel);
        claim(kernel, own);
        all = own.withFallback(all);
    }

    /** Adds a plugin's. {@code offers} are those of all plugins in this source. */
    void add(PluginSource source, Collection<PluginCatalog.OfferEntry> offers) {
        Config own = parse(source);
        if (onlyDefaults(source, own) && offered(source, own, offers) && claim(source, own)) {
            all = all.withFallback(own);
        }
    }

    private Config parse(PluginSource source) {
        ConfigParseOptions options = ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription("reference.conf of " + (source.isKernel() ? "Weir" : source.label()));
        try {
            return ConfigFactory.parseString(source.reference().orElse(""), options)
                    .resolve(ConfigResolveOptions.noSystem());
        } catch (ConfigException e) {
            faults.add(new ConfigFault(
                    source.label(), "", "has a reference.conf that cannot be read: " + e.getMessage(), "Correct it."));
            return ConfigFactory.empty();
        }
    }

    private boolean onlyDefaults(PluginSource source, Config own) {
        boolean good = true;
        for (Map.Entry<String, ConfigValue> root : own.root().entrySet()) {
            if (!root.getKey().equals(ROOT) || !(root.getValue() instanceof ConfigObject weir)) {
                good = outside(source, ConfigUtil.joinPath(root.getKey()), root.getValue());
                continue;
            }
            for (Map.Entry<String, ConfigValue> key : weir.entrySet()) {
                if (!key.getKey().equals(DEFAULTS) || !(key.getValue() instanceof ConfigObject)) {
                    good = outside(source, ConfigUtil.joinPath(ROOT, key.getKey()), key.getValue());
                }
            }
        }
        return good;
    }

    private boolean outside(PluginSource source, String path, ConfigValue value) {
        faults.add(
                value.origin(),
                path,
                "the reference.conf of a plugin may define weir.defaults.<kind>.<name> and nothing else.",
                "Take it out of " + source.label() + ".");
        return false;
    }

    private boolean offered(PluginSource source, Config own, Collection<PluginCatalog.OfferEntry> offers) {
        boolean good = true;
        for (Map.Entry<PluginCatalog.OfferEntry, ConfigValue> block :
                blocks(own).entrySet()) {
            PluginCatalog.OfferEntry offer = block.getKey();
            if (!(block.getValue() instanceof ConfigObject)) {
                faults.add(block.getValue().origin(), path(offer), "is no block { … }.", "Write a block.");
                good = false;
            } else if (!offers.contains(offer)) {
                faults.add(
                        block.getValue().origin(),
                        path(offer),
                        "no plugin in " + source.label() + " offers " + offer + ".",
                        near(offer, offers).orElse("A jar may set the defaults of its own offers alone."));
                good = false;
            }
        }
        return good;
    }

    private static Optional<String> near(PluginCatalog.OfferEntry asked, Collection<PluginCatalog.OfferEntry> offers) {
        List<String> names = offers.stream()
                .filter(offer -> offer.kind().equals(asked.kind()))
                .map(PluginCatalog.OfferEntry::name)
                .toList();
        return Nearest.of(asked.name(), names).map(name -> "Did you mean " + name + "?");
    }

    private boolean claim(PluginSource source, Config own) {
        boolean good = true;
        for (Map.Entry<PluginCatalog.OfferEntry, ConfigValue> block :
                blocks(own).entrySet()) {
            PluginSource other = owners.putIfAbsent(path(block.getKey()), source);
            if (other != null) {
                faults.add(
                        block.getValue().origin(),
                        path(block.getKey()),
                        "is defined by " + other.label() + " and by " + source.label() + ".",
                        "Take one of them away.");
                good = false;
            }
        }
        return good;
    }

    /** The blocks at {@code weir.defaults.<kind>.<name>}. */
    private static Map<PluginCatalog.OfferEntry, ConfigValue> blocks(Config own) {
        Map<PluginCatalog.OfferEntry, ConfigValue> blocks = new TreeMap<>();
        String defaults = ROOT + "." + DEFAULTS;
        if (own.hasPath(defaults)) {
            own.getObject(defaults).forEach((kind, named) -> {
                if (named instanceof ConfigObject names) {
                    names.forEach((name, block) -> blocks.put(new PluginCatalog.OfferEntry(kind, name), block));
                } else {
                    blocks.put(new PluginCatalog.OfferEntry(kind, ""), named);
                }
            });
        }
        return blocks;
    }

    private static String path(PluginCatalog.OfferEntry offer) {
        return offer.name().isEmpty()
                ? ConfigUtil.joinPath(ROOT, DEFAULTS, offer.kind())
                : ConfigUtil.joinPath(ROOT, DEFAULTS, offer.kind(), offer.name());
    }
}
