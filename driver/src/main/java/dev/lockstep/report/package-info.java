/**
 * What people look at while and after training. Observers: they never steer. A {@link
 * dev.lockstep.report.RunReporter} is told of a run's training, then of its {@link
 * dev.lockstep.report.RunEnd}; it knows the {@link dev.lockstep.report.RunSubject} and the {@link
 * dev.lockstep.report.Environment}. {@link dev.lockstep.report.History} keeps each {@link
 * dev.lockstep.report.HistoryEntry} for curves; {@link dev.lockstep.report.ConsoleProgress} shows a
 * line, {@link dev.lockstep.report.RunMetrics} gives Spark's metrics.
 *
 * <p>A {@link dev.lockstep.report.Console} (of a {@link dev.lockstep.report.Terminal} or none)
 * prints what commands find: {@link dev.lockstep.report.DataTable}, {@link
 * dev.lockstep.report.ModelTable}, {@link dev.lockstep.report.EvaluationTable}, {@link
 * dev.lockstep.report.PredictionTable}, {@link dev.lockstep.report.TablePredictions}, {@link
 * dev.lockstep.report.ComparisonTable} of each {@link dev.lockstep.report.ComparedRun}; {@link
 * dev.lockstep.report.Figures} and {@link dev.lockstep.report.TimeSplit} say numbers and times in
 * words, {@link dev.lockstep.report.Markdown} tables for documents. {@link
 * dev.lockstep.report.FetchProgress}, {@link dev.lockstep.report.JobProgress}, {@link
 * dev.lockstep.report.ReadProgress} and {@link dev.lockstep.report.PredictionBar} show how far
 * something is.
 *
 * <p>{@link dev.lockstep.report.Plots} draws a run: each {@link dev.lockstep.report.Picture}, such
 * as {@link dev.lockstep.report.ConfusionPicture}, a {@link dev.lockstep.report.ContactSheet} or
 * {@link dev.lockstep.report.WeightPictures}, as {@link dev.lockstep.report.Png}. {@link
 * dev.lockstep.report.SampleSheet}, {@link dev.lockstep.report.WronglyRead} and {@link
 * dev.lockstep.report.AugmentedSheet} find pictures for sheets; {@link dev.lockstep.report.LeftOut}
 * tells what could not be read.
 */
package dev.lockstep.report;
