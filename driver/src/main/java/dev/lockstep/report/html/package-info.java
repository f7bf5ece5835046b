/**
 * Reports as single HTML files that need nothing else, no network and no script: {@link
 * dev.lockstep.report.html.RunReport} of a run, {@link dev.lockstep.report.html.ComparisonReport}
 * of several, {@link dev.lockstep.report.html.StudyReport} of a study, {@link
 * dev.lockstep.report.html.PredictionReport} of predictions of pictures, {@link
 * dev.lockstep.report.html.TableReport} of rows.
 */
package dev.lockstep.report.html;
