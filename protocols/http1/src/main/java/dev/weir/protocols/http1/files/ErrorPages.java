package dev.weir.protocols.http1.files;

import dev.weir.protocols.http1.HttpRequest;
import dev.weir.protocols.http1.HttpResponse;
import dev.weir.protocols.http1.HttpStatus;
import java.nio.charset.StandardCharsets;

/** Tells people and programs what went wrong, each in the form that they like better. Nothing that the client sent is repeated. */
final class ErrorPages {
    private ErrorPages() {}

    /**
     * A response that says what went wrong.
     *
     * @param what a sentence, or some, in which there is nothing that HTML would take for its own
     */
    static HttpResponse of(HttpRequest request, int status, String what) {
        String title = status + " " + HttpStatus.reason(status);
        boolean html = prefersHtml(request);
        String text = html ? page(title, what) : title + "\n\n" + what + "\n";
        return HttpResponse.of(status)
                .header("Vary", "Accept")
                .header("X-Content-Type-Options", "nosniff")
                .body((html ? "text/html" : "text/plain") + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String title, String what) {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body><h1>%1$s</h1><p>%2$s</p></body>
                </html>
                """.formatted(title, what);
    }

    private static boolean prefersHtml(HttpRequest request) {
        Weights accepted = Weights.of(request.headers("Accept"));
        return accepted.firstOf("text/html", "text/*", "*/*") > accepted.firstOf("text/plain", "text/*", "*/*");
    }
}
