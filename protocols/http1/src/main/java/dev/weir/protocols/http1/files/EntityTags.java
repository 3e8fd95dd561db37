package dev.weir.protocols.http1.files;

import java.util.List;

/** Lists of entity tags, as If-Match and If-None-Match have them (RFC 9110, 8.8.3 and 13.1). */
final class EntityTags {
    private EntityTags() {}

    /**
     * Whether a list means a tag: it is {@code *}, or has the tag in it. What is no tag ends the list.
     *
     * @param lines the field's lines
     * @param tag a strong tag, with its quotes
     * @param weakToo whether a weak tag with the same text counts (RFC 9110, 8.8.3.2)
     */
    static boolean include(List<String> lines, String tag, boolean weakToo) {
        String list = String.join(",", lines).strip();
        if (list.equals("*")) {
            return true;
        }
        int at = 0;
        while (at < list.length()) {
            char c = list.charAt(at);
            if (c == ',' || c == ' ' || c == '\t') {
                at++;
                continue;
            }
            boolean isWeak = list.startsWith("W/", at);
            int opening = isWeak ? at + 2 : at;
            int closing = opening < list.length() && list.charAt(opening) == '"' ? list.indexOf('"', opening + 1) : -1;
            if (closing < 0) {
                return false;
            }
            boolean isSame = list.substring(opening, closing + 1).equals(tag);
            if (isSame && (weakToo || !isWeak)) {
                return true;
            }
            at = closing + 1;
        }
        return false;
    }
}
