/**
 * Times training against other ways to train the same network. A {@link
 * dev.lockstep.bench.Benchmark} runs each {@link dev.lockstep.bench.Contender}: they are the {@link
 * dev.lockstep.bench.Contenders} of a {@link dev.lockstep.bench.BenchSetup}, for one {@link
 * dev.lockstep.bench.BenchTask}, each of a {@link dev.lockstep.bench.Framework}, and those of
 * DL4J's Spark layer are {@link dev.lockstep.bench.StockContenders} of another jar; a {@link
 * dev.lockstep.bench.BenchReport} tells of them.
 *
 * <p>On one core: a {@link dev.lockstep.bench.PeerBench} runs the {@link dev.lockstep.bench.Peers}
 * that are there, each a {@link dev.lockstep.bench.Peer}, on a {@link dev.lockstep.bench.PeerTask},
 * and gives a {@link dev.lockstep.bench.PeerResult} of each. Of Lockstep alone: {@link
 * dev.lockstep.bench.AllreduceBench}, {@link dev.lockstep.bench.ReportingBench}, {@link
 * dev.lockstep.bench.PredictionBench}, and {@link dev.lockstep.bench.ScalingBench}, whose figures a
 * {@link dev.lockstep.bench.ScalingModel} explains.
 */
package dev.lockstep.bench;
