/**
 * Rows of DataFrames as examples. {@link dev.lockstep.table.Rows} says which columns of a table are
 * trained; opened, they are a {@link dev.lockstep.table.RowSource}, which is a data source like any
 * other. {@link dev.lockstep.table.FeatureReader} reads features where rows are predicted.
 *
 * <p>{@link dev.lockstep.table.NetworkShape} is what a network takes and gives, and its {@link
 * dev.lockstep.table.NetworkTask} what it is for. {@link dev.lockstep.table.Columns} finds columns,
 * {@link dev.lockstep.table.FeatureColumn} tells what is in one, {@link
 * dev.lockstep.table.MixedColumns} makes features of several, {@link
 * dev.lockstep.table.InputColumns} gives them to the inputs of a network that has several, {@link
 * dev.lockstep.table.LabelReader} reads labels; an {@link dev.lockstep.table.InvalidRow} cannot be
 * used, and {@link dev.lockstep.table.InvalidRows} says what becomes of such.
 */
package dev.lockstep.table;
