package dev.lockstep.report.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lockstep.data.PictureShape;
import dev.lockstep.data.Schema;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.NetworkDefinition;
import dev.lockstep.models.dl4j.Dl4jLocalTrainer;
import dev.lockstep.models.network.NetworkOutline;
import dev.lockstep.models.network.Optimizer;
import dev.lockstep.models.network.TutorialNetworks;
import dev.lockstep.report.ContactSheet;
import dev.lockstep.report.RunEnd;
import dev.lockstep.report.RunSubject;
import dev.lockstep.report.tensorboard.EventReader.Event;
import dev.lockstep.report.tensorboard.EventReader.Tagged;
import dev.lockstep.strategy.WorkerTime;
import dev.lockstep.train.ConfusionMatrix;
import dev.lockstep.train.Evaluation.Classification;
import dev.lockstep.train.Prediction;
import dev.lockstep.train.RoundReport;
import dev.lockstep.train.RoundTime;
import dev.lockstep.train.RunResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardTest {
  private static final MultiLayerNetwork NETWORK =
      TutorialNetworks.softmax(6, 2, Optimizer.ADAM.updater(0.25), 1);
  private static final ConfusionMatrix CONFUSION =
      new ConfusionMatrix(new long[][] {{2, 1}, {0, 1}});
  private static final ModelState START = Dl4jLocalTrainer.stateOf(NETWORK);

  @TempDir private Path logs;
  private final List<String> warnings = new ArrayList<>();
  private Path folder;

  @BeforeEach
  void nameRun() {
    folder = logs.resolve("run");
  }

  @Test
  void the_reader_computes_checksums_as_published() {
    assertThat(EventReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283);
    assertThat(EventReader.crc32c(new byte[32])).isEqualTo(0x8a9136aa);
  }

  @Test
  void numbers_are_read_back_at_their_steps_in_their_order() throws IOException {
    TensorBoard board = board();
    board.started(0, 400);
    board.round(report(10, 100, 1.5, 2));
    board.display(report(10, 100, 1.5, 2), START);
    board.round(report(15, 150, 1.25, 3));
    board.round(report(20, 200, 1.125, 4));
    board.display(report(20, 200, 1.125, 4), START);
    board.validated(
        report(20, 200, 1.125, 4),
        new Classification(CONFUSION, List.of(new Prediction(7, 0, 1, 0.5f)), 3));

    assertThat(EventReader.files(folder)).hasSize(1);
    List<Tagged> values = EventReader.values(folder);
    assertThat(series(values, "train/loss")).containsExactly("100=1.5", "200=1.125");
    assertThat(series(values, "train/twice")).containsExactly("100=3.0", "200=2.25");
    assertThat(series(values, "train/learning_rate")).containsExactly("100=0.25", "200=0.25");
    assertThat(series(values, "speed/examples_per_second"))
        .containsExactly("100=3200.0", "200=3200.0");
    assertThat(series(values, "validation/accuracy")).containsExactly("200=0.75");
    assertThat(series(values, "validation/loss")).containsExactly("200=0.75");
    // Ten rounds of one report at first, then ten of two.
    assertThat(series(values, "round_ms/compute")).containsExactly("100=0.2", "200=0.4");
    assertThat(series(values, "round_ms/launch")).containsExactly("100=0.5", "200=1.0");
    double began = values.get(0).time();
    assertThat(values)
        .filteredOn(value -> value.tag().equals("train/loss"))
        .extracting(value -> value.time() - began)
        .satisfiesExactly(
            first -> assertThat(first).isCloseTo(2, within(1e-3)),
            second -> assertThat(second).isCloseTo(4, within(1e-3)));
    assertThat(warnings).isEmpty();
  }

  @Test
  void histograms_count_every_parameter_and_its_change() throws IOException {
    float[] changed = START.parameters().clone();
    changed[0] += 3;
    TensorBoard board = board();
    board.started(0, 400);
    board.round(report(10, 100, 1, 2));
    board.display(report(10, 100, 1, 2), START);
    board.round(report(20, 200, 1, 2));
    board.display(report(20, 200, 1, 4), new ModelState(changed, START.updaterState(), 2));

    Wire weights = only("parameters/0/W", 100).value().message(5);
    double[] expected = new double[4];
    for (int i = 0; i < 12; i++) {
      float value = START.parameters()[i];
      expected[0] = Math.min(expected[0], value);
      expected[1] = Math.max(expected[1], value);
      expected[2] += value;
      expected[3] += value * value;
    }
    assertThat(weights.real64(1)).isEqualTo(expected[0]);
    assertThat(weights.real64(2)).isEqualTo(expected[1]);
    assertThat(weights.real64(3)).isEqualTo(12);
    assertThat(weights.real64(4)).isCloseTo(expected[2], within(1e-5));
    assertThat(weights.real64(5)).isCloseTo(expected[3], within(1e-5));
    assertThat(weights.reals64(6)).hasSize(30).isSorted().last().isEqualTo(expected[1]);
    assertThat(weights.reals64(7)).hasSize(30);
    assertThat(weights.reals64(7).stream().mapToDouble(n -> n).sum()).isEqualTo(12);
    assertThat(only("parameters/0/b", 200).value().message(5).real64(3)).isEqualTo(2);
    Wire update = only("updates/0/W", 200).value().message(5);
    assertThat(update.real64(1)).isZero();
    assertThat(update.real64(2)).isCloseTo(3, within(1e-6));
    assertThat(update.reals64(7)).startsWith(11.0).endsWith(1.0);
    assertThat(only("updates/0/b", 200).value().message(5).reals64(7)).containsExactly(2.0);
  }

  @Test
  void weights_confusion_and_mistakes_are_pictures() throws IOException {
    TensorBoard board = board();
    board.started(0, 100);
    board.round(report(10, 100, 1, 2));
    board.finished(end());

    BufferedImage unit = picture("weights/unit_01");
    assertThat(unit.getWidth()).isEqualTo(3);
    assertThat(unit.getHeight()).isEqualTo(2);
    // The second unit's first weight is the seventh: DL4J's weights vary fastest over inputs.
    boolean positive = START.parameters()[6] > 0;
    int colour = unit.getRGB(0, 0);
    assertThat((colour >> 16 & 255) > (colour & 255)).isEqualTo(positive);
    assertThat(picture("test/confusion").getWidth()).isGreaterThan(100);
    assertThat(picture("test/mistakes").getHeight()).isGreaterThan(50);
    assertThat(only("test/accuracy", 100).scalar()).isEqualTo(0.75f);
  }

  @Test
  void a_validation_has_pictures_now_and_then() throws IOException {
    Classification found = new Classification(CONFUSION, List.of(new Prediction(7, 0, 1, 0.5f)), 3);
    TensorBoard board = board();
    board.started(0, 400);
    for (int step = 100; step <= 400; step += 100) {
      board.round(report(10, step, 1, step / 50));
      board.validated(report(10, step, 1, step / 50), found);
    }

    List<Tagged> values = EventReader.values(folder);
    assertThat(series(values, "validation/accuracy")).hasSize(4);
    // At most every five seconds of training.
    assertThat(values)
        .filteredOn(value -> value.tag().equals("validation/confusion"))
        .extracting(Tagged::step)
        .containsExactly(100L, 400L);
    assertThat(picture("validation/mistakes").getHeight()).isGreaterThan(50);
  }

  @Test
  void the_graph_has_a_scope_for_each_layer() throws IOException {
    board().started(0, 100);

    Wire graph =
        EventReader.read(EventReader.files(folder).get(0)).stream()
            .map(Event::what)
            .filter(what -> what.has(4))
            .map(what -> what.message(4))
            .findFirst()
            .orElseThrow();
    assertThat(graph.messages(1))
        .extracting(node -> node.text(1) + " " + node.text(2))
        .containsExactly(
            "input Placeholder",
            "0_OutputLayer/W VariableV2",
            "0_OutputLayer/b VariableV2",
            "0_OutputLayer/OutputLayer OutputLayer",
            "0_OutputLayer/activation softmax",
            "0_labels Placeholder",
            "0_loss StabilisedCrossEntropy");
    assertThat(
            graph.messages(1).get(3).all(3).map(i -> new String(i.bytes(), StandardCharsets.UTF_8)))
        .containsExactly("input", "0_OutputLayer/W", "0_OutputLayer/b");
  }

  @Test
  void configuration_is_text_and_hyperparameters() throws IOException {
    TensorBoard board = board();
    board.started(0, 100);
    board.round(report(10, 100, 1, 2));
    board.finished(end());

    Tagged text = only("configuration", 0);
    assertThat(text.value().message(9).message(1).text(1)).isEqualTo("text");
    assertThat(text.value().message(8).text(8)).contains("| batchSize | 64 |", "| odd | a \\| b |");
    Wire data = only("_hparams_/session_start_info", 0).value().message(9).message(1);
    assertThat(data.text(1)).isEqualTo("hparams");
    Wire session = data.message(2).message(3);
    assertThat(session.text(4)).isEqualTo("run");
    assertThat(session.messages(1))
        .extracting(
            entry ->
                entry.text(1)
                    + "="
                    + (entry.message(2).has(2)
                        ? entry.message(2).real64(2)
                        : entry.message(2).text(3)))
        .containsExactlyInAnyOrder("batchSize=64.0", "odd=a | b");
    Wire ended = only("_hparams_/session_end_info", 100).value().message(9).message(1).message(2);
    assertThat(ended.message(4).integer(1)).isEqualTo(1);
  }

  @Test
  void a_resumed_run_replaces_what_came_after_its_checkpoint() throws IOException {
    TensorBoard killed = board();
    killed.started(0, 400);
    for (int step = 100; step <= 300; step += 100) {
      killed.round(report(10, step, step, 2));
      killed.display(report(10, step, step, 2), START);
    }
    TensorBoard resumed = board();
    resumed.started(200, 400);
    for (int step = 300; step <= 400; step += 100) {
      resumed.round(report(10, step, step + 0.5, 2));
      resumed.display(report(10, step, step + 0.5, 2), START);
    }

    assertThat(EventReader.files(folder)).hasSize(2);
    assertThat(series(EventReader.values(folder), "train/loss"))
        .containsExactly("100=100.0", "200=200.0", "300=300.5", "400=400.5");
  }

  @Test
  void a_run_begun_anew_replaces_all_of_the_old_one() throws IOException {
    for (double loss : new double[] {3, 4}) {
      TensorBoard board = board();
      board.started(0, 400);
      board.round(report(10, 100, loss, 2));
      board.display(report(10, 100, loss, 2), START);
    }

    assertThat(series(EventReader.values(folder), "train/loss")).containsExactly("100=4.0");
  }

  @Test
  void a_run_that_breaks_off_is_a_failed_session() throws IOException {
    TensorBoard board = board();
    board.started(0, 400);
    board.round(report(10, 100, 1, 2));
    board.failed(new IllegalStateException("training diverged"));

    assertThat(only("failure", 100).value().message(8).text(8)).isEqualTo("training diverged");
    Wire ended = only("_hparams_/session_end_info", 100).value().message(9).message(1).message(2);
    assertThat(ended.message(4).integer(1)).isEqualTo(2);
  }

  @Test
  void events_that_cannot_be_written_are_one_warning() throws IOException {
    Files.writeString(folder, "a file where the folder should be");
    TensorBoard board = board();
    board.started(0, 400);
    board.round(report(10, 100, 1, 2));
    board.display(report(10, 100, 1, 2), START);
    board.finished(end());

    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(folder + ": no more events for TensorBoard: ");
  }

  private TensorBoard board() {
    RunSubject subject =
        new RunSubject(
            "mnist",
            "a headline",
            NetworkOutline.of(NetworkDefinition.of(NETWORK)),
            Schema.classification(List.of(2, 3), 2),
            Map.of("batchSize", 64, "odd", "a | b"),
            Map.of("Java", "17"),
            ContactSheet.NONE,
            (state, loss) -> Map.of("loss", loss, "twice", 2 * loss));
    return new TensorBoard(folder, subject, TensorBoardTest::sheet, warnings::add);
  }

  /** Of a run that trains 64 examples a step and takes 20 ms for each. */
  private static RoundReport report(long round, long steps, double loss, double seconds) {
    RoundTime time =
        new RoundTime(0.01, List.of(new WorkerTime(1_000_000, 2_000_000, 1_500_000, 500_000)));
    return new RoundReport(round, steps, 400, 1, steps * 64, loss, seconds, time);
  }

  private static ContactSheet sheet(List<Prediction> mistakes) {
    return new ContactSheet(
        mistakes.stream()
            .map(
                p ->
                    new ContactSheet.Thumbnail(
                        new byte[6], new PictureShape(2, 3, 1), p.label() + "?"))
            .toList());
  }

  private static RunEnd end() {
    return new RunEnd(
        new RunResult(
            START, 100, 1, 6400, 1, 2, report(10, 100, 1, 2).time(), RunResult.Ending.COMPLETE),
        Map.of(),
        Optional.empty(),
        Optional.of(new RunEnd.Test(CONFUSION, sheet(List.of(new Prediction(7, 0, 1, 0.5f))))));
  }

  private List<String> series(List<Tagged> values, String tag) {
    return values.stream()
        .filter(value -> value.tag().equals(tag))
        .map(value -> value.step() + "=" + value.scalar())
        .toList();
  }

  private Tagged only(String tag, long step) throws IOException {
    List<Tagged> found =
        EventReader.values(folder).stream()
            .filter(value -> value.tag().equals(tag) && value.step() == step)
            .toList();
    assertThat(found).as(tag + " at " + step).hasSize(1);
    return found.get(0);
  }

  private BufferedImage picture(String tag) throws IOException {
    Wire image = only(tag, 100).value().message(4);
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(image.bytes(4)));
    assertThat(image.integer(1)).isEqualTo(picture.getHeight());
    assertThat(image.integer(2)).isEqualTo(picture.getWidth());
    return picture;
  }
}
