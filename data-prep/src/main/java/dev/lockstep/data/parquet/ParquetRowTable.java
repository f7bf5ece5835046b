package dev.lockstep.data.parquet;

import dev.lockstep.data.DataError;
import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.LabelSurvey;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.TableRow;
import dev.lockstep.data.TableRow.Label;
import dev.lockstep.data.Values;
import dev.lockstep.data.image.ImagePreprocessing;
import dev.lockstep.data.image.UnreadableImage;
import dev.lockstep.data.parquet.TableLayout.Kind;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.data.recipe.UnusableValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.Type;

/**
 * Rows of Parquet files, to be read one by one.
 *
 * @param wanted the columns that are read, as Parquet writes them
 * @param features how many a row has
 * @param pictures how bytes become features; null where they are none of pictures
 */
record ParquetRowTable(
    ParquetParts files,
    TableLayout layout,
    String wanted,
    List<Column> kept,
    int features,
    ImagePreprocessing pictures)
    implements RowTable {
  /** Of a part, if a row group has no more. */
  private static final long ROWS = 1 << 16;

  static ParquetRowTable open(ParquetParts files, Wanted wanted) {
    DataLocation location = wanted.location();
    String file = DataFiles.name(location.data());
    MessageType columns = files.columns();
    TableLayout layout = layout(TableLayout.ofRows(columns, location, file), columns, wanted, file);
    List<Column> keepable =
        columns.getFields().stream().flatMap(type -> column(type).stream()).toList();
    List<String> kept = RowTable.kept(wanted, keepable.stream().map(Column::name).toList(), file);
    ImagePreprocessing pictures = ImagePreprocessing.of(location.pictures()).orElse(null);
    if (layout.kind() == Kind.PICTURES && pictures == null) {
      throw new DataError("%s: has pictures, which the model does not take".formatted(file));
    }
    return new ParquetRowTable(
        files,
        layout,
        files.stored(layout.projection(columns, kept)).toString(),
        kept.stream()
            .map(name -> keepable.stream().filter(c -> c.name().equals(name)).findAny())
            .map(Optional::orElseThrow)
            .toList(),
        layout.kind() == Kind.PICTURES ? -1 : wanted.features(),
        layout.kind() == Kind.PICTURES ? pictures : null);
  }

  private static TableLayout layout(
      TableLayout seen, MessageType columns, Wanted wanted, String file) {
    Optional<TableRecipe> recipe = TableRecipe.of(wanted.location().pictures());
    if (seen.kind() != Kind.COLUMNS) {
      return seen;
    }
    if (recipe.isPresent()) {
      return TableRecipes.known(seen, recipe.get(), columns, file);
    }
    List<String> known = wanted.location().columns().orElse(List.of());
    List<String> missing = known.stream().filter(name -> !columns.containsField(name)).toList();
    if (!missing.isEmpty()) {
      throw new DataError(
          "%s: expected the columns that the model knows, without %s, found %s: name them as in training"
              .formatted(file, String.join(", ", missing), String.join(", ", seen.features())));
    }
    if (known.isEmpty() && seen.features().size() != wanted.features()) {
      throw RowTable.unlike(file, wanted.features(), seen.features());
    }
    return known.isEmpty() ? seen : seen.with(known);
  }

  /** A column whose values can be kept; empty for lists, groups and bytes. */
  private static Optional<Column> column(Type type) {
    if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation) {
      return Optional.of(new Column(type.getName(), Column.Kind.NUMBER));
    }
    Column.Kind kind =
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
          case BOOLEAN -> Column.Kind.TRUTH;
          case INT32, INT64 -> Column.Kind.WHOLE;
          case FLOAT, DOUBLE -> Column.Kind.NUMBER;
          case BINARY -> TableLayout.isText(type) ? Column.Kind.TEXT : null;
          default -> null;
        };
    return Optional.ofNullable(kind).map(known -> new Column(type.getName(), known));
  }

  @Override
  public List<String> labels() {
    return layout.labels();
  }

  @Override
  public List<String> notes() {
    return layout.notes();
  }

  /** Of whole row groups. */
  @Override
  public List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    for (ParquetFile file : files.parts()) {
      long from = 0;
      long to = 0;
      for (long rows : file.rowGroups()) {
        to += rows;
        if (to - from >= ROWS) {
          parts.add(new Part(file.path(), from, to, to - from, 0));
          from = to;
        }
      }
      if (to > from) {
        parts.add(new Part(file.path(), from, to, to - from, 0));
      }
    }
    return parts;
  }

  @Override
  public Rows read(Part part, Configuration hadoop) {
    ParquetFile file =
        files.parts().stream()
            .filter(known -> known.path().equals(part.path()))
            .findAny()
            .orElseThrow();
    RowRange range = new RowRange(file, 0, part.from(), part.to());
    MessageType columns = MessageTypeParser.parseMessageType(wanted);
    RowReader<TableRow> reader =
        new RowReader<>(range, columns, firstRow -> new Reading(columns, range, firstRow), hadoop);
    return new Rows() {
      @Override
      public boolean hasNext() {
        return reader.hasNext();
      }

      @Override
      public TableRow next() {
        return reader.next();
      }

      @Override
      public void close() {
        reader.close();
      }
    };
  }

  private final class Reading extends RecordMaterializer<TableRow> {
    private final TableConverter converter;
    private long row;

    Reading(MessageType columns, RowRange range, long firstRow) {
      converter = new TableConverter(layout, features, columns, null, range, firstRow);
      row = firstRow;
    }

    @Override
    public TableRow getCurrentRecord() {
      row++;
      List<Object> values = new ArrayList<>();
      kept.forEach(column -> values.add(converter.cell(column.name()).value(column.kind())));
      try {
        Values read = converter.features();
        return new TableRow(row, values, floats(read), labels(), converter.weight(), null);
      } catch (UnusableValue | UnreadableImage e) {
        return TableRow.unusable(row, values, e.getMessage());
      } finally {
        converter.clear();
      }
    }

    private float[] floats(Values read) throws UnreadableImage {
      if (pictures != null && read instanceof Values.Bytes file) {
        return pictures.read(file.values());
      }
      float[] floats = new float[read.length()];
      read.copyTo(floats);
      return floats;
    }

    private List<Label> labels() {
      return layout.labels().stream()
          .map(converter::cell)
          .map(
              cell ->
                  new Label(
                      cell.text() == null ? null : LabelSurvey.className(cell.text()),
                      cell.number()))
          .toList();
    }

    @Override
    public GroupConverter getRootConverter() {
      return converter.getRootConverter();
    }
  }
}
