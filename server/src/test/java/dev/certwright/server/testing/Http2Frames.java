package dev.certwright.server.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Frames of HTTP/2 (RFC 9113) as bytes, right or wrong. */
public final class Http2Frames {
  /** HEADERS. */
  public static final int HEADERS = 1;

  /** RST_STREAM. */
  public static final int RST_STREAM = 3;

  /** GOAWAY. */
  public static final int GOAWAY = 7;

  private static final int END_STREAM_AND_HEADERS = 5;

  private Http2Frames() {}

  /**
   * A frame that came.
   *
   * @param error the code in RST_STREAM or GOAWAY, 0 in others
   */
  public record Frame(int type, int stream, int error) {}

  /** What a client says first, with empty SETTINGS. */
  public static byte[] preface() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
    bytes.writeBytes(frame(4, 0, 0, new byte[0]));
    return bytes.toByteArray();
  }

  /** Any frame. */
  public static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(type);
    frame.write(flags);
    frame.write(stream >> 24);
    frame.write(stream >> 16);
    frame.write(stream >> 8);
    frame.write(stream);
    frame.writeBytes(payload);
    return frame.toByteArray();
  }

  /** A whole request without body. */
  public static byte[] request(int stream, byte[] headers) {
    return frame(HEADERS, END_STREAM_AND_HEADERS, stream, headers);
  }

  /**
   * A header block of literals.
   *
   * @param namesAndValues in turn, each shorter than 127 bytes
   */
  public static byte[] headers(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i++) {
      if (i % 2 == 0) {
        block.write(0);
      }
      block.write(namesAndValues[i].length());
      block.writeBytes(namesAndValues[i].getBytes(US_ASCII));
    }
    return block.toByteArray();
  }

  /** The next frame; an {@link java.io.EOFException} where the server closed. */
  public static Frame read(InputStream in) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int length = data.readUnsignedShort() << 8 | data.readUnsignedByte();
    int type = data.readUnsignedByte();
    data.readByte();
    int stream = data.readInt();
    byte[] payload = new byte[length];
    data.readFully(payload);
    ByteBuffer content = ByteBuffer.wrap(payload);
    return new Frame(
        type,
        stream,
        switch (type) {
          case RST_STREAM -> content.getInt(0);
          case GOAWAY -> content.getInt(4);
          default -> 0;
        });
  }
}
