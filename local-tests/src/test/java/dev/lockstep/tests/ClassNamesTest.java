package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What classes are called, in the table of a command and in the report of a run. */
class ClassNamesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "1 2 3, 1 2 3",
    "0 1 2, 0 1 2",
    "b a c, a b c",
    "True False, False True",
    "-1 1, -1 1",
    "30 10 20, 10 20 30",
    "1.0 2.0 3.0, 1 2 3"
  })
  void are_the_same(String labels, String names) throws IOException {
    System.setProperty("spark.master", "local[2]");
    String[] classes = labels.split(" ");
    StringBuilder table = new StringBuilder("x,label\n");
    for (int i = 0; i < 30; i++) {
      table.append(i % classes.length).append(',').append(classes[i % classes.length]).append('\n');
    }
    Path data = Files.writeString(folder.resolve("t.csv"), table);
    Path network = Files.writeString(folder.resolve("n.json"), network(classes.length));
    Path model = folder.resolve("model");
    run(
        "train custom --epochs 1 --no-plots --task classification --network %s --data %s --test %2$s --model-dir %s"
            .formatted(network, data, model));
    String shown = run("evaluate --model %s --data %s".formatted(model, data)).out();

    String page = Files.readString(model.resolve("report.html"));
    String figures = page.substring(page.indexOf("<th>F1</th>"));
    List<String> ofReport =
        found("<tr><th>([^<]*)</th>", figures.substring(0, figures.indexOf("</table>")));
    List<String> ofConsole =
        found("(?m)^ *(\\S+) +[01]\\.\\d{4}  [01]\\.\\d{4}  [01]\\.\\d{4}$", shown);
    assertThat(ofConsole).containsExactly(names.split(" "));
    assertThat(ofReport).isEqualTo(ofConsole);
  }

  private static String network(int classes) {
    return new NeuralNetConfiguration.Builder()
        .updater(new Sgd(0.1))
        .list()
        .layer(
            new OutputLayer.Builder(LossFunction.MCXENT)
                .activation(Activation.SOFTMAX)
                .nIn(1)
                .nOut(classes)
                .build())
        .build()
        .toJson();
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map((MatchResult r) -> r.group(1))
        .toList();
  }

  private static CommandLine run(String command) {
    CommandLine run = CommandLine.run(command.split(" "));
    assertThat(run.err()).as(command).isEmpty();
    assertThat(run.exitCode()).as(command).isZero();
    return run;
  }
}
