package dev.lockstep.cli;

import dev.lockstep.doctor.Doctor;
import dev.lockstep.doctor.Finding;
import dev.lockstep.doctor.Finding.Level;
import dev.lockstep.doctor.JobPath;
import dev.lockstep.report.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockstep doctor}. */
@Command(
    name = "doctor",
    description = {
      "Look at this machine, at Spark's settings and at every executor, before a job does.",
      "Java, Spark and Scala, native libraries, threads, memory, serialiser, and whether executors"
          + " see what they are to read. Each finding says what to do."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  lockstep doctor",
      "  lockstep --master spark://host:7077 doctor --path /shared/mnist --out /shared/data"
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "What executors are to read; may be repeated.")
  private List<String> inputs = List.of();

  @Option(
      names = "--out",
      paramLabel = "PATH",
      description = "What executors are to write to; may be repeated.")
  private List<String> outputs = List.of();

  @Override
  public Integer call() {
    Console console = OutputOptions.console(spec);
    List<Finding> findings;
    try (JavaSparkContext spark = Sessions.open("doctor")) {
      findings = Doctor.examine(spark, paths());
    }
    findings.forEach(finding -> tell(console, finding));
    boolean healthy = findings.stream().noneMatch(finding -> finding.level() == Level.PROBLEM);
    return healthy ? ExitCode.OK : ExitCode.USER_ERROR;
  }

  private List<JobPath> paths() {
    List<JobPath> paths = new ArrayList<>(Preflight.reads("--path", inputs));
    outputs.forEach(path -> paths.add(JobPath.written("--out", path)));
    return paths;
  }

  private static void tell(Console console, Finding finding) {
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    String line = "%-8s %s: %s".formatted(level, finding.about(), finding.found());
    console.result(
        "finding",
        Map.of(
            "level", level,
            "about", finding.about(),
            "found", finding.found(),
            "fix", finding.fix()),
        finding.fix().isEmpty() ? line : "%s%n%9s→ %s".formatted(line, "", finding.fix()));
  }
}
