package dev.weir.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.codec.Codec;
import dev.weir.codec.MessageWindow;
import dev.weir.codec.ProtocolViolation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each rule for decoders goes red on a decoder that breaks it, and none on an honest one. */
class CodecVerifierDecoderTest {
    private static final byte[] STREAM = "\3abc\0\5defgh\1i".getBytes(ISO_8859_1);
    private static final List<String> MESSAGES = List.of("abc", "", "defgh", "i");

    @Test
    void anHonestDecoderPasses() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new)).decodes(STREAM, MESSAGES);
    }

    @Test
    void anEmptyStreamHasNoMessages() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new)).decodes(new byte[0], List.of());
    }

    @Test
    void anHonestRefusalPasses() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                .refuses("\3abc\377xyz".getBytes(ISO_8859_1), List.of("abc"), "length 255", "limit of 200");
    }

    @Test
    void anIncompleteMessageAtTheEndIsAViolation() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                .refuses("\3abc\3de".getBytes(ISO_8859_1), List.of("abc"), "after 3 bytes");
    }

    @Test
    void wrongMessagesAreFound() {
        assertThatThrownBy(() -> CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                        .decodes(STREAM, List.of("abc", "", "defgh")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected the messages [abc, , defgh], but the decoder gave [abc, , defgh, i]");
    }

    @Test
    void aViolationWhereNoneIsExpectedIsFound() {
        assertThatThrownBy(() -> CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                        .decodes("\377".getBytes(ISO_8859_1), List.of()))
                .hasMessageContaining("expected the end of input with nothing unread, but came to a violation");
    }

    @Test
    void aMissingViolationIsFound() {
        assertThatThrownBy(() -> CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                        .refuses(STREAM, MESSAGES))
                .hasMessageContaining("expected a violation, but came to the end of input");
    }

    @Test
    void aByteLostAtASplitIsFound() {
        broken("expected the messages", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                if (message == null && in.readableBytes() > 2) {
                    in.skipBytes(1);
                }
                return message;
            }
        });
    }

    @Test
    void aViolationOnlyAtASplitIsFound() {
        broken("pieces of [2, 11]", window -> new LengthByteCodec(window) {
            private int calls;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                if (calls++ == 0 && in.readableBytes() == 2) {
                    throw new ProtocolViolation("I do not like this split");
                }
                return super.decode(in);
            }
        });
    }

    @Test
    void aBufferKeptFromAnEarlierCallIsFound() {
        broken("IllegalReferenceCountException", window -> new LengthByteCodec(window) {
            private ByteBuf first;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                first = first == null ? in : first;
                ByteBuf message = super.decode(in);
                return message == null ? null : window.show(first, message.readerIndex(), message.readableBytes());
            }
        });
    }

    @Test
    void anIndexRememberedInsteadOfAnOffsetIsFound() {
        broken("but the decoder gave [\335", window -> new LengthByteCodec(window) {
            private int begin = -1;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                begin = begin < 0 ? in.readerIndex() : begin;
                int from = begin;
                ByteBuf message = super.decode(in);
                if (message == null) {
                    return null;
                }
                begin = -1;
                return window.show(in, from + 1, message.readableBytes());
            }
        });
    }

    @Test
    void bytesOfAnEarlierMessageReadAgainAreFound() {
        broken("\335", window -> new LengthByteCodec(window) {
            private int last;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                if (message != null && last > 0 && message.readerIndex() > last) {
                    message.readerIndex(message.readerIndex() - 1 - last);
                }
                last = message == null ? last : message.readableBytes();
                return message;
            }
        });
    }

    @Test
    void aMessageHeldBackInTheWindowIsFound() {
        broken("but the decoder gave [, , \335\335\335\335\335]", window -> new LengthByteCodec(window) {
            private final List<ByteBuf> held = new ArrayList<>();

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                if (message != null) {
                    held.add(message);
                }
                return held.size() > 1 ? held.removeFirst() : null;
            }
        });
    }

    @Test
    void allocatingByAClaimedLengthIsFound() {
        broken("allocated", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                byte[] room = new byte[in.isReadable() ? in.getByte(in.readerIndex()) * 100_000 : 0];
                return room.length < 0 ? null : super.decode(in);
            }
        });
    }

    /** Gives each message in a buffer of its own, and forgets some things. */
    private static class Holding extends LengthByteCodec {
        ByteBuf held = Unpooled.EMPTY_BUFFER;

        Holding(MessageWindow window) {
            super(window);
        }

        @Override
        public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
            ByteBuf message = super.decode(in);
            if (message == null) {
                return null;
            }
            held.release();
            held = in.alloc().heapBuffer(5, 5).writeBytes(message);
            return held;
        }

        @Override
        public void dispose() {
            held.release();
            held = Unpooled.EMPTY_BUFFER;
        }
    }

    @Test
    void aBufferThatIsGivenBackAtTheEndMayBeKept() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(Holding::new)).decodes(STREAM, MESSAGES);
    }

    @Test
    void aBufferKeptBeyondTheEndIsFound() {
        broken("kept 5 bytes from the input's allocator beyond its end", window -> new Holding(window) {
            @Override
            public void dispose() {
                // Forgotten.
            }
        });
    }

    @Test
    void aBufferByAClaimedLengthIsFound() {
        broken("allocated", window -> new Holding(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                if (in.isReadable()) {
                    held.release();
                    held = in.alloc().directBuffer(in.getByte(in.readerIndex()) * 100_000);
                }
                return super.decode(in);
            }
        });
    }

    @Test
    void whatIsGoneWhenTheMessageIsHandledIsNoCopyToKeep() {
        broken("gone after the call", window -> new Holding(window) {
            @Override
            public ByteBuf keep(ByteBuf message) {
                return message.duplicate();
            }

            @Override
            public void messageHandled() {
                dispose();
            }
        });
    }

    @Test
    void aMessageInPartsThatDoesNotEndWithTheInputIsFound() {
        broken("inside a message that comes in parts", window -> new LengthByteCodec(window) {
            @Override
            public boolean isInside() {
                return true;
            }
        });
    }

    @Test
    void whoWaitsIsAskedNoFurther() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(window -> new LengthByteCodec(window) {
                    private boolean given;

                    @Override
                    public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                        ByteBuf message = super.decode(in);
                        given |= message != null;
                        return message;
                    }

                    @Override
                    public Next next() {
                        return given ? Next.WAIT : Next.READ;
                    }
                }))
                .decodes("\1a".getBytes(ISO_8859_1), List.of("a"));
    }

    @Test
    void retainingTheInputIsFound() {
        broken("changed the reference count of its input to 2", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                return message == null ? null : in.retain().slice(message.readerIndex(), message.readableBytes());
            }
        });
    }

    @Test
    void readingBackwardsIsFound() {
        broken("moved the reader index of its input back", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                if (message == null && in.readerIndex() > 0) {
                    in.readerIndex(in.readerIndex() - 1);
                }
                return message;
            }
        });
    }

    @Test
    void movingTheWriterIndexIsFound() {
        broken("moved the writer index of its input", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                in.writerIndex(in.writerIndex() + 1);
                return super.decode(in);
            }
        });
    }

    @Test
    void changingUnreadBytesIsFound() {
        broken("which it has not read yet", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                ByteBuf message = super.decode(in);
                if (in.isReadable()) {
                    in.setByte(in.writerIndex() - 1, 'X');
                }
                return message;
            }
        });
    }

    @Test
    void aMessageWithoutNewBytesIsFound() {
        broken("gave a message when it was asked again without new bytes", window -> new LengthByteCodec(window) {
            private int calls;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                return calls++ == 0 ? null : super.decode(in);
            }
        });
    }

    @Test
    void aMessageOwedAfterTheLastByteIsFound() {
        broken("gave a message when every byte was read", window -> new LengthByteCodec(window) {
            private boolean owed;

            @Override
            public ByteBuf decode(ByteBuf in) throws ProtocolViolation {
                if (owed) {
                    owed = false;
                    return Unpooled.EMPTY_BUFFER;
                }
                ByteBuf message = super.decode(in);
                owed = message != null && message.readableBytes() == 1;
                return message;
            }
        });
    }

    @Test
    void aCopyThatIsNoneIsFound() {
        broken("gave a copy to keep that reads \"\335\335\335\"", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf keep(ByteBuf message) {
                return message.duplicate();
            }
        });
    }

    @Test
    void messagesWithoutEndAreFound() {
        broken("messages in a row without reading a byte", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) {
                return Unpooled.EMPTY_BUFFER;
            }
        });
    }

    @Test
    void anExceptionIsFound() {
        broken("threw java.lang.IndexOutOfBoundsException", window -> new LengthByteCodec(window) {
            @Override
            public ByteBuf decode(ByteBuf in) {
                in.skipBytes(1);
                return window.showNext(in, in.readUnsignedByte());
            }
        });
    }

    @Test
    void moreLeftUnreadThanPromisedIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> verifier =
                CodecVerifier.ofBytes(LengthByteCodec.factory(window -> new LengthByteCodec(window) {
                    @Override
                    public ByteBuf decode(ByteBuf in) {
                        return null;
                    }
                }));
        assertThatThrownBy(() -> verifier.refusesEndless("\0".getBytes(ISO_8859_1), "xy".getBytes(ISO_8859_1)))
                .hasMessageContaining("left 201 bytes unread without a violation; its factory promises at most 200");
    }

    @Test
    void aRefusalOfWhatNeverEndsPasses() {
        CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new))
                .refusesEndless("\377".getBytes(ISO_8859_1), "x".getBytes(ISO_8859_1));
    }

    @Test
    void aRefusalThatSaysSomethingElseIsFound() {
        CodecVerifier<ByteBuf, ByteBuf> verifier = CodecVerifier.ofBytes(LengthByteCodec.factory(LengthByteCodec::new));
        assertThatThrownBy(() -> verifier.refuses("\377".getBytes(ISO_8859_1), List.of(), "too hot"))
                .hasMessageContaining("expected a text that says \"too hot\"");
    }

    private static void broken(String saying, Function<MessageWindow, Codec<ByteBuf, ByteBuf>> codec) {
        CodecVerifier<ByteBuf, ByteBuf> verifier = CodecVerifier.ofBytes(LengthByteCodec.factory(codec));
        assertThatThrownBy(() -> verifier.decodes(STREAM, MESSAGES))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(saying);
    }
}
