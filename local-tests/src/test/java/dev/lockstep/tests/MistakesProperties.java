package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.Mistake.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.io.FileUtils;

/** Whatever a user gets wrong, all commands answer in one line. */
class MistakesProperties {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> COUNTS =
      List.of(
          "--epochs",
          "--steps",
          "--workers",
          "--batch-size",
          "--averaging-period",
          "--keep",
          "--display-every",
          "--checkpoint-every");

  private static final List<String> RATES =
      List.of("--learning-rate", "--outer-momentum", "--outer-learning-rate", "--warmup");

  private static final String CUSTOM =
      "train custom --network softmax --data {pictures} --epochs 1 --model-dir {out} ";

  private static Path folder;

  @BeforeContainer
  static void prepare() throws IOException {
    folder = Files.createTempDirectory("mistakes");
    System.setProperty("spark.master", "local[2]");
    Mistake.prepare(folder);
  }

  @AfterContainer
  static void clean() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }

  @Property(tries = 200, seed = "17", edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void a_mistake_is_one_line_that_says_what_is_wrong(@ForAll("mistakes") Mistake mistake) {
    mistake.settings().forEach(System::setProperty);
    CommandLine run;
    try {
      CompletableFuture<CommandLine> running =
          CompletableFuture.supplyAsync(() -> CommandLine.run(mistake.arguments(folder)));
      assertThat(running).as(mistake.toString()).succeedsWithin(PATIENCE);
      run = running.join();
    } finally {
      mistake.settings().keySet().forEach(System::clearProperty);
      System.setProperty("spark.master", "local[2]");
    }
    String told = mistake + "\n" + run.err();
    if (run.exitCode() == 0 && !mistake.settings().isEmpty()) {
      // Not every command reads every setting.
      return;
    }
    assertThat(run.exitCode()).as(told).isNotIn(0, 1);
    List<String> lines = run.err().lines().toList();
    assertThat(lines).as(told).isNotEmpty();
    assertThat(lines.get(0))
        .as(told)
        .matches("lockstep: .*\\S.*")
        .doesNotContainPattern("\\w+\\.\\w*Exception");
    assertThat(lines.subList(1, lines.size()))
        .as(told)
        .allMatch(
            line -> run.exitCode() == 2 && line.matches("(See lockstep|Possible|Did you) .*"));
    assertThat(run.err()).as(told).contains(mistake.named());
  }

  @Provide
  Arbitrary<Mistake> mistakes() {
    return Arbitraries.oneOf(
        List.of(
            numbers(),
            values(),
            words(),
            inputs(),
            damaged(),
            outputs(),
            settings(),
            contradictions()));
  }

  /** Where a number, and one in a range, is wanted. */
  private static Arbitrary<Mistake> numbers() {
    Arbitrary<String> wrong =
        Arbitraries.of(
            "0", "-1", "-2147483648", "x", "1.5", "1e3", "99999999999999999999", "1,000", "٣x");
    Arbitrary<String> command = Arbitraries.of("linear", "nonlinear", "mnist", "custom");
    Arbitrary<Mistake> counts =
        Combinators.combine(command, Arbitraries.of(COUNTS), wrong)
            .as((task, option, value) -> Mistake.training(task, option, value).naming(option));
    Arbitrary<Mistake> rates =
        Combinators.combine(
                command,
                Arbitraries.of(RATES),
                Arbitraries.of("-1", "NaN", "Infinity", "x", "1e999", "0,5"))
            .as((task, option, value) -> Mistake.training(task, option, value).naming(option));
    Arbitrary<Mistake> others =
        Arbitraries.of(
                "predict --model {model} --images {pictures} --top 0",
                "predict --model {model} --images {pictures} --top many",
                "compare linear --seeds 0 --out {out}",
                "compare linear --steps -5 --out {out}",
                "compare linear --learning-rate nan --out {out}",
                "prepare --from {table} --to {out} --shards 0",
                "prepare --from {table} --to {out} --shards x",
                "prepare --from {table} --to {out} --split 0.5,0.6",
                "prepare --from {table} --to {out} --split train=2",
                "prepare --from {pictures} --to {out} --size 0x0",
                "prepare --from {pictures} --to {out} --size 28",
                "inspect {pictures} --size 99999x99999",
                "bench --rounds 0 --out {out}",
                "bench --epochs x --out {out}")
            .map(Mistake::of);
    return Arbitraries.oneOf(counts, rates, others);
  }

  /** Options of training and of pictures, with values that they cannot have. */
  private static Arbitrary<Mistake> values() {
    Map<String, List<String>> wrong = new TreeMap<>();
    wrong.put(
        "--augment", List.of("", "flip,", "turn", "shift", "shift:-1", "shift:x", "rotate:999"));
    wrong.put("--channels", List.of("", "cmyk", "3", "grey,rgb"));
    wrong.put("--class-weights", List.of("equal", "{nowhere}", "{junk}", "{table}", "{empty}"));
    wrong.put("--data-memory", List.of("", "0", "-1m", "lots", "1e3", "9999999g", "5q"));
    wrong.put("--learning-rate-schedule", List.of("", "step", "step:0:1", "step:1:x", "cosine:1"));
    wrong.put("--outer", List.of("", "adamw", "sgd,adam", "0.5"));
    wrong.put("--preset", List.of("", "fast", "slowmo,diloco"));
    wrong.put("--mean", List.of("x", "0.5", "NaN"));
    wrong.put("--deviation", List.of("0", "-1", "1"));
    wrong.put("--normalise-targets", List.of("", "yes", "scale"));
    wrong.put("--freeze", List.of("0", "nolayer", "-1"));
    wrong.put("--new-output", List.of("0", "-2", "x", "2"));
    wrong.put("--task", List.of("", "ranking", "regression,classification"));
    wrong.put("--size", List.of("", "28", "0x28", "28x", "99999x1"));
    wrong.put("--fit", List.of("", "shrink"));
    wrong.put("--patience", List.of("-1", "x", "1.5"));
    wrong.put("--monitor", List.of("", "f1"));
    wrong.put("--checkpoint-dir", List.of("{table}", "{table}/below", "nosuch://host/runs"));
    return Arbitraries.of(wrong.keySet())
        .flatMap(
            option ->
                Arbitraries.of(wrong.get(option)).map(value -> Mistake.of(CUSTOM + option, value)));
  }

  /** Where one of some words is wanted, or a command or option that there is. */
  private static Arbitrary<Mistake> words() {
    return Arbitraries.of(
            "train",
            "trian linear",
            "train lienar",
            "train linear --epocs 3",
            "train linear linear",
            "train linear --optimizer adamw",
            "train linear --strategy gossip",
            "train linear --local-step gpu",
            "train linear --updater-state kept",
            "train linear --averaging-schedule post-local",
            "train linear --averaging-schedule post-local:-1",
            "train nonlinear --activation softplus9",
            "train mnist --normalise yes",
            "train custom --network dense: --data {table}",
            "train custom --network dense:0,5 --data {table}",
            "train custom --network dense:x --data {table}",
            "train custom --network resnet --data {pictures}",
            "train mnist --augment flip",
            "train linear --channels rgb",
            "evaluate --augment flip --model {model}",
            "prepare --from {pictures} --to {out} --format chunk",
            "prepare --from {pictures} --to {out} --channels blue",
            "inspect {pictures} --channels",
            "predict --model {model} --images {pictures} --fit shrink",
            "show --network resnet",
            "train mnist --monitor f1",
            "train custom",
            "train custom --network softmax --task ranking",
            "train custom --network sofmax --data {table}",
            "evaluate --split all --model {model}",
            "evaluate --fit crop --model {model}",
            "predict --model {model}",
            "predict --model {model} --images",
            "predict --model {model} --images {pictures} --format xml",
            "predict --model {model} --images {pictures} --invert maybe",
            "show --model",
            "show model",
            "compare cubic",
            "compare linear --optimizers sgd,adamw",
            "compare nonlinear --activations step",
            "bench --against tensorflow",
            "bench --networks cnn",
            "fetch imagenet",
            "fetch",
            "prepare --from {table}",
            "prepare --from {table} --to {out} --format hdf5",
            "inspect",
            "doctor --loud",
            "help nothing",
            "--version=3",
            "--nothing",
            "")
        .map(Mistake::of);
  }

  /** Paths at which there is not what is wanted. */
  private static Arbitrary<Mistake> inputs() {
    Arbitrary<String> path =
        Arbitraries.of(
            "{nowhere}",
            "{nowhere}/*.csv",
            "{empty}",
            "{emptyFolder}",
            "{emptyFolder}/*",
            "{table}/below",
            "{junk}",
            "{folder}/[",
            "{folder}/{a",
            "{folder}/a:b",
            "{folder}/%zz#?",
            "{folder}/" + "long".repeat(80),
            "nosuch://host/data",
            "nosuch:data",
            "s3a://bucket/data",
            "file:",
            "//",
            ":",
            "-",
            "\n",
            " ");
    return Combinators.combine(Arbitraries.of(Mistake.READERS), path)
        .as((command, value) -> Mistake.of(command, value));
  }

  /** Files that were good before. */
  private static Arbitrary<Mistake> damaged() {
    return Combinators.combine(Arbitraries.of(Damage.class), Arbitraries.integers().between(0, 99))
        .as(Mistake::damaged);
  }

  /** Places at which nothing can be written. */
  private static Arbitrary<Mistake> outputs() {
    return Combinators.combine(
            Arbitraries.of(
                "train linear --epochs 1 --model-dir",
                "train linear --epochs 1 --model-dir {out} --logdir",
                "compare linear --seeds 1 --steps 1 --out",
                "prepare --from {table} --to",
                "predict --model {model} --images {pictures} --out",
                "inspect {pictures} --plot"),
            Arbitraries.of("{table}", "{table}/below", "/proc/nothing", "/dev/null/x"))
        .as((command, value) -> Mistake.of(command, value));
  }

  /** Settings of Spark's that cannot be. */
  private static Arbitrary<Mistake> settings() {
    return Combinators.combine(
            Arbitraries.of(
                Map.of("spark.master", "nonsense"),
                Map.of("spark.master", "local[none]"),
                Map.of("spark.master", "local[0]"),
                Map.of("spark.master", "spark://127.0.0.1:1"),
                Map.of("spark.master", "spark://nowhere"),
                Map.of("spark.master", ""),
                Map.of("spark.task.cpus", "many"),
                Map.of("spark.task.cpus", "64"),
                Map.of("spark.memory.fraction", "2.5"),
                Map.of("spark.executor.memory", "lots"),
                Map.of("spark.driver.port", "99999999"),
                Map.of("spark.driver.bindAddress", "no.such.host.invalid"),
                Map.of("spark.local.dir", "/proc/nothing"),
                Map.of("spark.io.compression.codec", "zip9"),
                Map.of("spark.lockstep.timeout", "soon"),
                Map.of("spark.eventLog.enabled", "true", "spark.eventLog.dir", "/no/such/folder"),
                Map.of("spark.eventLog.enabled", "perhaps"),
                Map.of("spark.extraListeners", "no.such.Listener"),
                Map.of("spark.executor.heartbeatInterval", "1h"),
                Map.of("spark.scheduler.mode", "LIFO")),
            Arbitraries.of(
                "train linear --epochs 2 --workers 2 --model-dir {out}",
                "inspect {table}",
                "predict --model {model} --images {pictures}"))
        .as(Mistake::under);
  }

  /** Options, models and data that do not go together. */
  private static Arbitrary<Mistake> contradictions() {
    return Arbitraries.of(
            "train linear --epochs 1 --steps 1 --model-dir {out}",
            "train linear --strategy single-process --workers 2 --model-dir {out}",
            "train linear --strategy gradient-averaging --outer-momentum 0.5 --model-dir {out}",
            "train linear --strategy gradient-averaging --outer adam --model-dir {out}",
            "train linear --strategy single-process --preset diloco --model-dir {out}",
            "train linear --outer sgd --outer-momentum 0.5 --model-dir {out}",
            "train linear --outer nesterov --outer-momentum 1 --model-dir {out}",
            "train linear --strategy gradient-averaging --averaging-schedule post-local:1"
                + " --model-dir {out}",
            CUSTOM + "--freeze 0",
            CUSTOM + "--network dense --freeze 0",
            CUSTOM + "--network {model} --freeze 99",
            CUSTOM + "--network {model} --new-output 3",
            CUSTOM + "--network cifar",
            CUSTOM + "--network resnet20 --channels grey",
            CUSTOM + "--mean 0.5 --deviation 0.5 --normalise scale",
            CUSTOM + "--mean 0.5,0.5 --deviation 0.5,0.5",
            CUSTOM + "--class-weights balanced --task regression",
            CUSTOM + "--augment flip --data {table}",
            CUSTOM + "--ignore-columns a",
            CUSTOM + "--normalise-targets standardise",
            CUSTOM + "--labels y",
            "train custom --network dense --data {table} --augment flip --model-dir {out}",
            "train custom --network dense --data {table} --channels rgb --transposed"
                + " --model-dir {out}",
            "train custom --network dense --data {table} --labels a,y --model-dir {out}",
            "train custom --network dense --data {table} --ignore-columns c --model-dir {out}",
            "train custom --network dense --data {table} --ignore-columns a,b --model-dir {out}",
            "train custom --network dense --data {table} --task regression --class-weights balanced"
                + " --model-dir {out}",
            "evaluate --model {model} --data {pictures} --channels rgb --size 5x5",
            "prepare --from {pictures} --to {out} --format chunks --shards 0",
            "prepare --from {table} --to {out} --transposed",
            "train linear --resume --model-dir {nowhere}",
            "train mnist --min-delta 0.1 --monitor loss --patience 0 --model-dir {out}",
            "train mnist --data {table} --model-dir {out}",
            "train mnist --data {pictures} --model-dir {out}",
            "train custom --network lenet --data {table} --model-dir {out}",
            "train custom --network softmax --data {table} --labels nocolumn --model-dir {out}",
            "train custom --network {model} --data {table} --model-dir {out}",
            "train custom --network softmax --data {pictures} --test {table} --model-dir {out}",
            "train custom --network softmax --data {pictures} --size 5x5 --network {model}",
            "evaluate --model {regression} --data {pictures}",
            "evaluate --model {model} --data {table}",
            "evaluate --model {model} --data {pictures} --split validation",
            "evaluate --model {regression} --data {pictures} --task classification",
            "predict --model {regression} --images {pictures}",
            "predict --model {model} --images {table}",
            "predict --model {model} --images {pictures} --labels {table}",
            "predict --model {model} --images {pictures} --labels {junk}",
            "predict --model {model} --images {pictures} --labels {table} --labels-from-folders",
            "predict --model {model} --images {pictures} --report {emptyFolder}",
            "prepare --from {table} --to {table}",
            "prepare --from {table} --to {emptyFolder}/../table.csv",
            "prepare --from {table} --to {out} --format images",
            "prepare --from {table} --to {out} --labels nocolumn",
            "inspect {table} --labels nocolumn",
            "inspect {pictures} --labels {junk}",
            "compare mnist --activations tanh --out {out}",
            "compare linear --activations tanh --out {out}")
        .map(Mistake::of);
  }
}
