package dev.lockstep.cli;

import dev.lockstep.spark.SparkVersion;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "lockstep " + (version == null ? "(not packaged)" : version),
      "Java %s, Spark %s, Scala %s"
          .formatted(Runtime.version(), SparkVersion.spark(), SparkVersion.scala())
    };
  }
}
