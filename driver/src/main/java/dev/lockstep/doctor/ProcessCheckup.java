package dev.lockstep.doctor;

import dev.lockstep.models.onednn.OneDnnProvider;
import dev.lockstep.spark.SparkLine;
import dev.lockstep.spark.SparkVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;

/** Looks at the process that it is run in: a driver or an executor. */
final class ProcessCheckup {
  private static final int OLDEST_JAVA = 17;
  private static final int NEWEST_JAVA = 21;

  private ProcessCheckup() {}

  static List<Finding> findings() {
    return List.of(java(), spark(), natives(), threads(), temporary());
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return version >= OLDEST_JAVA && version <= NEWEST_JAVA
        ? Finding.ok("Java", Runtime.version().toString())
        : Finding.problem(
            "Java", Runtime.version().toString(), "install JDK 17 and set JAVA_HOME to it");
  }

  private static Finding spark() {
    String version = "%s, Scala %s".formatted(SparkVersion.spark(), SparkVersion.scala());
    return SparkVersion.mismatch()
        .map(line -> Finding.problem("Spark", version, line))
        .orElseGet(
            () -> Finding.ok("Spark", "%s, built for Spark %s".formatted(version, SparkLine.NAME)));
  }

  /** Loads both native libraries, and has OpenBLAS multiply. */
  private static Finding natives() {
    try {
      String backend = Nd4j.getBackend().getClass().getSimpleName();
      float product = product(3, 5);
      return product == 15
          ? loaded(backend)
          : Finding.problem(
              "natives",
              "OpenBLAS says that 3 times 5 is " + product,
              "set OPENBLAS_CORETYPE to a core that this processor has, such as HASWELL");
    } catch (LinkageError | RuntimeException e) {
      return Finding.problem(
          "natives",
          "cannot be loaded: " + Optional.ofNullable(e.getMessage()).orElse(e.toString()),
          "build Lockstep on a machine like this one (%s)".formatted(Loader.getPlatform()));
    }
  }

  /** ND4J and OpenBLAS, as it seems, and oneDNN or not. */
  private static Finding loaded(String backend) {
    return OneDnnProvider.fault()
        .map(
            fault ->
                Finding.warning(
                    "natives",
                    "%s and OpenBLAS; %s".formatted(backend, fault),
                    "expect DL4J to compute convolutional and recurrent networks, many times slower"))
        .orElseGet(
            () ->
                Finding.ok(
                    "natives",
                    "%s, OpenBLAS and oneDNN, %s".formatted(backend, Loader.getPlatform())));
  }

  private static float product(float a, float b) {
    try (FloatPointer left = new FloatPointer(a);
        FloatPointer right = new FloatPointer(b);
        FloatPointer result = new FloatPointer(0f)) {
      openblas_nolapack.cblas_sgemm(
          openblas.CblasColMajor,
          openblas.CblasNoTrans,
          openblas.CblasNoTrans,
          1,
          1,
          1,
          1,
          left,
          1,
          right,
          1,
          0,
          result,
          1);
      return result.get();
    }
  }

  private static Finding threads() {
    String threads = System.getenv("OMP_NUM_THREADS");
    return "1".equals(threads)
        ? Finding.ok("threads", "OMP_NUM_THREADS=1")
        : Finding.warning(
            "threads",
            threads == null ? "OMP_NUM_THREADS is not set" : "OMP_NUM_THREADS=" + threads,
            "set it to 1, for executors by spark.executorEnv.OMP_NUM_THREADS: one task is one core");
  }

  private static Finding temporary() {
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    return Files.isWritable(folder)
        ? Finding.ok("temporary files", folder.toString())
        : Finding.problem(
            "temporary files",
            folder + " is not writable",
            "set java.io.tmpdir to a folder that is: natives are unpacked there");
  }
}
