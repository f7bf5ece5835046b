package dev.lockstep.data.idx;

import dev.lockstep.data.Values;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes one IDX file. Its head says how many items follow, which is known at the end only: until
 * then items are in a temporary file on this machine.
 */
public final class IdxWriter implements AutoCloseable {
  private final Element element;
  private final List<Integer> itemShape;
  private final Path body;
  private final DataOutputStream out;
  private int items;

  /** What an item's values are written as. */
  public enum Element {
    UINT8(0x08, "ubyte"),
    INT32(0x0c, "int"),
    FLOAT32(0x0d, "float");

    private final int code;
    private final String suffix;

    Element(int code, String suffix) {
      this.code = code;
      this.suffix = suffix;
    }
  }

  /**
   * @param itemShape of one item, of at most three dimensions; empty for single values
   */
  public IdxWriter(Element element, List<Integer> itemShape) throws IOException {
    this.element = element;
    this.itemShape = List.copyOf(itemShape);
    body = Files.createTempFile("lockstep", ".idx");
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(body)));
  }

  /** The classic end of a name: {@code idx3-ubyte}. */
  public String suffix() {
    return "idx%d-%s".formatted(1 + itemShape.size(), element.suffix);
  }

  /** Adds an item. */
  public void write(Values item) throws IOException {
    items = Math.addExact(items, 1);
    if (item instanceof Values.Bytes bytes) {
      out.write(bytes.values());
    } else if (item instanceof Values.Floats floats) {
      for (float value : floats.values()) {
        switch (element) {
          case UINT8 -> out.writeByte((int) value);
          case INT32 -> out.writeInt((int) value);
          case FLOAT32 -> out.writeFloat(value);
        }
      }
    }
  }

  /** Writes the whole file, and closes it. */
  public void copyTo(OutputStream file) throws IOException {
    out.close();
    try (DataOutputStream target = new DataOutputStream(new BufferedOutputStream(file))) {
      target.writeInt(element.code << 8 | 1 + itemShape.size());
      target.writeInt(items);
      for (int size : itemShape) {
        target.writeInt(size);
      }
      Files.copy(body, target);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(body);
  }
}
