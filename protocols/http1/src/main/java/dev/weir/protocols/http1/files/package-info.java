/** The protocol {@code http-files}: the files of a directory, sent by the system's own copying where the transport can. */
package dev.weir.protocols.http1.files;
