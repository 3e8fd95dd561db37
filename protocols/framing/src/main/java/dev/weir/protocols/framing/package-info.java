/**
 * Codecs that cut a byte stream into messages: raw, line, length-header, delimiter, fixed. Each has a {@code from(Settings)} that
 * makes its factory; what the settings mean is said in this jar's {@code reference.conf}, their only home.
 *
 * <p>Messages are views of the input, so none of them costs an allocation, but for lines as text. Limits hold for what comes in;
 * what goes out is limited only by what the format can say.
 */
package dev.weir.protocols.framing;
