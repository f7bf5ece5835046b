/**
 * What happens inside one process: networks, one local step, saved models. Knows DL4J, not Spark.
 */
package dev.lockstep.models;
