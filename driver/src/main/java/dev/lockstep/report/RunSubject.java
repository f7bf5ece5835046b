package dev.lockstep.report;

import dev.lockstep.data.Schema;
import dev.lockstep.models.ModelState;
import dev.lockstep.models.network.NetworkOutline;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * What is known of a run before it begins.
 *
 * @param name such as mnist
 * @param headline the run in one line
 * @param network what is trained
 * @param data what its examples look like
 * @param config the resolved configuration
 * @param environment what the run goes on: versions, machine, Spark
 * @param augmented pictures as they are changed while they are trained; none where they are not
 * @param figures what to display of a state and the loss of the round that led to it, among them
 *     "loss"
 */
public record RunSubject(
    String name,
    String headline,
    NetworkOutline network,
    Schema data,
    Map<String, Object> config,
    Map<String, String> environment,
    ContactSheet augmented,
    BiFunction<ModelState, Double, Map<String, Double>> figures) {}
