package dev.weir.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of documentation whose code and commands are held against the truth. */
final class Document {
    private static final Pattern BLOCK =
            Pattern.compile("(?:^`([\\w./-]+)`[^`\\n]*\\n)?^```(\\w+)\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    /**
     * A block of code.
     *
     * @param file the file named on the line before it; empty when there is none
     * @param language what it is marked as
     * @param text what stands in it
     */
    record Block(String file, String language, String text) {}

    /**
     * A command as a reader would type it.
     *
     * @param line what follows the prompt
     * @param output what the page says it prints
     */
    record Command(String line, String output) {}

    private final List<Block> blocks = new ArrayList<>();

    private Document(String text) {
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(new Block(found.group(1) == null ? "" : found.group(1), found.group(2), found.group(3)));
        }
    }

    static Document read(Path page) throws IOException {
        return new Document(Files.readString(page));
    }

    /** The blocks of a language. */
    List<Block> blocks(String language) {
        return blocks.stream().filter(block -> block.language.equals(language)).toList();
    }

    /** The blocks that are said to be the content of a file. */
    List<Block> files() {
        return blocks.stream().filter(block -> !block.file.isEmpty()).toList();
    }

    /** The commands of its console blocks, in order. */
    List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        for (Block block : blocks("console")) {
            for (String one : block.text.split("(?m)^\\$ ", -1)) {
                int end = one.indexOf('\n');
                if (end > 0) {
                    commands.add(new Command(one.substring(0, end), one.substring(end + 1)));
                }
            }
        }
        return commands;
    }
}
