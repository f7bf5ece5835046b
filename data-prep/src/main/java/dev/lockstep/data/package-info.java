/**
 * Labelled examples, whatever they come from. A {@link dev.lockstep.data.DataLocation} says which
 * data is meant; a {@link dev.lockstep.data.DataFormat} opens it as a {@link
 * dev.lockstep.data.DataSource}, or as another that is a {@link dev.lockstep.data.ChangedSource} of
 * it, which has a {@link dev.lockstep.data.Schema} and gives {@link dev.lockstep.data.Example}s in
 * RDDs; workers hold them as {@link dev.lockstep.data.Examples}, a {@link
 * dev.lockstep.data.ExampleBlock} where they fit in memory, or, as {@link
 * dev.lockstep.data.Decoding} says, as files, go through them as an {@link
 * dev.lockstep.data.ExampleStream}, with some read by a {@link dev.lockstep.data.ReadAhead}, and
 * see them through a {@link dev.lockstep.data.NetworkView}, normalised by a {@link
 * dev.lockstep.data.Normalisation}. Rows without labels are read one by one of a {@link
 * dev.lockstep.data.RowTable}, each a {@link dev.lockstep.data.TableRow}. Knows Spark, not DL4J.
 * The packages below know this one, and it knows none of them.
 *
 * <p>A new kind of data implements {@code DataSource} and {@code DataFormat}; what helps it: {@link
 * dev.lockstep.data.DataFiles}, {@link dev.lockstep.data.Deal}, {@link
 * dev.lockstep.data.LabelSurvey}, {@link dev.lockstep.data.ClassNumbers}, {@link
 * dev.lockstep.data.Reject}, {@link dev.lockstep.data.ColumnChoice}, {@link
 * dev.lockstep.data.RisingColumns}.
 *
 * <p>What others use beside these: {@link dev.lockstep.data.Locations} and {@link
 * dev.lockstep.data.LocalFiles} are files as users name them, in {@link
 * dev.lockstep.data.FileSystems} that are there and answer, {@link dev.lockstep.data.WholeFiles}
 * come into being whole or not at all, {@link dev.lockstep.data.DataParts} are training, validation
 * and test data of one data set, {@link dev.lockstep.data.Points} are examples in memory, {@link
 * dev.lockstep.data.Values} the features of one; a {@link dev.lockstep.data.NormalisationMethod}
 * makes a normalisation of {@link dev.lockstep.data.FeatureStatistics}, and a {@link
 * dev.lockstep.data.Normaliser} applies it; a {@link dev.lockstep.data.TargetMethod} does so of
 * regression targets, each of which has a {@link dev.lockstep.data.TargetScale}; {@link
 * dev.lockstep.data.ClassCoding} is how a network has classes; {@link
 * dev.lockstep.data.Preprocessing} is what pictures become before, a {@link
 * dev.lockstep.data.PictureShape} is theirs; {@link dev.lockstep.data.DataSummary} describes a data
 * set, {@link dev.lockstep.data.ExampleHash} identifies it, a {@link dev.lockstep.data.ReadCount}
 * tells how much of it has been read; {@link dev.lockstep.data.Transport} brings values to tasks
 * and back; {@link dev.lockstep.data.SplitMix64} is where randomness comes from; a {@link
 * dev.lockstep.data.DataError} is what users are told.
 */
package dev.lockstep.data;
