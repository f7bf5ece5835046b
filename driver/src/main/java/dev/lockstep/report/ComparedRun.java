package dev.lockstep.report;

import java.util.Map;

/**
 * One of several runs that are looked at together.
 *
 * @param kind what it has in common with runs that differ by seed only
 * @param settings what distinguishes its kind, by name
 * @param steps when the loss was measured
 * @param losses as many
 * @param loss at its end
 * @param diverged whether the loss became NaN or infinite
 * @param seconds it took
 */
public record ComparedRun(
    String kind,
    long seed,
    Map<String, Object> settings,
    double[] steps,
    double[] losses,
    double loss,
    boolean diverged,
    double seconds) {}
