package dev.lockstep.spark;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.LongSupplier;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections on which a message comes that is longer than any expected, before Spark's
 * frame decoder collects it.
 */
final class FrameLimit extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(FrameLimit.class);

  /** Enough for authentication, and for what Spark puts around a message. */
  private static final int BASE = 1 << 16;

  private final LongSupplier longest;
  private long length;
  private int lengthBytes;
  private long left;

  private FrameLimit(LongSupplier longest) {
    this.longest = longest;
  }

  static TransportServerBootstrap bootstrap(LongSupplier longest) {
    return (channel, handler) -> {
      channel.pipeline().addLast(new FrameLimit(longest));
      return handler;
    };
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object data) {
    ByteBuf bytes = (ByteBuf) data;
    if (allows(bytes, bytes.readerIndex(), bytes.writerIndex())) {
      context.fireChannelRead(bytes);
    } else {
      LOG.warn("refused a message of {} bytes from {}", length, context.channel().remoteAddress());
      bytes.release();
      context.close();
    }
  }

  /** A frame is its length in 8 bytes, themselves counted, and what it holds. */
  private boolean allows(ByteBuf bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (left > 0) {
        long skipped = Math.min(left, to - at);
        left -= skipped;
        at += (int) skipped;
      } else {
        length = length << Byte.SIZE | bytes.getUnsignedByte(at++);
        if (++lengthBytes == Long.BYTES) {
          if (length < Long.BYTES || length > limit()) {
            return false;
          }
          left = length - Long.BYTES;
          length = 0;
          lengthBytes = 0;
        }
      }
    }
    return true;
  }

  private long limit() {
    return BASE + longest.getAsLong();
  }
}
