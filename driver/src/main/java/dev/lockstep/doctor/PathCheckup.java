package dev.lockstep.doctor;

import dev.lockstep.data.DataFiles;
import dev.lockstep.data.FileSystems;
import dev.lockstep.data.Locations;
import dev.lockstep.doctor.Finding.Level;
import dev.lockstep.doctor.JobPath.Use;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Looks at the places of a job, from the driver and from inside executors.
 *
 * @param inputs what executors read
 * @param outputs what is written
 */
record PathCheckup(List<JobPath> inputs, List<OutputPlace> outputs) implements Serializable {

  static PathCheckup of(List<JobPath> paths, Configuration hadoop) {
    return new PathCheckup(
        paths.stream()
            .filter(path -> path.use() == Use.READ)
            .map(path -> JobPath.read(path.name(), absolute(path.path(), hadoop)))
            .toList(),
        paths.stream()
            .filter(path -> path.use() != Use.READ)
            .flatMap(path -> OutputPlace.of(path, hadoop).stream())
            .toList());
  }

  /** Executors work in other folders than the driver. */
  private static String absolute(String path, Configuration hadoop) {
    return DataFiles.name(Locations.of(path, hadoop).toString());
  }

  /** Whether the driver can write. */
  List<Finding> outputsByDriver() {
    return outputs.stream().map(OutputPlace::byDriver).toList();
  }

  /** Whether this process can read. */
  List<Finding> inputsHere() {
    return inputs.stream().map(PathCheckup::readable).toList();
  }

  /** Of what the driver has marked, in an executor. */
  List<Finding> byExecutor() {
    return Stream.concat(inputsHere().stream(), outputs.stream().map(OutputPlace::byExecutor))
        .toList();
  }

  /** What executors are to look at: no outputs but those that all must see. */
  PathCheckup forExecutors() {
    return new PathCheckup(
        inputs,
        outputs.stream()
            .filter(place -> place.isShared() && place.byDriver().level() == Level.OK)
            .toList());
  }

  private static Finding readable(JobPath wanted) {
    try {
      Path path = Locations.of(wanted.path(), SparkHadoopUtil.get().conf());
      boolean there = path.getFileSystem(SparkHadoopUtil.get().conf()).exists(path);
      return there
          ? Finding.ok(wanted.name(), wanted.path())
          : Finding.problem(
              wanted.name(),
              wanted.path() + " is not there",
              "put it where all executors see it: hdfs:, s3a:, or a mount under the same path");
    } catch (IOException e) {
      return Finding.problem(
          wanted.name(), wanted.path() + ": " + FileSystems.message(e), "see that it can be read");
    }
  }
}
