package dev.certwright.cli.account;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is unpacked if it is packed with gzip. Where it cannot be read any more it ends, so
 * that what was read until then can be used; the failure is kept.
 */
final class UnpackedStream extends FilterInputStream {
  private static final int BUFFER = 1 << 16;

  private @Nullable IOException failure;

  private UnpackedStream(InputStream in) {
    super(in);
  }

  /**
   * Around another.
   *
   * @throws IOException if not even its beginning can be read
   */
  static UnpackedStream of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    boolean packed = in.read() == 0x1F && in.read() == 0x8B;
    in.reset();
    return new UnpackedStream(packed ? new GZIPInputStream(in, BUFFER) : in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (failure != null) {
      return -1;
    }
    try {
      return super.read(target, offset, length);
    } catch (IOException broken) {
      failure = broken;
      return -1;
    }
  }

  /**
   * To be asked when it has ended.
   *
   * @throws IOException if that was no end
   */
  void requireWhole() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
