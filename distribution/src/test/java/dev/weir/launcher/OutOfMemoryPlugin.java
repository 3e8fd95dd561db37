package dev.weir.launcher;

import dev.weir.plugin.Plugin;
import dev.weir.plugin.PluginModule;
import dev.weir.protocol.Handler;
import dev.weir.protocol.Protocol;
import dev.weir.protocol.Session;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** A plugin whose protocol meets the end of memory at its first message: what no connection alone can be closed for. */
public final class OutOfMemoryPlugin implements Plugin {

    /** Made by the service loader. */
    public OutOfMemoryPlugin() {}

    @Override
    public String name() {
        return "out-of-memory";
    }

    @Override
    public PluginModule module() {
        return new PluginModule() {
            @Override
            protected void offers() {
                protocol("out-of-memory", settings -> new Failing());
            }
        };
    }

    /** The protocol. */
    public static final class Failing implements Protocol<ByteBuf, ByteBuf> {
        @Override
        public Class<ByteBuf> inbound() {
            return ByteBuf.class;
        }

        @Override
        public Class<ByteBuf> outbound() {
            return ByteBuf.class;
        }

        @Override
        public Handler<ByteBuf> open(Session<ByteBuf> session) {
            return message -> {
                throw new OutOfMemoryError("as a test");
            };
        }
    }

    /** Makes the jar that a distribution loads: these classes, and what names them. */
    static void jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Weir-Api", "1");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new ZipEntry("META-INF/services/" + Plugin.class.getName()));
            jar.write(OutOfMemoryPlugin.class.getName().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (String type : new String[] {"", "$1", "$Failing"}) {
                String entry = OutOfMemoryPlugin.class.getName().replace('.', '/') + type + ".class";
                jar.putNextEntry(new ZipEntry(entry));
                try (InputStream in = OutOfMemoryPlugin.class.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
            }
        }
    }
}
