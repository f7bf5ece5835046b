package dev.lockstep.data.csv;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.DataLocation;
import dev.lockstep.data.RowTable;
import dev.lockstep.data.TableRow;
import dev.lockstep.data.csv.CsvLayout.Labels;
import dev.lockstep.data.recipe.TableRecipe;
import dev.lockstep.data.recipe.UnusableValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows of CSV files, to be read one by one.
 *
 * @param keeping the positions of the columns that are kept
 */
record CsvRowTable(CsvLayout layout, List<Part> parts, List<Integer> keeping) implements RowTable {

  static CsvRowTable open(JavaSparkContext spark, Wanted wanted, DataFiles files) {
    DataLocation location = wanted.location();
    String file = DataFiles.name(location.data());
    CsvScan scan = CsvScan.of(spark, location, files, Labels.IF_SAID);
    Optional<TableRecipe> recipe = TableRecipe.of(location.pictures());
    CsvLayout layout =
        recipe.isPresent()
            ? scan.layout().with(recipe.get(), List.of(), file)
            : scan.layout().with(location.columns().orElse(List.of()), wanted.features(), file);
    List<String> all = layout.allColumns();
    return new CsvRowTable(
        layout, parts(scan), RowTable.kept(wanted, all, file).stream().map(all::indexOf).toList());
  }

  private static List<Part> parts(CsvScan scan) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < scan.blocks().size(); i++) {
      CsvBlock block = scan.blocks().get(i);
      long end =
          i + 1 < scan.blocks().size() ? scan.blocks().get(i + 1).firstRow() : scan.survey().rows();
      parts.add(
          new Part(
              block.path(), block.from(), block.to(), end - block.firstRow(), block.firstLine()));
    }
    return parts;
  }

  @Override
  public List<Column> kept() {
    return keeping.stream().map(i -> new Column(layout.called(i), Column.Kind.TEXT)).toList();
  }

  @Override
  public List<String> labels() {
    return layout.labels().stream().map(layout::called).toList();
  }

  @Override
  public List<String> notes() {
    return layout.notes();
  }

  @Override
  public Rows read(Part part, Configuration hadoop) {
    return new Reading(part, hadoop);
  }

  private static CsvBlock block(Part part, Configuration hadoop) {
    Path path = new Path(part.path());
    try {
      CsvBlock whole = CsvBlock.whole(path.getFileSystem(hadoop).getFileStatus(path), hadoop);
      return part.from() == 0 && part.to() >= whole.to()
          ? whole
          : new CsvBlock(part.path(), part.from(), part.to(), CsvBlock.Form.PART, 0, part.before());
    } catch (IOException e) {
      throw DataFiles.unreadable(part.path(), e);
    }
  }

  private final class Reading implements Rows {
    private final CsvLines lines;
    private final CsvFields fields = new CsvFields(layout.delimiter());
    private final CsvValues values = new CsvValues(layout);
    private Optional<String> next;

    Reading(Part part, Configuration hadoop) {
      lines = new CsvLines(block(part, hadoop), layout.delimiter(), layout.header(), hadoop);
      next = lines.next();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public TableRow next() {
      String[] row = fields.split(next.orElseThrow(NoSuchElementException::new), lines.where());
      TableRow read = read(row);
      next = lines.next();
      return read;
    }

    private TableRow read(String[] row) {
      List<Object> kept = keeping.stream().map(i -> kept(row, i)).toList();
      try {
        values.expectComplete(row);
        return new TableRow(
            lines.rowBegan(),
            kept,
            values.features(row),
            values.labels(row),
            values.weight(row),
            null);
      } catch (UnusableValue e) {
        return TableRow.unusable(lines.rowBegan(), kept, e.getMessage());
      }
    }

    private static Object kept(String[] row, int column) {
      return column < row.length && !row[column].isEmpty() ? row[column] : null;
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
