/**
 * DL4J's own trainer over Spark, to compare with: as the strategy {@link
 * dev.lockstep.stock.StockTraining}, which trains by {@link dev.lockstep.stock.Dl4jAveraging}, and
 * as {@link dev.lockstep.stock.Dl4jContenders} of {@code lockstep bench}; the command line finds it
 * by {@link dev.lockstep.stock.Dl4jTrainer}.
 */
package dev.lockstep.stock;
