package dev.lockstep.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class OrderedFooterTest {
  @Test
  void the_order_of_encodings_in_a_footer_does_not_show_in_its_bytes() throws IOException {
    byte[] ascending = end(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED);
    byte[] mixed = end(Encoding.BIT_PACKED, Encoding.PLAIN, Encoding.RLE);

    byte[] ordered = OrderedFooter.ordered(mixed);

    assertThat(mixed).isNotEqualTo(ascending);
    assertThat(ordered).isEqualTo(ascending).isEqualTo(OrderedFooter.ordered(ascending));
    assertThat(Util.readFileMetaData(new ByteArrayInputStream(ordered, 5, ordered.length - 5)))
        .isEqualTo(footer(Encoding.PLAIN, Encoding.RLE, Encoding.BIT_PACKED));
  }

  @Test
  void what_is_no_end_of_a_file_is_left_as_it_is() throws IOException {
    byte[] whole = end(Encoding.RLE, Encoding.PLAIN);
    byte[] footerCut = new byte[whole.length - 6];
    System.arraycopy(whole, 6, footerCut, 0, footerCut.length);

    for (byte[] end : List.of(new byte[0], new byte[] {1, 2, 3}, new byte[100], footerCut)) {
      assertThat(OrderedFooter.ordered(end)).isEqualTo(end);
    }
  }

  /** Five bytes of data, a footer, its length, and the magic word. */
  private static byte[] end(Encoding... encodings) throws IOException {
    ByteArrayOutputStream end = new ByteArrayOutputStream();
    end.write(new byte[] {1, 2, 3, 4, 5});
    Util.writeFileMetaData(footer(encodings), end);
    end.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(end.size() - 5)
            .put("PAR1".getBytes())
            .array());
    return end.toByteArray();
  }

  private static FileMetaData footer(Encoding... encodings) {
    ColumnMetaData column =
        new ColumnMetaData(
            Type.INT64,
            new ArrayList<>(List.of(encodings)),
            List.of("id"),
            CompressionCodec.SNAPPY,
            7,
            70,
            60,
            4);
    RowGroup group = new RowGroup(List.of(new ColumnChunk(4).setMeta_data(column)), 70, 7);
    return new FileMetaData(1, List.of(new SchemaElement("example")), 7, List.of(group));
  }
}
