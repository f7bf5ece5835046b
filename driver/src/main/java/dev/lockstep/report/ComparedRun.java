package dev.lockstep.report;

import dev.lockstep.study.StudyResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One of several runs that are looked at together.
 *
 * @param name as {@link StudyResult#name}
 * @param meant as {@link StudyResult#meant}
 * @param kind what it has in common with runs that differ by seed only
 * @param settings what distinguishes its kind, by name
 * @param steps when the loss was measured
 * @param losses as many
 * @param loss at its end
 * @param diverged whether the loss became NaN or infinite
 * @param seconds it took
 */
public record ComparedRun(
    String name,
    String meant,
    String kind,
    long seed,
    Map<String, Object> settings,
    double[] steps,
    double[] losses,
    double loss,
    boolean diverged,
    double seconds)
    implements StudyResult {

  @Override
  public Map<String, Object> columns() {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("kind", kind);
    columns.putAll(settings);
    columns.put("seed", seed);
    columns.put("steps", steps);
    columns.put("losses", losses);
    columns.put("loss", loss);
    columns.put("diverged", diverged);
    columns.put("seconds", seconds);
    return columns;
  }
}
