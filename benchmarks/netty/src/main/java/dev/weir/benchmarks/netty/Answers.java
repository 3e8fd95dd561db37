package dev.weir.benchmarks.netty;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.http.HttpServerCodec;

/** What a server answers. The first three send back what came; the handlers are made for each connection. */
enum Answers {
    /** The bytes. */
    ECHO {
        @Override
        void fill(ChannelPipeline pipeline, DateField date) {
            pipeline.addLast(new Echo());
        }
    },
    /** Lines that end with LF or CRLF, with CRLF. */
    LINE {
        @Override
        void fill(ChannelPipeline pipeline, DateField date) {
            pipeline.addLast(new LineBasedFrameDecoder(MOST_BYTES), new LineEcho());
        }
    },
    /** Frames: four bytes with the length of the payload, big-endian, and the payload. */
    LENGTH {
        @Override
        void fill(ChannelPipeline pipeline, DateField date) {
            pipeline.addLast(
                    new LengthFieldBasedFrameDecoder(MOST_BYTES, 0, Integer.BYTES, 0, Integer.BYTES),
                    new LengthFieldPrepender(Integer.BYTES),
                    new Echo());
        }
    },
    /** {@code GET /plaintext} over HTTP/1.1. */
    HTTP {
        @Override
        void fill(ChannelPipeline pipeline, DateField date) {
            pipeline.addLast(new HttpServerCodec(), new Plaintext(date));
        }
    };

    /** Of a line or a frame. */
    private static final int MOST_BYTES = 1024 * 1024;

    /** Adds the handlers of a connection. */
    abstract void fill(ChannelPipeline pipeline, DateField date);
}
